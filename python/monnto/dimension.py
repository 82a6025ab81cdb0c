"""Neurons on a grid: sizes and coordinates."""

from __future__ import annotations

from monnto import _engine
from monnto.behavior import Behavior
from monnto.tagged import bad_parameter


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
            extents = _enlarged(extents, pattern.get_pattern_dimension())
        self.width, self.height, self.depth = extents
        neurons.size = self._grid.size
        neurons.width, neurons.height, neurons.depth = extents
        neurons.shape = self
        self.neurons = neurons
        self.set_positions()

    @property
    def _grid(self):
        return _engine.Grid(self.width, self.height, self.depth, bool(self.centered))

    def set_positions(self, width=None, height=None, depth=None):
        """Put the neurons back on the grid, x fastest; returns self.

        With extents, on a grid of those that counts from 0.
        """
        if width is None and height is None and depth is None:
            return self._place(self._grid.positions(self.neurons.def_dtype))
        import numpy as np

        width, height = width or 1, height or 1
        index = np.arange(self.neurons.size)
        places = (index % width, index // width % height, index // (width * height))
        return self._place(places)

    def move(self, x=0, y=0, z=0):
        """Shift all positions; returns self."""
        self.neurons.x += x
        self.neurons.y += y
        self.neurons.z += z
        return self

    def scale(self, x=1, y=1, z=1):
        """Multiply all positions; returns self."""
        self.neurons.x *= x
        self.neurons.y *= y
        self.neurons.z *= z
        return self

    def noise(self, x_noise=1, y_noise=1, z_noise=1, centered=True):
        """Add uniform noise of these widths to all positions; returns self."""
        shift = 0.5 if centered else 0.0
        random = (self.neurons.vector("uniform") for _ in range(3))
        widths = (x_noise, y_noise, z_noise)
        return self.move(*((values - shift) * width for values, width in zip(random, widths)))

    def rotate(self, axis, theta):
        """Rotate all positions around an axis by `theta` radians, counter-clockwise; returns self."""
        places = [getattr(self.neurons, name) for name in "xyz"]
        axis = [float(part) for part in axis]
        return self._place(_engine.rotated(places, axis, float(theta)))

    def stretch_to_equal_size(self, target_neurons):
        """Scale the coordinates to cover the same area as another group; returns self."""
        extents = ("width", "height", "depth")
        return self.scale(
            *(
                getattr(target_neurons, name, getattr(self, name)) / getattr(self, name)
                for name in extents
            )
        )

    def apply_pattern_transformation_function(self, transform_mat, hup, wup, depth=1):
        """Give neuron i the x and y of place `transform_mat[i]` on a grid of `depth` layers, `hup`
        rows and `wup` columns that counts from 0; returns self."""
        import numpy as np

        place = np.asarray(transform_mat)
        if place.min(initial=0) < 0 or place.max(initial=0) >= depth * hup * wup:
            raise bad_parameter(
                "transform_mat", "a place outside", f"indices below {depth * hup * wup}"
            )
        return self._place((place % wup, place // wup % hup, self.neurons.z))

    def get_area_mask(self, xmin=0, xmax=-1, ymin=0, ymax=-1, zmin=0, zmax=-1):
        """Which neurons lie in a box of grid places: bool, one per neuron.

        Places count from 0, lower limits below 0 from the end; an upper limit is exclusive, and
        open where it is below 1.
        """
        extents = (self.width, self.height, self.depth)
        low = [v + e if v < 0 else v for v, e in zip((xmin, ymin, zmin), extents)]
        high = [xmax, ymax, zmax]
        return _engine.area_mask(self._grid, [*map(float, low)], [*map(float, high)])

    def _place(self, values):
        for name, value in zip("xyz", values):
            # In the network's dtype: double factors would widen them.
            setattr(self.neurons, name, value.astype(self.neurons.def_dtype))
        return self


def _enlarged(extents, pattern) -> list:
    """Width, height and depth that hold a pattern of shape (height,), (height, width) or (depth,
    height, width)."""
    width, height, depth = extents
    if len(pattern) == 1:
        return [width, max(height, int(pattern[0])), depth]
    needed = [*(int(n) for n in reversed(pattern)), 1][:3]
    return [max(own, other) for own, other in zip((width, height, depth), needed)]


Grid = NeuronGrid = NeuronDimension


def get_squared_dim(number_of_neurons, depth=1, round_up=True):
    """A grid of so many neurons that is as square as whole numbers allow: 12 gives 3 x 4.

    `round_up` is accepted and has no effect, as always.
    """
    grid = _engine.squared_grid(int(number_of_neurons), int(depth))
    return NeuronDimension(width=grid.width, height=grid.height, depth=grid.depth)


getGrid = get_squared_dim  # noqa: N816


def vec_to_mat(vec, repeat_count):
    """`vec` repeated as that many rows."""
    import numpy as np

    return np.repeat(np.asarray(vec)[None, :], repeat_count, axis=0)


def vec_to_mat_transposed(vec, repeat_count):
    """`vec` repeated as that many columns."""
    return vec_to_mat(vec, repeat_count).T


def rotation_matrix(axis, theta):
    """The matrix that rotates counter-clockwise around `axis` by `theta` radians (Rodrigues)."""
    import numpy as np

    return np.array(_engine.rotation_matrix([float(part) for part in axis], float(theta)))
