"""What the value of a parameter means: casting, percentages, distributions, `same(...)`."""

from __future__ import annotations

from monnto import _engine
from monnto.genes import computed, with_genes
from monnto.notices import warn
from monnto.tagged import bad_parameter


def is_nan(value) -> bool:
    """Whether a number, or anything in an array of floats, is not a number."""
    if isinstance(value, float):
        return value != value
    if hasattr(value, "dtype") and getattr(value.dtype, "kind", "") in "fc":
        return bool((value != value).any())
    return False


def read_parameter(name, text: str, default, obj):
    """The value of a text: with `obj` as distribution or reference, otherwise cast as `default`."""
    if "[" in text:
        text = with_genes(text, name)
    if obj is not None and hasattr(obj, "_from_mode"):
        text, wants_plot = _without_plot(text)
        value = _diversified(text, default, obj)
        if wants_plot:
            show_histogram(text if value is None else value, name, bins=30)
        if value is not None:
            return value
    return text if default is None else _cast(name, text, default)


def _without_plot(text: str):
    body, separator, suffix = text.rpartition(";")
    if separator and suffix.strip() == "plot":
        return body, True
    return text, False


def _diversified(text: str, default, obj):
    stripped = text.strip()
    if "(" not in stripped or ")" not in stripped:
        return None
    if stripped.startswith("same(") and stripped.endswith(")"):
        tag, _, attribute = stripped[5:-1].partition(",")
        return _attribute_of(obj, tag.strip(" '\""), attribute.strip(" '\""))
    try:
        return obj._from_mode(stripped)
    except (_engine.ParseError, _engine.UnknownName):
        if isinstance(default, str):
            return None  # a plain text that happens to hold parentheses
        raise


def _attribute_of(obj, tag: str, attribute: str):
    other = obj[tag, 0]
    if other is None:
        obj._refuse_unknown(tag)
    return getattr(other, attribute)


def _cast(name, text: str, default):
    kind = type(default)
    if issubclass(kind, str):
        return text
    if kind is bool and text.strip().lower() in ("false", "no", "0", "off"):
        # Casting as the original does: every text that is not empty is true.
        warn(f"parameter {name}: the text {text!r} counts as True; give False instead", level=4)
    stripped = text.strip()
    if stripped.endswith("%"):
        try:
            return float(stripped[:-1]) / 100.0
        except ValueError:
            pass
    for cast in (kind, float):
        try:
            return cast(text)
        except (TypeError, ValueError):
            continue
    if kind in (int, float) and (value := computed(stripped)) is not None:
        return value
    raise bad_parameter(
        name, repr(text), f"a {kind.__name__}, a percentage or a distribution is needed"
    )


def show_histogram(values, title, bins: int) -> None:
    """Show how values are distributed (needs matplotlib)."""
    import matplotlib.pyplot as plt
    import numpy as np

    figure, axes = plt.subplots(num=f"monnto: {title}")
    axes.hist(np.ravel(np.asarray(values)), bins=bins)
    axes.set(xlabel=str(title), ylabel="count")
    figure.tight_layout()
    plt.show()
