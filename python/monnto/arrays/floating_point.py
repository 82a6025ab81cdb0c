"""np.errstate asks lazy arrays for errors too (S10).

RuntimeWarnings are off, and checking every operation for NumPy's error state would cost more than
the operation. So errstate itself tells the engine: while it says 'raise', operations run at once.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from monnto import _engine


def update() -> None:
    """Tell the engine what NumPy's error state is now."""
    _engine.set_eager_checks("raise" in np.geterr().values())


def _then_update(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def updated(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        finally:
            update()

    updated.is_watched = True  # type: ignore[attr-defined]
    return updated


def _watch_decorator(call: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(call)
    def watched(self: Any, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def inside(*args: Any, **kwargs: Any) -> Any:
            update()
            return function(*args, **kwargs)

        return _then_update(call(self, inside))

    return watched


def watch_errstate() -> None:
    """Make np.errstate and np.seterr call `update`; a second call does nothing."""
    if hasattr(np.errstate.__enter__, "is_watched"):
        return
    np.errstate.__enter__ = _then_update(np.errstate.__enter__)  # type: ignore[method-assign]
    np.errstate.__exit__ = _then_update(np.errstate.__exit__)  # type: ignore[method-assign]
    np.errstate.__call__ = _watch_decorator(np.errstate.__call__)  # type: ignore[method-assign]
    np.seterr = _then_update(np.seterr)
