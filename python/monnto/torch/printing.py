"""How a tensor is shown: ``tensor([0.1000, 2.0000])``."""

from __future__ import annotations

import numpy as np

_QUIET = {"torch.float32", "torch.int64", "torch.bool"}  # dtypes that need not be said


def text_of(tensor) -> str:
    """What repr() and print() give."""
    name = str(tensor.dtype)
    values = (tensor.float() if name == "torch.bfloat16" else tensor).to_numpy()
    body = np.array2string(
        values,
        separator=", ",
        threshold=1000,
        edgeitems=3,
        max_line_width=73,
        formatter={"all": _formatter(values)},
        prefix="tensor(",
    )
    if values.size == 0 and values.ndim > 1:
        body += f", size={tuple(values.shape)}"
    return f"tensor({body})" if name in _QUIET else f"tensor({body}, dtype={name})"


def _formatter(values):
    """One that gives every element the same width."""
    if values.dtype.kind != "f":
        texts = [str(value) for value in _shown(values).tolist()]
        width = max(map(len, texts), default=0)
        return lambda value: str(value).rjust(width)
    one = _style(_shown(values))
    width = max((len(one(value)) for value in _shown(values)), default=0)
    return lambda value: one(value).rjust(width)


def _shown(values):
    """Every element, or the ends where there are too many to print."""
    flat = values.ravel()
    return flat if flat.size <= 1000 else np.concatenate([flat[:3000], flat[-3000:]])


def _style(values):
    finite = np.abs(values[np.isfinite(values) & (values != 0)].astype(float))
    is_whole = bool((finite == np.ceil(finite)).all())
    low, high = (finite.min(), finite.max()) if finite.size else (1.0, 1.0)
    if high / low > 1000 or high > 1e8 or (low < 1e-4 and not is_whole):
        return lambda value: f"{value:.4e}"
    if is_whole:
        return lambda value: f"{value:.0f}." if np.isfinite(value) else str(value)
    return lambda value: f"{value:.4f}"
