"""Operators of sparse matrices, and how their patterns are copied and pickled."""

from __future__ import annotations

import copyreg
import operator

from monnto import _engine
from monnto.arrays import asarray

_sparse = _engine.sparse


def reordered(values, order):
    """One value per synapse after its synapses were sorted; a number for all stays."""
    return values if order is None or not getattr(values, "ndim", 0) else asarray(values)[order]


def _elementwise(function):
    def forward(self, other):
        if getattr(other, "dtype", None) is None and not isinstance(other, (bool, int, float)):
            return NotImplemented
        return self._like(function(self.values, self.at_synapses(other)))

    def backward(self, other):
        if getattr(other, "dtype", None) is None and not isinstance(other, (bool, int, float)):
            return NotImplemented
        return self._like(function(self.at_synapses(other), self.values))

    return forward, backward


def _in_place(function):
    def change(self, other):
        operand = self.at_synapses(other)
        if getattr(operand, "ndim", 0):
            self.own_values()
        # An Array is changed where it is, for every holder; a number is replaced.
        changed = function(self._state.values, operand)
        if changed is not self._state.values:
            self._state.values = changed
            _engine.note_change()
        return self

    return change


def add_operators(matrix_type) -> None:
    """Those of a matrix of numbers, synapse by synapse."""
    for name in "add sub mul truediv floordiv mod pow and or xor".split():
        function = getattr(operator, name if name not in ("and", "or") else name + "_")
        forward, backward = _elementwise(function)
        setattr(matrix_type, f"__{name}__", forward)
        setattr(matrix_type, f"__r{name}__", backward)
        setattr(matrix_type, f"__i{name}__", _in_place(getattr(operator, f"i{name}")))
    for name in "lt le gt ge eq ne".split():
        setattr(matrix_type, f"__{name}__", _elementwise(getattr(operator, name))[0])
    for name in "neg pos abs invert".split():
        function = getattr(operator, name)
        setattr(matrix_type, f"__{name}__", lambda self, _f=function: self._like(_f(self.values)))
    matrix_type.__hash__ = object.__hash__


def _make_pattern(sources, targets, source, target, delays):
    pattern, order = _sparse.from_pairs(sources, targets, source, target)
    if delays is not None:
        pattern, _order = pattern.with_delays(reordered(asarray(delays), order))
    return pattern


def _reduce_pattern(pattern):
    import numpy as np

    source, target, delays = pattern.ends()
    parts = (np.asarray(source), np.asarray(target), None if delays is None else np.asarray(delays))
    return _make_pattern, (pattern.sources, pattern.targets, *parts)


_sparse.Pattern.__copy__ = lambda self: self
_sparse.Pattern.__deepcopy__ = lambda self, memo: self  # patterns never change
copyreg.pickle(_sparse.Pattern, _reduce_pattern)
