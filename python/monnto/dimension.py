"""Neurons on a grid: sizes and coordinates."""

from __future__ import annotations

from monnto import _engine
from monnto.behavior import Behavior


class NeuronDimension(Behavior):
    """Sets the size of a group to width x height x depth, and coordinates x, y, z.

    Give it as `size`: ``NeuronGroup(net, size=NeuronDimension(width=10, height=10))``. Neuron i
    stands at x = i mod width, y = i // width mod height, z = i // (width*height), less the middle
    of the grid unless `centered` is off. Its methods change the coordinates and return it.
    """

    initialize_on_init = True
    visualization_module_outputs = ("x", "y", "z")

    def initialize(self, neurons):
        names = ("width", "height", "depth")
        extents = [
            int(self.parameter(n, self.parameter(f"arg_{i}", 1))) for i, n in enumerate(names)
        ]
        self.centered = self.parameter("centered", True)
        for pattern in self.parameter("input_patterns", []):
            needed = (*pattern.get_pattern_dimension(), 1, 1, 1)
            extents = [max(own, int(other)) for own, other in zip(extents, needed)]
        self.width, self.height, self.depth = extents
        neurons.size = self._grid.size
        neurons.width, neurons.height, neurons.depth = extents
        neurons.shape = self
        self.neurons = neurons
        self.set_positions()

    @property
    def _grid(self):
        return _engine.Grid(self.width, self.height, self.depth, bool(self.centered))

    def set_positions(self):
        """Put the neurons back on the grid, x fastest."""
        return self._place(self._grid.positions(self.neurons.def_dtype))

    def move(self, x=0, y=0, z=0):
        """Shift all positions; returns self."""
        return self._change(lambda place, by: place + by, (x, y, z))

    def scale(self, x=1, y=1, z=1):
        """Multiply all positions; returns self."""
        return self._change(lambda place, by: place * by, (x, y, z))

    def noise(self, x_noise=1, y_noise=1, z_noise=1, centered=True):
        """Add uniform noise of these widths to all positions; returns self."""
        shift = 0.5 if centered else 0.0
        neurons = self.neurons

        def jitter(place, width):
            return place + (neurons.vector("uniform") - shift) * width

        return self._change(jitter, (x_noise, y_noise, z_noise))

    def rotate(self, axis, angle):
        """Rotate all positions around an axis, counter-clockwise, in radians; returns self."""
        axis = [float(part) for part in axis]
        return self._place(_engine.rotated(self._places(), axis, float(angle)))

    def stretch_to_equal_size(self, other):
        """Scale the coordinates to cover the same area as another group; returns self."""
        return self.scale(
            other.width / self.width, other.height / self.height, other.depth / self.depth
        )

    def apply_pattern_transformation_function(self, transformation):
        """Replace (x, y, z) by transformation(x, y, z); returns self."""
        return self._place(transformation(*self._places()))

    def get_area_mask(self, xmin=0, xmax=-1, ymin=0, ymax=-1, zmin=0, zmax=-1):
        """Which neurons lie in a box of grid places: bool, one per neuron.

        Places count from 0; an upper limit is exclusive, and open where it is below 1.
        """
        low, high = [xmin, ymin, zmin], [xmax, ymax, zmax]
        return _engine.area_mask(self._grid, [*map(float, low)], [*map(float, high)])

    def _places(self) -> list:
        return [getattr(self.neurons, name) for name in "xyz"]

    def _place(self, values):
        for name, value in zip("xyz", values):
            # In the network's dtype: double factors would widen them.
            setattr(self.neurons, name, value.astype(self.neurons.def_dtype))
        return self

    def _change(self, function, amounts):
        return self._place([function(place, by) for place, by in zip(self._places(), amounts)])


Grid = NeuronGrid = NeuronDimension


def get_squared_dim(n, depth=1, round_up=True):
    """A grid of n neurons that is as square as whole numbers allow: 12 gives 3 x 4.

    `round_up` is accepted and has no effect, as always.
    """
    grid = _engine.squared_grid(int(n), int(depth))
    return NeuronDimension(width=grid.width, height=grid.height, depth=grid.depth)


getGrid = get_squared_dim  # noqa: N816


def vec_to_mat(vector, rows):
    """`vector` repeated as that many rows."""
    import numpy as np

    return np.repeat(np.asarray(vector)[None, :], rows, axis=0)


def vec_to_mat_transposed(vector, columns):
    """`vector` repeated as that many columns."""
    return vec_to_mat(vector, columns).T


def rotation_matrix(axis, angle):
    """The matrix that rotates counter-clockwise around `axis` by `angle` radians (Rodrigues)."""
    import numpy as np

    return np.array(_engine.rotation_matrix([float(part) for part in axis], float(angle)))
