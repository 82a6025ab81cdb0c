"""The table of what monnto does natively, what NumPy does for it and what is refused (S15).

``python -m monnto.coverage docs/coverage.md`` writes it; a test keeps the file true.
"""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

import numpy as np

from monnto import _engine

NATIVE, HOST, REFUSED = "native", "host", "refused"

REFUSED_MEMBERS = {
    "resize": "an Array's memory is the engine's: use np.resize",
    "setfield": "write through .view() of NumPy's: np.asarray(x)",
}

_NATIVE_MEMBERS = set(
    """T astype base clip compress conj conjugate copy cumprod cumsum device diagonal dot dtype fill flatten
    imag item itemsize mT max mean min nbytes ndim nonzero prod ptp ravel real repeat reshape round searchsorted
    setflags shape size sort squeeze std strides sum swapaxes take trace transpose var view all any argmax argmin
    argsort""".split()
)

_SKIPPED = {"test", "show_config", "show_runtime", "info", "typename"}  # about NumPy itself


def functions() -> dict[str, str]:
    """Every public function and ufunc of ``numpy`` and how it is done for Arrays."""
    native = _engine.native_names()
    names = {}
    for name in sorted(set(dir(np)) - _SKIPPED):
        if name.startswith("_"):
            continue
        value = getattr(np, name)
        if isinstance(value, np.ufunc):
            names[name] = NATIVE if value.__name__ in native["ufuncs"] else HOST
        elif callable(value) and not inspect.isclass(value):
            # Aliases (np.amax of np.max) count by what they are.
            is_native = any(value is getattr(np, known, None) for known in native["functions"])
            names[name] = NATIVE if is_native else HOST
    return names


def members() -> dict[str, str]:
    """Every public method and attribute of ``ndarray``."""
    names = {}
    for name in sorted(dir(np.ndarray)):
        if name.startswith("_"):
            continue
        if name in REFUSED_MEMBERS or not hasattr(_engine.Array, name):
            names[name] = REFUSED
        else:
            names[name] = NATIVE if name in _NATIVE_MEMBERS else HOST
    return names


def other_names() -> dict[str, str]:
    """Types, constants and submodules: NumPy's own, with Arrays accepted where ndarrays are."""
    seen = functions()
    return {
        name: HOST
        for name in sorted(dir(np))
        if not name.startswith("_") and name not in seen and name not in _SKIPPED
    }


def torch_names() -> dict[str, str]:
    """Functions of `torch` and methods of its tensors that networks of that dialect have (S14)."""
    import monnto.torch as torch

    found = {f"torch.{name}": _how(f) for name, f in torch.FUNCTIONS.items()}
    found |= {f"Tensor.{name}": _how(f) for name, f in torch.METHODS.items() if name[0] != "_"}
    return dict(sorted(found.items()))


def _how(function) -> str:
    """Host where its own text goes through NumPy; random numbers are NumPy's, too."""
    if function.__module__ == "monnto.torch.generators":
        return HOST
    text = inspect.getsource(function)
    return HOST if "np." in text or ".to_numpy()" in text or "numpy" in text else NATIVE


def _rows(names: dict[str, str]) -> str:
    return "\n".join(f"| `{name}` | {status} |" for name, status in names.items())


def table() -> str:
    """The page as Markdown."""
    counted = [*functions().values(), *members().values()]
    refused = "\n".join(
        f"* `ndarray.{name}`: {why}." for name, why in sorted(REFUSED_MEMBERS.items())
    )
    return f"""# What works on Arrays

Made by `python -m monnto.coverage` with NumPy {np.__version__}; do not edit.

* **native**: recorded and computed by the engine ({counted.count(NATIVE)} names). With options that the engine
  does not know (`order="F"`, `where=` of a reduction, other percentile methods) NumPy does the call.
* **host**: done by NumPy on the same memory ({counted.count(HOST)} names). Arrays go in without a copy; results
  with a dtype of ours come back as Arrays, others (complex, objects, strings) stay NumPy arrays.
* **refused** ({counted.count(REFUSED)} names):

{refused}

## Methods and attributes of ndarray

| name | how |
|---|---|
{_rows(members())}

## Functions of numpy

| name | how |
|---|---|
{_rows(functions())}

## Other public names of numpy

| name | how |
|---|---|
{_rows(other_names())}

## The torch dialect

In networks of the torch dialect ([torch_dialect.md](torch_dialect.md)) these have torch's meaning. Native and host
mean the same as above.

| name | how |
|---|---|
{_rows(torch_names())}
"""


def main(arguments: list[str]) -> int:
    text = table()
    if arguments:
        Path(arguments[0]).write_text(text)
    else:
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
