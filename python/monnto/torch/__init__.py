"""The torch dialect (S14): torch's names over monnto's arrays.

``import monnto.torch as torch`` gives the names that scripts use where torch is not installed.
Where it is, its own functions work on these tensors, and its tensors are understood here.
"""

from __future__ import annotations

import math as _math
import types as _types

from monnto import _engine
from monnto.torch import (
    creation,
    elementwise,
    foreign,
    functional,
    generators,
    indexing,
    ordering,
    products,
    reductions,
    shapes,
)
from monnto.torch import dtypes as _dtypes
from monnto.torch import methods as _methods
from monnto.torch.dtypes import NAMES

__version__ = "2.0.0+monnto"

Tensor = _engine.Tensor
Generator = generators.Generator
METHODS = _methods.METHODS
Size, device, dtype = _dtypes.Size, _dtypes.device, _dtypes.dtype
finfo, iinfo = _dtypes.finfo, _dtypes.iinfo
FUNCTIONS: dict = {}
for _module in (elementwise, reductions, ordering, shapes, products, indexing, creation):
    FUNCTIONS |= _module.FUNCTIONS
FUNCTIONS |= {
    name: getattr(generators, name)
    for name in (
        *("rand", "randn", "randint", "randperm", "normal", "bernoulli", "poisson", "multinomial"),
        *("rand_like", "randn_like", "randint_like", "manual_seed", "seed", "initial_seed"),
        *("get_rng_state", "set_rng_state"),
    )
}
globals().update(FUNCTIONS)
globals().update(NAMES)

pi, e, inf, nan = _math.pi, _math.e, _math.inf, _math.nan
newaxis = None
strided, preserve_format, contiguous_format = (
    f"torch.{name}" for name in ("strided", "preserve_format", "contiguous_format")
)


def is_tensor(obj) -> bool:
    return isinstance(obj, Tensor)


def is_floating_point(input) -> bool:
    return input.dtype.is_floating_point


def is_complex(input) -> bool:
    return False


def numel(input) -> int:
    return input.numel()


def result_type(tensor1, tensor2):
    """The dtype of an operation on both."""
    return _engine.tensors.result_type(tensor1, tensor2)


def promote_types(type1, type2):
    first, second = (creation.zeros(1, dtype=kind) for kind in (type1, type2))
    return _engine.tensors.result_type(first, second)


def typename(obj) -> str:
    return obj.type() if is_tensor(obj) else type(obj).__name__


class no_grad:  # noqa: N801
    """There are no gradients, so this does nothing: ``with torch.no_grad():`` or a decorator."""

    def __init__(self, *arguments):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def __call__(self, function):
        return function


enable_grad = inference_mode = set_grad_enabled = no_grad


def is_grad_enabled() -> bool:
    return False


def detach(input):
    return input


def broadcast_shapes(*shapes):
    import numpy as np

    return Size(np.broadcast_shapes(*shapes))


def save(obj, f, **options) -> None:
    """As a pickle."""
    import pickle

    if hasattr(f, "write"):
        pickle.dump(obj, f)
    else:
        from pathlib import Path

        Path(f).write_bytes(pickle.dumps(obj))


def load(f, **options):
    """What `save` wrote."""
    import pickle

    if hasattr(f, "read"):
        return pickle.load(f)
    from pathlib import Path

    return pickle.loads(Path(f).read_bytes())


def set_default_tensor_type(kind) -> None:
    """float32 is the default and stays it."""


def set_printoptions(**options) -> None:
    """Kept for scripts that call it."""


def set_num_threads(count) -> None:
    """Threads are a setting of the network."""


def get_num_threads() -> int:
    return 1


def use_deterministic_algorithms(mode, **options) -> None:
    """Runs are always deterministic (S16 to S18)."""


def compile(model=None, **options):
    """Everything is compiled as it is; gives the function back."""
    return model if model is not None else (lambda function: function)


def _module_of(name: str, **members):
    made = _types.ModuleType(f"{__name__}.{name}")
    made.__dict__.update(members)
    return made


cuda = _module_of(
    "cuda",
    is_available=lambda: False,
    device_count=lambda: 0,
    manual_seed=lambda seed: None,
    manual_seed_all=lambda seed: None,
    synchronize=lambda *device: None,
    empty_cache=lambda: None,
)
backends = _module_of(
    "backends",
    cudnn=_types.SimpleNamespace(deterministic=True, benchmark=False, enabled=False),
    mps=_types.SimpleNamespace(is_available=lambda: False),
)
random = _module_of(
    "random",
    manual_seed=generators.manual_seed,
    get_rng_state=generators.get_rng_state,
    set_rng_state=generators.set_rng_state,
)
linalg = _module_of(
    "linalg",
    norm=reductions.norm,
    vector_norm=reductions.norm,
    **{
        name: FUNCTIONS[ours]
        for name, ours in (
            *(("inv", "inverse"), ("det", "det"), ("pinv", "pinverse"), ("solve", "solve")),
            *(("matrix_power", "matrix_power"), ("cross", "cross")),
        )
    },
)
conv1d, conv2d = functional.conv1d, functional.conv2d
cosine_similarity = functional.cosine_similarity
asarray = creation.as_tensor
special = _module_of(
    "special", erf=FUNCTIONS["erf"], expit=FUNCTIONS["sigmoid"], softmax=reductions.softmax
)
autograd = _module_of("autograd", no_grad=no_grad, set_grad_enabled=no_grad)


class Module:
    """A stand-in for ``torch.nn.Module``: calling it calls `forward`."""

    def __call__(self, *args, **kwargs):
        return self.forward(*args, **kwargs)


nn = _module_of(
    "nn", functional=functional, Module=Module, Parameter=lambda data, requires_grad=True: data
)


def _constructor(kind: str):
    return lambda data=(): creation.tensor(data, dtype=NAMES[kind])


FloatTensor, DoubleTensor, LongTensor, IntTensor, BoolTensor, ByteTensor = map(
    _constructor, ("float", "double", "long", "int", "bool", "uint8")
)
foreign.connect()
