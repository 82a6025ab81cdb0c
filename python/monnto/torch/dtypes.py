"""torch's dtypes, devices and sizes, as far as scripts name them."""

from __future__ import annotations

import math

import numpy as np

from monnto import _engine

T = _engine.tensors


class dtype:  # noqa: N801  torch's spelling
    """``torch.float32`` and its like; NumPy understands them too."""

    def __init__(self, name: str, bits: int, kind: str):
        self._name = name
        self.itemsize = bits // 8
        self.is_floating_point = kind == "float"
        self.is_signed = kind != "unsigned" and kind != "bool"
        self.is_complex = False
        if name != "bfloat16":
            self.dtype = np.dtype(name)  # what np.dtype(torch.float32) looks for

    def __repr__(self) -> str:
        return f"torch.{self._name}"

    def __reduce__(self):
        return _dtype_named, (self._name,)


def _dtype_named(name: str) -> dtype:
    return BY_NAME[name]


BY_NAME = {
    name: dtype(name, bits, kind)
    for name, bits, kind in (
        ("bool", 8, "bool"),
        *((f"uint{bits}", bits, "unsigned") for bits in (8, 16, 32, 64)),
        *((f"int{bits}", bits, "int") for bits in (8, 16, 32, 64)),
        *((f"float{bits}", bits, "float") for bits in (16, 32, 64)),
        ("bfloat16", 16, "float"),
    )
}
NAMES = {
    **BY_NAME,
    "half": BY_NAME["float16"],
    "float": BY_NAME["float32"],
    "double": BY_NAME["float64"],
    "short": BY_NAME["int16"],
    "int": BY_NAME["int32"],
    "long": BY_NAME["int64"],
}
for _name, _dtype in BY_NAME.items():
    T.set_dtype(_name, _dtype)


def shown(name: str):
    """What stands for a dtype now: torch's own object where torch is installed."""
    return _shown.get(name, BY_NAME[name])


_shown: dict[str, object] = {}


def show_as(name: str, real) -> None:
    """From now on Tensors show torch's own dtype object."""
    _shown[name] = real
    T.set_dtype(name, real)


class device:  # noqa: N801
    """Where a tensor lives. The engine decides that itself, so every device is taken and kept."""

    def __init__(self, type="cpu", index=None):
        if isinstance(type, device):
            type, index = type.type, type.index
        text, _, number = str(type).partition(":")
        self.type = text
        self.index = int(number) if number else index

    def __repr__(self) -> str:
        index = "" if self.index is None else f", index={self.index}"
        return f"device(type='{self.type}'{index})"

    def __str__(self) -> str:
        return self.type if self.index is None else f"{self.type}:{self.index}"

    def __eq__(self, other) -> bool:
        return str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))


# Where Tensors say they are: torch's own object where torch is installed.
cpu = {"device": device("cpu")}


class Size(tuple):
    """A shape: a tuple that knows how many elements it holds."""

    __slots__ = ()

    def numel(self) -> int:
        return math.prod(self)

    def __repr__(self) -> str:
        return f"torch.Size({list(self)})"

    def __getitem__(self, index):
        part = tuple.__getitem__(self, index)
        return Size(part) if isinstance(index, slice) else part


class finfo:  # noqa: N801
    """Limits of a float dtype."""

    def __init__(self, kind=None):
        info = np.finfo(_numpy_name(kind or BY_NAME["float32"]))
        self.bits = info.bits
        for name in ("eps", "max", "min", "tiny", "resolution"):
            setattr(self, name, float(getattr(info, name)))
        self.smallest_normal = self.tiny


class iinfo:  # noqa: N801
    """Limits of an integer dtype."""

    def __init__(self, kind):
        info = np.iinfo(_numpy_name(kind))
        self.bits, self.max, self.min = info.bits, info.max, info.min


def _numpy_name(kind) -> str:
    return str(kind).removeprefix("torch.")


def is_float(tensor) -> bool:
    return tensor.dtype.is_floating_point
