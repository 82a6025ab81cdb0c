"""S15: docs/coverage.md says how every name of NumPy's is done, and says so truly."""

import re
from pathlib import Path

import numpy as np
import pytest

from monnto import Array, _engine, array, coverage
from monnto.arrays import host

PAGE = Path(__file__).parents[2] / "docs" / "coverage.md"
W = array(np.arange(1.0, 10).reshape(3, 3))
V = array([1.0, 2.0, 3.0])
I = array([0, 2, 1])  # noqa: E741
B = array([True, False, True])

# One call per native function, so that "native" cannot be claimed of what NumPy does.
CALLS = {
    "all": (B,), "allclose": (V, V), "amax": (V,), "amin": (V,), "any": (B,), "append": (V, V), "argmax": (V,),
    "argmin": (V,), "argsort": (V,), "argwhere": (B,), "around": (V, 1), "array_equal": (V, V),
    "array_split": (V, 2), "atleast_1d": (V,), "atleast_2d": (V,), "average": (V,), "bincount": (I,),
    "broadcast_to": (V, (2, 3)), "clip": (V, 0, 2), "column_stack": ([V, V],), "compress": (B, V),
    "concatenate": ([V, V],), "convolve": (V, V), "copy": (V,), "copyto": (V.copy(), V), "corrcoef": (W,),
    "correlate": (V, V), "count_nonzero": (B,), "cov": (W,), "cumprod": (V,), "cumsum": (V,), "diag": (W,),
    "diagonal": (W,), "diff": (V,), "digitize": (V, V), "dot": (W, V), "empty_like": (V,), "expand_dims": (V, 0),
    "flatnonzero": (B,), "flip": (V,), "fliplr": (W,), "flipud": (W,), "full_like": (V, 2), "gradient": (V,),
    "histogram": (V,), "hstack": ([V, V],), "inner": (V, V), "interp": (V, V, V), "intersect1d": (V, V),
    "isclose": (V, V), "isin": (V, V), "kron": (V, V), "max": (V,), "mean": (V,), "median": (V,), "min": (V,),
    "moveaxis": (W, 0, 1), "nanmax": (V,), "nanmean": (V,), "nanmedian": (V,), "nanmin": (V,), "nanprod": (V,),
    "nanstd": (V,), "nansum": (V,), "nanvar": (V,), "ndim": (V,), "nonzero": (B,), "ones_like": (V,),
    "outer": (V, V), "pad": (V, 1), "percentile": (V, 50), "prod": (V,), "ptp": (V,), "quantile": (V, 0.5),
    "ravel": (W,), "repeat": (V, 2), "reshape": (W, (9,)), "roll": (V, 1), "rot90": (W,), "round": (V,),
    "searchsorted": (V, 2.0), "select": ([B], [V]), "setdiff1d": (V, V), "shape": (V,), "size": (V,), "sort": (V,),
    "split": (V, 3), "squeeze": (V,), "stack": ([V, V],), "std": (V,), "sum": (V,), "swapaxes": (W, 0, 1),
    "take": (V, I), "take_along_axis": (V, I, 0), "tensordot": (W, W, 1), "tile": (V, 2), "trace": (W,),
    "transpose": (W,), "trapezoid": (V,), "tril": (W,), "triu": (W,), "union1d": (V, V), "unique": (V,),
    "var": (V,), "vdot": (V, V), "vstack": ([V, V],), "where": (B, V, 0), "zeros_like": (V,),
}  # fmt: skip

MEMBER_CALLS = {
    "compress": (B,), "dot": (V,), "fill": (2,), "repeat": (2,), "reshape": (3,), "searchsorted": (2.0,),
    "swapaxes": (0, 0), "take": (I,), "clip": (0, 2), "astype": ("float32",),
}  # fmt: skip


def is_plain(name):
    """A ufunc that takes one or two arrays of any equal shape."""
    ufunc = getattr(np, name)
    return isinstance(ufunc, np.ufunc) and ufunc.nin <= 2 and ufunc.signature is None


@pytest.fixture
def no_host(monkeypatch):
    """Anything that goes to NumPy fails the test."""

    def refuse(name, *_):
        pytest.fail(f"went to the host: {name}")

    for attribute in ("operate", "method", "call"):
        monkeypatch.setattr(host, attribute, refuse)
    # The engine keeps the functions themselves.
    _engine.set_host(host.operate, host.method, host.call)
    yield
    monkeypatch.undo()
    _engine.set_host(host.operate, host.method, host.call)


def rows(section):
    text = PAGE.read_text().split(f"## {section}\n")[1].split("\n## ")[0]
    return dict(re.findall(r"^\| `(\w+)` \| (\w+) \|$", text, re.MULTILINE))


@pytest.mark.parametrize(
    ("section", "present"),
    [
        ("Methods and attributes of ndarray", coverage.members),
        ("Functions of numpy", coverage.functions),
        ("Other public names of numpy", coverage.other_names),
    ],
)
def test_s15_the_page_is_what_the_engine_says(section, present):
    written, found = rows(section), present()
    made_with = re.search(r"with NumPy (\d+\.\d+)", PAGE.read_text())[1]
    if np.__version__.startswith(made_with + "."):
        assert written == found, "run: python -m monnto.coverage docs/coverage.md"
    else:  # another version has other names and other aliases
        assert all(
            found[n] == coverage.NATIVE
            for n in written
            if written[n] == coverage.NATIVE and n in found
        )
        assert len(written) > 50


@pytest.mark.parametrize("name", sorted(_engine.native_names()["functions"]))
def test_s15_native_functions_do_not_go_to_the_host(name, no_host):
    if not hasattr(np, name):
        pytest.skip("not in this version of NumPy")
    getattr(np, name)(*CALLS[name])


@pytest.mark.parametrize("name", sorted(_engine.native_names()["ufuncs"]))
def test_s15_native_ufuncs_do_not_go_to_the_host(name, no_host):
    ufunc = getattr(np, name)
    operand = I if name.startswith(("bitwise", "left", "right", "invert")) else V
    if name == "matmul":
        ufunc(W, V)
    else:
        assert type(ufunc(*[operand] * ufunc.nin)) is Array


@pytest.mark.parametrize(
    "name", [n for n, how in coverage.members().items() if how == coverage.NATIVE]
)
def test_s15_native_members_do_not_go_to_the_host(name, no_host):
    operand = W.copy() if name in ("diagonal", "trace", "mT") else V.copy()
    member = getattr(operand, name)
    if callable(member) and name != "dtype":
        if name == "item":
            operand = array([1.0])
            operand.item()
        else:
            member(*MEMBER_CALLS.get(name, ()))


@pytest.mark.parametrize(
    "name", [n for n, how in coverage.functions().items() if how == coverage.HOST and is_plain(n)]
)
def test_s15_host_ufuncs_take_arrays(name):
    ufunc = getattr(np, name)
    for operand in (V, I, B):
        try:
            with np.errstate(all="ignore"):
                expected = ufunc(*[np.asarray(operand)] * ufunc.nin)
        except TypeError:
            with pytest.raises(TypeError):
                ufunc(*[operand] * ufunc.nin)
            continue
        result = ufunc(*[operand] * ufunc.nin)
        for ours, theirs in zip(np.atleast_1d(result), np.atleast_1d(expected), strict=True):
            np.testing.assert_array_equal(np.asarray(ours), theirs)


@pytest.mark.parametrize(
    "name", [n for n, how in coverage.members().items() if how == coverage.REFUSED]
)
def test_s15_refused_members_have_a_reason(name):
    assert name in coverage.REFUSED_MEMBERS
