"""The host path (S15): what is not native is done by NumPy on the same memory.

Arrays go to NumPy as ndarrays that show (and, while they live, pin) their memory; ndarrays that come
back become Arrays again, without a copy. What monnto has no dtype for stays a NumPy array.
"""

from __future__ import annotations

import contextlib
import operator
from typing import Any

import numpy as np

from monnto import _engine

Array = _engine.Array
Scalar = _engine.Scalar
Tensor = _engine.Tensor


def unwrap(value: Any) -> Any:
    """``value`` with every Array in it as ndarray and every Scalar as NumPy scalar."""
    kind = type(value)
    if kind is Array or kind is Tensor:
        return value.to_numpy()
    if kind is Scalar:
        return value.to_numpy()
    if kind is list:
        return [unwrap(item) for item in value]
    if kind is tuple:
        return tuple(unwrap(item) for item in value)
    if kind is dict:
        return {key: unwrap(item) for key, item in value.items()}
    return value


def wrap(value: Any) -> Any:
    """``value`` with every ndarray of a dtype of ours as Array."""
    if type(value) is np.ndarray:
        return _engine.wrap_ndarray(value)
    if type(value) is list:
        return [wrap(item) for item in value]
    if type(value) is tuple:
        return tuple(wrap(item) for item in value)
    if isinstance(value, tuple) and hasattr(value, "_fields"):  # np.unique_counts and its like
        return type(value)(*(wrap(item) for item in value))
    return value


def _quiet() -> contextlib.AbstractContextManager[Any]:
    """No RuntimeWarnings (S10), but errors where np.errstate asks for them."""
    return contextlib.nullcontext() if _engine.checks_are_eager() else np.errstate(all="ignore")


def operate(name: str, left: Any, right: Any) -> Any:
    """``operator.<name>(left, right)`` for operands that NumPy must judge."""
    with _quiet():
        return wrap(getattr(operator, name)(unwrap(left), unwrap(right)))


def call(function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """``function(*args, **kwargs)``; where it wrote to ``out=``, the very array that was given."""
    with _quiet():
        result = function(*unwrap(args), **unwrap(kwargs))
    out = kwargs.get("out")
    if isinstance(out, tuple):
        out = out[0] if len(out) == 1 else None
    if result is out or (isinstance(out, Array) and isinstance(result, np.ndarray)):
        return out
    return wrap(result)


def method(name: str, array: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """``array.<name>(*args, **kwargs)`` of ndarray."""
    own = _own.get(name)
    if own is not None:
        return own(array, *args, **kwargs)
    return call(getattr(array.to_numpy(), name), args, kwargs)


def _itemset(array: Any, *args: Any) -> None:
    """NumPy 2 has no ``itemset`` any more; scripts written for 1.24 do."""
    *index, value = args
    if not index:
        if array.size != 1:
            raise ValueError("can only convert an array of size 1 to a Python scalar")
        array.fill(value)
    elif len(index) == 1 and not isinstance(index[0], tuple):
        array[np.unravel_index(operator.index(index[0]), array.shape)] = value
    else:
        array[tuple(index[0]) if len(index) == 1 else tuple(index)] = value


def _newbyteorder(array: Any, order: str = "S") -> Any:
    return array.to_numpy().view(array.dtype.newbyteorder(order))


_own = {
    "itemset": _itemset,
    "newbyteorder": _newbyteorder,
    "ptp": lambda array, *args, **kwargs: call(np.ptp, (array, *args), kwargs),
}
