"""Times such as `'1000*ms'` as numbers of iterations."""

from __future__ import annotations

from monnto.notices import warn
from monnto.tagged import bad_parameter

_MILLISECONDS = {"us": 1e-3, "ms": 1.0, "s": 1e3, "second": 1e3, "seconds": 1e3, "min": 6e4}


def steps_of(duration, network) -> int:
    """A number of iterations, or a time text converted by the network's dt or its Clock."""
    if not isinstance(duration, str):
        return int(duration)
    clock = network["Clock", 0]
    if clock is not None and hasattr(clock, "time_to_iterations"):
        return int(clock.time_to_iterations(duration))
    exact = milliseconds(duration) / network.dt
    steps = round(exact)
    if abs(exact - steps) > 1e-9 * max(1.0, exact):
        warn(
            f"{duration} is not a multiple of dt = {network.dt} ms; running {steps} iterations",
            level=3,
        )
    return steps


def milliseconds(text: str) -> float:
    """`'0.3 s'` and `'300*ms'` are 300."""
    compact = text.replace(" ", "").replace("*", "")
    for unit in sorted(_MILLISECONDS, key=len, reverse=True):
        if compact.endswith(unit):
            try:
                return float(compact[: -len(unit)] or 1) * _MILLISECONDS[unit]
            except ValueError:
                break
    raise bad_parameter("time", repr(text), "a number and a unit, such as '1000*ms'")
