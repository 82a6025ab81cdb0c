"""Attributes of groups: Arrays, foreign arrays, everything else; slots of C++ (S2, S3, S7)."""

import numpy as np
import pytest

from monnto import *
from monnto import Array


@pytest.fixture
def n():
    return NeuronGroup(Network(), 4, tag="n")


def test_ndarrays_become_arrays_and_everything_else_stays(n):
    n.v = np.zeros(4, dtype=np.float32)
    assert type(n.v) is Array
    things = {
        "number": 5,
        "real": 0.5,
        "text": "x",
        "items": [1, 2],
        "table": {"a": 1},
        "complex_": np.zeros(3, dtype=complex),
        "objects": np.array([None, "a"], dtype=object),
        "function": len,
        "nothing": None,
    }
    for name, value in things.items():
        setattr(n, name, value)
        assert getattr(n, name) is value
        assert type(getattr(n, name)) is type(value)


def test_handles_are_shared_and_rebinding_is_not(n):
    n.a = n.vector(1)
    n.b = n.a
    kept = n.a
    n.b += 1
    assert n.a is n.b and kept.tolist() == [2] * 4
    n.a = n.a * 10
    assert n.a.tolist() == [20] * 4 and n.b.tolist() == [2] * 4


def test_a_foreign_array_is_shared_never_copied(n):
    mine = np.arange(4.0)
    n.v = mine
    n.v += 1
    assert mine.tolist() == [1, 2, 3, 4]
    mine[0] = 50
    assert n.v[0] == 50


def test_sparse_matrices_pass_through(n):
    sparse = pytest.importorskip("scipy.sparse")
    n.W = sparse.csr_matrix(np.eye(4))
    assert n.W.dot(np.ones(4)).tolist() == [1] * 4
    assert sparse.issparse(n.W)


def test_attributes_can_be_deleted(n):
    n.v = n.vector()
    del n.v
    assert not hasattr(n, "v")
    with pytest.raises(AttributeError):
        del n.v


def test_variables_of_python_and_the_engine_are_the_same(n):
    n.v = n.vector(3)
    n.rate = 0.5
    assert {"v", "rate"} <= set(n._core.variable_names())
    del n.v
    assert "v" not in n._core.variable_names()


def test_numbers_can_be_recorded_and_used_in_expressions(n):
    n.rate = 2
    n.v = n.vector(3)
    net = n.network
    n.add_behavior(1, Recorder(["rate", "v*rate", "size"]))
    net.initialize(info=False)
    net.simulate_iterations(2)
    n.rate = 5
    net.simulate_iteration()
    assert net["rate", 0].tolist() == [2, 2, 5]
    assert net["v*rate", 0][:, 0].tolist() == [6, 6, 15]
    assert net["v*rate", 0].dtype == np.float32
    assert net["size", 0].tolist() == [4, 4, 4]


def test_enabled_of_a_synapse_group_is_true_at_first(n):
    s = SynapseGroup(n.network, n, n, "s")
    assert s.enabled == True  # noqa: E712
    s.enabled = s.matrix("uniform") > 0.5
    assert s.enabled.shape == (4, 4)


def test_reading_costs_what_an_attribute_costs(n):
    """Aim: a plain attribute. Allowed here: under half a microsecond on a busy machine."""
    import timeit

    n.v = n.vector()
    assert min(timeit.repeat(lambda: n.v, number=10_000, repeat=5)) / 10_000 < 0.5e-6


def test_groups_can_be_subclassed():
    class Population(NeuronGroup):
        def __init__(self, net, size, bias):
            super().__init__(net, size, tag="pop")
            self.bias = bias

        def total(self):
            return self.bias * self.size

    p = Population(Network(), 3, 2)
    assert p.tags == ["pop", "Population", "ng"] and p.total() == 6
