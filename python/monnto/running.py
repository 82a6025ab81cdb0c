"""Around the loop: the lock, errors that say where they came from, Ctrl-C, memory."""

from __future__ import annotations

import _signal
import _thread


class NetworkLock:
    """The lock of a network; the thread that holds it may take it again."""

    def __init__(self, core):
        self._core = core

    def __enter__(self):
        self._core.lock()
        return self

    def __exit__(self, *failure):
        self._core.unlock()


class explain_failure:  # noqa: N801
    """Add to an exception which object, behavior, key and iteration it came from."""

    def __init__(self, core):
        self.core = core

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if error is None or isinstance(error, (KeyboardInterrupt, SystemExit)):
            return
        if getattr(error, "_is_from_outside", False):
            return  # a progress callback, no behavior
        place = self.core.last_failure
        if place and place not in str(error):
            _append(error, f"in {place}")


def _append(error: BaseException, text: str) -> None:
    from monnto._engine import Error

    if isinstance(error, Error) or not hasattr(error, "add_note"):
        if len(error.args) == 1 and isinstance(error.args[0], str):
            error.args = (f"{error.args[0]}\n  {text}",)
    else:
        error.add_note(text)


def progress_reporter(function, network, batches: int):
    """A callback that tells `function` how many percent of all full batches are done."""
    done = 0

    def report(_):
        nonlocal done
        done += 1
        try:
            function(100.0 * done / batches, network)
        except BaseException as error:
            error._is_from_outside = True
            raise
        network._check_proofs()

    return report


class interruptible:  # noqa: N801
    """While inside, Ctrl-C ends the run after the present iteration, a second one at once."""

    def __init__(self, network):
        self.network = network
        self.before = None
        self.interrupted = False

    def __enter__(self):
        self.handles = (
            _thread.get_ident() == _main_thread()
            and _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler
        )
        if self.handles:
            self.before = _signal.signal(_signal.SIGINT, self._stop)

    def _stop(self, number, frame):
        if self.interrupted:
            _signal.default_int_handler(number, frame)
        self.interrupted = True
        self.network._core.request_stop()

    def __exit__(self, kind, error, trace):
        if self.handles:
            _signal.signal(_signal.SIGINT, self.before)
        if self.interrupted and error is None:
            raise KeyboardInterrupt(
                f"stopped after iteration {self.network.iteration}; recordings are kept"
            )


def _main_thread() -> int:
    import threading

    return threading.main_thread().ident


# Expressions that draw: evaluating them for a forecast would move the random stream.
_DRAWING = ("vector", "matrix", "random", "rand")
_LONG_RUN = 1000


def warn_of_memory(network, count: int) -> None:
    """Warn where recorders will need more than half of the memory that is free now."""
    if count < _LONG_RUN:
        return
    needed = forecast(network, count)
    available = _available_memory()
    if available and needed > available / 2:
        from monnto.notices import warn

        warn(
            f"recording {count} iterations will take about {needed / 1e9:.1f} GB, of "
            f"{available / 1e9:.1f} GB that are free; a Recorder's gapwidth or max_length, or "
            "fewer variables, would save memory",
            level=3,
        )


def forecast(network, count: int) -> int:
    """Bytes that all recorders will add in `count` iterations, as far as can be told now."""
    total = 0
    for obj in network.all_objects():
        for behavior in obj.behavior.values():
            if not hasattr(behavior, "memory_forecast") or not behavior.behavior_enabled:
                continue
            if any(word in text for text in behavior.variables for word in _DRAWING):
                continue
            try:
                total += behavior.memory_forecast(obj, count)
            except Exception:  # noqa: BLE001  variables may come with the first step
                continue
    return total


def _available_memory() -> int:
    """Bytes of free memory; 0 where the system does not say."""
    try:
        from pathlib import Path

        with Path("/proc/meminfo").open(encoding="ascii") as lines:
            return next(int(s.split()[1]) * 1024 for s in lines if s.startswith("MemAvailable"))
    except (OSError, StopIteration):
        return 0
