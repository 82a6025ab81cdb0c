"""torch's random numbers: one generator that `manual_seed` fixes, and those that scripts make.

The numbers are not torch's own; where torch is installed, its functions draw them instead.
"""

from __future__ import annotations

import numpy as np

from monnto import _engine
from monnto.torch.arguments import filled, sizes_of
from monnto.torch.dtypes import NAMES

T = _engine.tensors


class Generator:
    """A stream of random numbers with a state of its own."""

    def __init__(self, device="cpu"):
        self.device = device
        self._seed = None
        self._made = None

    @property
    def _numpy(self):
        # Seeded from the system where nobody gave a seed, as torch does it.
        if self._made is None:
            self._seed = int(np.random.SeedSequence().entropy) % 2**64
            self._made = np.random.Generator(np.random.Philox(self._seed))
        return self._made

    def manual_seed(self, seed):
        self._seed = int(seed) % 2**64
        self._made = np.random.Generator(np.random.Philox(self._seed))
        return self

    def seed(self) -> int:
        self.manual_seed(int(np.random.SeedSequence().entropy) % 2**64)
        return self._seed

    def initial_seed(self) -> int:
        return self._numpy is not None and self._seed

    def get_state(self):
        numbers = self._numpy.bit_generator.state  # which may have to be made, with a seed
        return {"seed": self._seed, "numpy": numbers}

    def set_state(self, state):
        self._seed = state["seed"]
        self._made = np.random.Generator(np.random.Philox(0))
        self._made.bit_generator.state = state["numpy"]
        return self

    def __deepcopy__(self, memo):
        return Generator(self.device).set_state(self.get_state())

    def __reduce__(self):
        return _generator_in, (self.get_state(),)


def _generator_in(state):
    return Generator().set_state(state)


default_generator = Generator()


def manual_seed(seed):
    """Fix every number that is drawn without a generator of its own."""
    return default_generator.manual_seed(seed)


def seed() -> int:
    return default_generator.seed()


def initial_seed() -> int:
    return default_generator.initial_seed()


def get_rng_state():
    return default_generator.get_state()


def set_rng_state(state) -> None:
    default_generator.set_state(state)


def stream(generator):
    return (default_generator if generator is None else generator)._numpy


def made(values, dtype=None):
    """An array that NumPy drew, as Tensor."""
    tensor = T.tensor_of(np.asarray(values))
    return T.cast(tensor, NAMES["float32"] if dtype is None else dtype)


def rand(*size, generator=None, dtype=None, device=None, requires_grad=False, **named):
    """Uniform in [0, 1)."""
    return made(stream(generator).random(sizes_of(size, named), dtype=np.float32), dtype)


def randn(*size, generator=None, dtype=None, device=None, requires_grad=False, **named):
    shape = sizes_of(size, named)
    return made(stream(generator).standard_normal(shape, dtype=np.float32), dtype)


def randint(low, high=None, size=None, *, generator=None, dtype=None, device=None, **ignored):
    """Integers from `low` (0 where only one bound is given) below `high`."""
    if size is None:
        low, high, size = 0, low, high
    drawn = stream(generator).integers(int(low), int(high), sizes_of((size,)))
    return made(drawn, NAMES["int64"] if dtype is None else dtype)


def randperm(n, *, generator=None, dtype=None, device=None, **ignored):
    kind = NAMES["int64"] if dtype is None else dtype
    return made(stream(generator).permutation(int(n)), kind)


def normal(mean=0.0, std=1.0, size=None, *, generator=None, dtype=None, device=None, **ignored):
    """One number per mean and standard deviation, or `size` of them."""
    shape = None if size is None else sizes_of((size,))
    if shape is None:
        shape = np.broadcast_shapes(np.shape(np.asarray(mean)), np.shape(np.asarray(std)))
    drawn = randn(shape, generator=generator)
    return T.cast(drawn * std + mean, NAMES["float32"] if dtype is None else dtype)


def bernoulli(input, p=None, *, generator=None):
    """1 with the probability that `input` holds, in its dtype."""
    chance = input if p is None else p
    drawn = stream(generator).random(tuple(input.shape)) < np.asarray(chance)
    return made(drawn, input.dtype)


def poisson(input, generator=None):
    return made(stream(generator).poisson(np.asarray(input)), input.dtype)


def multinomial(input, num_samples, replacement=False, *, generator=None):
    """Indices drawn by weight, for each row."""
    weights = np.atleast_2d(np.asarray(input, dtype=float))
    rows = [
        stream(generator).choice(row.size, num_samples, replacement, row / row.sum())
        for row in weights
    ]
    return made(rows if input.dim() > 1 else rows[0], NAMES["int64"])


def rand_like(input, *, dtype=None, device=None, **ignored):
    return rand(input.shape, dtype=dtype or input.dtype)


def randn_like(input, *, dtype=None, device=None, **ignored):
    return randn(input.shape, dtype=dtype or input.dtype)


def randint_like(input, low, high=None, *, dtype=None, device=None, **ignored):
    low, high = (0, low) if high is None else (low, high)
    return randint(low, high, input.shape, dtype=dtype or input.dtype)


# Methods that fill a tensor.


def uniform_(self, from_=0.0, to=1.0, *, generator=None, **named):
    low = named.pop("from", from_)
    drawn = stream(generator).random(tuple(self.shape), dtype=np.float32)
    return filled(self, made(drawn) * (to - low) + low)


def normal_(self, mean=0.0, std=1.0, *, generator=None):
    return filled(self, randn(self.shape, generator=generator) * std + mean)


def bernoulli_(self, p=0.5, *, generator=None):
    drawn = stream(generator).random(tuple(self.shape)) < np.asarray(p)
    return filled(self, made(drawn, NAMES["bool"]))


def random_(self, from_=0, to=None, *, generator=None, **named):
    low = named.pop("from", from_)
    low, high = (0, low) if to is None and low else (low, to)
    if high is None:
        high = 2**24 if self.dtype.is_floating_point else _top(self.dtype)
    return filled(self, made(stream(generator).integers(low, high, tuple(self.shape)), self.dtype))


def _top(dtype) -> int:
    name = str(dtype).removeprefix("torch.")
    return 2 if name == "bool" else int(np.iinfo(name).max)


def exponential_(self, lambd=1.0, *, generator=None):
    return filled(self, made(stream(generator).exponential(1.0 / lambd, tuple(self.shape))))
