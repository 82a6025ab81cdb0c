"""Neurons on a grid: sizes and coordinates."""

from __future__ import annotations

from monnto.behavior import Behavior


class NeuronDimension(Behavior):
    """Sets the size of a group to width x height x depth, and coordinates x, y, z.

    Give it as `size`: ``NeuronGroup(net, size=NeuronDimension(width=10, height=10))``.
    """

    initialize_on_init = True

    def initialize(self, neurons):
        self.width = int(self.parameter("width", 1))
        self.height = int(self.parameter("height", 1))
        self.depth = int(self.parameter("depth", 1))
        self.centered = self.parameter("centered", True)
        for pattern in self.parameter("input_patterns", []):
            self._enlarge(*pattern.get_pattern_dimension())
        neurons.size = self.width * self.height * self.depth
        neurons.width, neurons.height, neurons.depth = self.width, self.height, self.depth
        neurons.shape = self
        self.neurons = neurons
        self.set_positions()

    def _enlarge(self, width=1, height=1, depth=1):
        self.width = max(self.width, int(width))
        self.height = max(self.height, int(height))
        self.depth = max(self.depth, int(depth))

    def set_positions(self):
        """Put the neurons on the grid, x fastest."""
        import numpy as np

        index = np.arange(self.neurons.size)
        places = (
            index % self.width,
            index // self.width % self.height,
            index // (self.width * self.height),
        )
        extents = (self.width, self.height, self.depth)
        for name, place, extent in zip("xyz", places, extents, strict=True):
            middle = (extent - 1) / 2 if self.centered else 0.0
            setattr(self.neurons, name, (place - middle).astype(self.neurons._core.default_dtype))
        return self

    def move(self, x=0, y=0, z=0):
        """Shift all positions; returns self."""
        return self._change(lambda place, by: place + by, (x, y, z))

    def scale(self, x=1, y=1, z=1):
        """Multiply all positions; returns self."""
        return self._change(lambda place, by: place * by, (x, y, z))

    def noise(self, x_noise=1, y_noise=1, z_noise=1, centered=True):
        """Add uniform noise to all positions; returns self."""
        shift = 0.5 if centered else 0.0
        neurons = self.neurons

        def jitter(place, width):
            return place + (neurons.vector("uniform") - shift) * width

        return self._change(jitter, (x_noise, y_noise, z_noise))

    def rotate(self, axis, angle):
        """Rotate all positions around an axis, counter-clockwise, in radians; returns self."""
        import numpy as np

        neurons = self.neurons
        places = np.stack([np.asarray(getattr(neurons, name)) for name in "xyz"])
        turned = rotation_matrix(axis, angle) @ places
        for name, values in zip("xyz", turned, strict=True):
            setattr(neurons, name, values.astype(neurons._core.default_dtype))
        return self

    def stretch_to_equal_size(self, other):
        """Scale the coordinates to cover the same area as another group; returns self."""
        return self.scale(
            other.width / self.width, other.height / self.height, other.depth / self.depth
        )

    def apply_pattern_transformation_function(self, transformation):
        """Replace (x, y, z) by transformation(x, y, z); returns self."""
        neurons = self.neurons
        neurons.x, neurons.y, neurons.z = transformation(neurons.x, neurons.y, neurons.z)
        return self

    def get_area_mask(self, xmin=0, xmax=-1, ymin=0, ymax=-1, zmin=0, zmax=-1):
        """Which neurons lie in a box of grid places; an upper limit below 1 is open."""
        import numpy as np

        index = np.arange(self.neurons.size)
        places = (
            index % self.width,
            index // self.width % self.height,
            index // (self.width * self.height),
        )
        inside = np.ones(index.shape, dtype=bool)
        limits = ((xmin, xmax), (ymin, ymax), (zmin, zmax))
        for place, (low, high) in zip(places, limits, strict=True):
            inside &= place >= low
            if high >= 1:
                inside &= place < high
        return inside

    def _change(self, function, amounts):
        for name, amount in zip("xyz", amounts, strict=True):
            setattr(self.neurons, name, function(getattr(self.neurons, name), amount))
        return self


Grid = NeuronGrid = NeuronDimension


def get_squared_dim(n, depth=1, round_up=True):
    """A grid of n neurons that is as square as whole numbers allow: 12 gives 3 x 4."""
    n = int(n)
    width = next((w for w in range(int(n**0.5), 0, -1) if n % w == 0), 0)
    return NeuronDimension(width=width, height=n // width if width else 0, depth=depth)


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

    x, y, z = np.asarray(axis, dtype=float) / np.linalg.norm(axis)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross
