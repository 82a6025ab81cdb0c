"""What the random programs of `fuzz` found, each as short as it still failed."""

import copy

import numpy as np
import pytest

import monnto
from monnto import Scalar, array


def test_s6_the_shape_of_a_flipped_row_can_be_set():
    a = array(np.arange(3.0).reshape(1, 3))
    b = a[0, ::-1]
    b.shape = (3, 1)
    b[0] = 7
    assert b.tolist() == [[7], [1], [0]] and a.tolist() == [[0, 1, 7]]
    with pytest.raises(AttributeError):
        array(np.ones((2, 3))).T.shape = (6,)


def test_s6_values_may_have_more_leading_axes_of_extent_one():
    a = array([1, 2, 3])
    a[::-1] = np.array([[4, 5, 6]])
    assert a.tolist() == [6, 5, 4]
    a[:] = array([[7]])
    assert a.tolist() == [7, 7, 7]
    with pytest.raises(ValueError):
        a[:] = np.ones((2, 3))


def test_s4_views_of_scalars_do_not_write_through_to_them():
    k = array([3, 5]).min()
    view = np.expand_dims(k, 0)
    view += 1
    flat = k.reshape(1)
    flat *= 10
    assert (k, view.tolist(), flat.tolist()) == (3, [4], [30])


def test_s4_functions_that_keep_rank_0_keep_scalars():
    k = array([True, False]).all()
    assert all(type(f(k)) is Scalar for f in (np.squeeze, np.transpose, np.flip))
    single = array(2.0)
    flipped = np.flip(single)
    single += 1
    assert type(flipped) is Scalar and flipped == 2.0
    assert type(np.where(k, 1.0, 2.0)) is monnto.Array


def test_s8_what_the_host_wrote_to_a_constant_counts():
    a = np.ones_like(array(np.zeros(3, np.float32)))
    np.asarray(a)[1] = 5
    assert (a.astype(np.float64) + 1).tolist() == [2, 6, 2]


def test_s8_an_empty_view_backwards_can_be_shown():
    a = np.flip(array(np.zeros((2, 0, 2))))
    assert np.asarray(a).shape == (2, 0, 2) and f"{a}" == f"{np.zeros((2, 0, 2))}"


def test_s9_the_copy_of_a_read_only_view_can_be_written():
    shown = np.broadcast_to(array([1, 2]), (2, 2))
    copied = copy.deepcopy(shown)
    copied[0] = 5
    assert copied.tolist() == [[5, 5], [1, 2]] and shown.tolist() == [[1, 2], [1, 2]]


def test_s11_read_only_arrays_raise_numpys_error():
    shown = np.broadcast_to(array([1, 2]), (2, 2))
    for write in (lambda: shown.fill(1), lambda: shown.__setitem__(0, 1)):
        with pytest.raises(ValueError, match="read-only") as caught:
            write()
        assert isinstance(caught.value, monnto.BadState)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 1e30, 300.5])
def test_s11_integers_refuse_numbers_that_they_cannot_hold(number):
    a = array(np.array([1, 2], np.int8))
    for write in (
        lambda: a.fill(number),
        lambda: a.__setitem__(0, number),
        lambda: a.__setitem__(slice(None), number),
        lambda: a.__setitem__(a > 1, number),
    ):
        with pytest.raises((ValueError, OverflowError)):
            write()
    assert a.tolist() == [1, 2]
    a[0] = -2.9
    assert a.tolist() == [-2, 2]


@pytest.mark.skipif(np.__version__.startswith("1."), reason="NEP 50 in where() and clip()")
def test_s5_ints_out_of_range_wrap_in_where_and_clip_nothing():
    host = np.array([6, 253], np.uint8)
    a = array(host)
    for f in (
        lambda x: np.where([True, False], x, -2),
        lambda x: np.clip(x, -1, 100),
        lambda x: np.clip(x, 7, 300),
        lambda x: np.clip(x, -1, 300),
        lambda x: np.clip(x[0], -5, 4),
    ):
        assert f(a).dtype == f(host).dtype and np.array_equal(f(a), f(host))
    with pytest.raises(OverflowError):
        np.clip(a, 300, 400)


def test_s5_arrays_of_bools_are_squared_as_int8():
    host = np.array([True, False])
    assert (array(host) ** 2).dtype == (host**2).dtype
    assert (array(host).any() ** 2).dtype == (host.any() ** 2).dtype


def test_s5_powers_of_scalars_are_powers():
    host = np.array([-np.inf, 1.5])
    assert array(host).min() ** 0.5 == host.min() ** 0.5 == np.inf
    assert np.isnan((array(host) ** 0.5)[0])
    assert array(host).max() ** 2 == 2.25


@pytest.mark.parametrize("name", ["sum", "min", "all", "argmax"])
def test_s5_reductions_take_axis_0_of_an_array_without_axes(name):
    assert getattr(array(3.0), name)(axis=-1) == getattr(np.array(3.0), name)(axis=-1)
    with pytest.raises(ValueError):
        getattr(array(3.0), name)(axis=1)


@pytest.mark.parametrize("name", ["mean", "std", "median"])
def test_s5_means_do_not(name):
    with pytest.raises(ValueError):
        getattr(np, name)(array(3.0), axis=0)


def test_s11_extremes_over_an_empty_axis_raise_even_where_nothing_is_left():
    with pytest.raises(ValueError):
        array(np.zeros((0, 0))).min(axis=1)
    assert array(np.zeros((0, 3))).max(axis=1).shape == (0,)


def test_s7_an_ndarray_that_was_adopted_twice_overlaps_itself():
    host = np.arange(9).reshape(3, 3)
    first, second = monnto.asarray(host), monnto.asarray(host)
    first.T[...] = second
    assert host.tolist() == np.arange(9).reshape(3, 3).T.tolist()
