"""Times such as `'1000*ms'` as numbers of iterations."""

from __future__ import annotations

import re

from monnto import _engine
from monnto.notices import warn
from monnto.tagged import bad_parameter

_WITHOUT_STAR = re.compile(r"\s*([\d.]+(?:[eE][+-]?\d+)?)\s*([^\W\d]\w*)\s*")


def steps_of(duration, network) -> int:
    """A number of iterations, or a time text converted by the network's Clock or its dt."""
    if not isinstance(duration, str):
        return int(duration)
    clock = network["Clock", 0]
    if clock is not None and hasattr(clock, "time_to_iterations"):
        return int(clock.time_to_iterations(_with_star(duration)))
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
    try:
        return _engine.seconds_of(_with_star(text)) * 1e3
    except (_engine.ParseError, _engine.UnknownName) as error:
        raise bad_parameter("time", repr(text), f"{error}\nwrite it as '1000*ms'") from None


def _with_star(text: str) -> str:
    match = _WITHOUT_STAR.fullmatch(text)
    return f"{match[1]}*{match[2]}" if match else text
