"""The rules of SEMANTICS.md that arrays keep in Python; each test bears the number of its rule."""

import copy
import json
import math
import operator
import pickle
import subprocess
import sys

import numpy as np
import pytest

import monnto
from monnto import Array, Scalar, _engine, array


def numbers(n=5, dtype=float):
    return array(np.arange(n, dtype=dtype))


class TestHandles:
    def test_s1_assigning_shares_the_array(self):
        a = numbers()
        b = a
        b += 1
        assert np.array_equal(a, [1, 2, 3, 4, 5])

    def test_s1_in_place_operators_fill_items_and_out_change_every_holder(self):
        a = numbers()
        holder = [a]
        a *= 2
        a[0] = 7
        np.add(a, 1, out=a)
        assert holder[0].tolist() == [8, 3, 5, 7, 9]
        holder[0].fill(4)
        assert a.tolist() == [4] * 5

    def test_s1_rebinding_keeps_the_old_array_where_it_was_held(self):
        a = numbers()
        old = a
        a = a + 1
        assert old.tolist() == [0, 1, 2, 3, 4]
        assert a.tolist() == [1, 2, 3, 4, 5]


class TestKinds:
    @pytest.mark.parametrize(
        "dtype",
        "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64".split(),
    )
    def test_s3_dtypes_survive_the_way_there_and_back(self, dtype):
        host = np.array([0, 1, 1, 100]).astype(dtype)
        a = array(host)
        assert a.dtype == host.dtype
        assert np.asarray(a).dtype == host.dtype
        assert np.array_equal(a, host)

    @pytest.mark.parametrize("rank", range(9))
    def test_s3_ranks_zero_to_eight(self, rank):
        host = np.arange(2**rank, dtype=np.float32).reshape((2,) * rank)
        a = array(host)
        assert a.ndim == rank
        assert np.array_equal(np.asarray(a + a), host + host)
        assert a.sum() == host.sum()

    @pytest.mark.parametrize("values", [np.array([1j]), np.array(["a"]), np.array([None])])
    def test_s3_other_dtypes_are_refused_and_named(self, values):
        with pytest.raises(TypeError):
            array(values)

    def test_s3_complex_and_object_results_stay_numpy_arrays(self):
        a = numbers()
        assert type(a * 1j) is np.ndarray
        assert type(np.fft.fft(a)) is np.ndarray
        assert type(a.astype(object)) is np.ndarray
        assert type(a.astype(str)) is np.ndarray


class TestScalars:
    def test_s4_elements_and_reductions_are_snapshots(self):
        a = numbers()
        first, total = a[0], a.sum()
        a += 1
        assert (first, total) == (0, 10)
        pending = (a * 2)[1]
        a *= 0
        assert pending == 4

    def test_s4_hashable_and_equal_to_their_numbers(self):
        a = numbers()
        i = array([1, 2, 3])
        assert {a[1]: "one"}[1.0] == "one"
        assert {2: "two"}[i[1]] == "two"
        assert hash(a.astype(np.float32)[1]) == hash(np.float32(1))
        assert len({a[1], i[0], 1}) == 1

    def test_s4_usable_as_index(self):
        i = array([1, 2, 3])
        assert "abcd"[i[0]] == "b"
        assert list(range(i.max())) == [0, 1, 2]
        assert [10, 20, 30][i.argmax()] == 30
        with pytest.raises(TypeError):
            operator.index(numbers()[1])

    def test_s4_in_format_round_math_and_json(self):
        a = array([1.23456, 2.5])
        assert f"{a[0]:.2f}" == "1.23"
        assert f"{a.mean():>8.3f}" == "   1.867"
        assert "%d %.1f" % (a[1], a[0]) == "2 1.2"
        assert round(a[0], 2) == 1.23
        assert math.sqrt(a[1]) == math.sqrt(2.5)
        assert math.floor(a[1]) == 2
        assert json.dumps({"mean": a.mean(), "n": array([1, 2]).sum(), "any": (a > 2).any()}) == (
            '{"mean": 1.86728, "n": 3, "any": true}'
        )
        assert str(a.astype(np.float32)[0]) == str(np.float32(1.23456))
        assert repr(a[1]) == repr(np.float64(2.5))

    def test_s4_float64_ones_are_floats(self):
        a = numbers()
        assert isinstance(a.mean(), float)
        assert isinstance(a[0], np.floating)
        assert not isinstance(a.astype(np.float32)[0], float)
        assert isinstance(array([1])[0], np.integer)

    def test_s4_in_place_on_a_scalar_leaves_the_other_name(self):
        m = numbers().mean()
        k = m
        k += 1
        assert (m, k) == (2, 3)

    def test_s4_swapping_elements(self):
        a = numbers()
        a[0], a[1] = a[1], a[0]
        assert a.tolist() == [1, 0, 2, 3, 4]
        m = array(np.eye(2))
        m[0, 0], m[0, 1] = m[0, 1], m[0, 0]
        assert m.tolist() == [[0, 1], [0, 1]]

    def test_s4_behave_as_numpy_scalars(self):
        s = array(np.array([1.5, 2.5], np.float32)).sum()
        assert s.item() == 4.0 and type(s.item()) is float
        assert s.dtype == np.float32
        assert s.shape == () and s.ndim == 0 and s.size == 1
        assert s.astype(np.float64).dtype == np.float64
        assert s.mean() == 4.0
        assert s.is_integer()
        assert (s * np.float64(2)).dtype == np.float64
        assert (s * 2.0).dtype == np.float32
        assert np.isscalar(s)
        assert type(s[()]) is Scalar
        assert np.asarray(s).dtype == np.float32
        assert copy.deepcopy(s) is s
        assert pickle.loads(pickle.dumps(s)) == np.float32(4)

    def test_s4_integers_wrap_and_strings_repeat_like_numpys(self):
        i = array([3])[0]
        assert i * [1, 2] == [1, 2, 1, 2, 1, 2]
        assert "ab" * i == "ababab"
        with pytest.raises(TypeError):
            numbers()[1] * [1, 2]
        assert array([7])[0] // 2 == 3
        assert divmod(array([7])[0], 2) == (3, 1)
        assert (1 << i) == 8
        assert 2**i == 8


class TestProtocol:
    def test_s5_truth_value_only_for_one_element(self):
        assert bool(array([1.0]))
        assert not bool(array([[0]]))
        with pytest.raises(ValueError, match=r"more than one element is ambiguous"):
            bool(numbers())
        with pytest.raises(ValueError, match="empty array is ambiguous"):
            bool(array([]))

    def test_s5_length_iteration_membership_unpacking(self):
        a = numbers(3)
        assert len(a) == 3
        assert list(a) == [0, 1, 2]
        assert 2 in a and 5 not in a
        x, y, z = a
        assert (x, y, z) == (0, 1, 2)
        assert [row.tolist() for row in array(np.eye(2))] == [[1, 0], [0, 1]]
        with pytest.raises(TypeError, match="unsized"):
            len(array(3.0))
        with pytest.raises(TypeError):
            iter(array(3.0))
        with pytest.raises(TypeError):
            hash(a)

    def test_s5_builtins(self):
        a = array([3.0, 1.0, 2.0])
        assert sum(a) == 6
        assert max(a) == 3
        assert min(a) == 1
        assert sorted(a) == [1, 2, 3]
        assert any(a > 2) and not all(a > 2)
        assert list(zip(a, range(3), strict=True)) == [(3, 0), (1, 1), (2, 2)]
        assert list(map(float, reversed(a))) == [2.0, 1.0, 3.0]
        assert abs(array([-1.0])).tolist() == [1.0]

    def test_s5_comparison_with_none_and_strings_is_elementwise(self):
        a = numbers(3)
        assert (a == None).tolist() == [False] * 3  # noqa: E711
        assert (a != None).tolist() == [True] * 3  # noqa: E711

    def test_s5_repr_and_str_are_ndarrays(self):
        for host in (np.arange(3), np.eye(2, dtype=np.float32), np.zeros(2000), np.array(1.5)):
            assert repr(array(host)) == repr(host)
            assert str(array(host)) == str(host)

    def test_s5_bool_has_no_minus(self):
        b = array([True, False])
        with pytest.raises(TypeError):
            -b
        with pytest.raises(TypeError):
            b - b
        with pytest.raises(TypeError):
            +b
        assert (~b).tolist() == [False, True]
        assert (b ^ b).tolist() == [False, False]

    def test_s5_in_place_casts_are_same_kind(self):
        i = array([1, 2])
        with pytest.raises(TypeError):
            i += 1.5
        with pytest.raises(TypeError):
            i /= 2
        with pytest.raises(TypeError):
            i **= 0.5
        with pytest.raises(TypeError):
            i += np.array([1.5, 2.5])
        assert i.tolist() == [1, 2]
        i += True
        i **= 2
        assert i.tolist() == [4, 9]
        f = array(np.ones(2, np.float32))
        f += np.ones(2)
        assert f.dtype == np.float32

    def test_s5_python_ints_out_of_range_raise(self):
        u = array(np.array([1, 2], np.uint8))
        with pytest.raises(OverflowError):
            u + (-1)
        with pytest.raises(OverflowError):
            u + 256
        assert (u > -1).all()
        assert (u < 1000).all()
        assert not (u == 300).any()

    def test_s5_only_single_elements_become_numbers(self):
        assert float(array(2.5)) == 2.5
        assert int(array([3.7])[0]) == 3
        assert complex(array(2.0)) == 2
        with pytest.raises(TypeError):
            float(numbers())

    def test_s5_in_the_compatibility_mode_arrays_are_ndarrays(self):
        code = (
            "import numpy as np; import monnto; from monnto import _engine;"
            "x = monnto.array([1.0]); assert not isinstance(x, np.ndarray);"
            "_engine.pretend_ndarray(True);"
            "assert isinstance(x, np.ndarray); assert type(x) == np.ndarray;"
            "assert not (type(x) != np.ndarray); assert np.ndarray == type(x);"
            "assert type(x) != float; assert {type(x): 1}[type(x)] == 1"
        )
        subprocess.run([sys.executable, "-c", code], check=True)


class TestViews:
    def test_s6_views_write_through(self):
        w = array(np.zeros((3, 4)))
        w.T[0, 1] = 1
        w.reshape(12)[0] = 2
        w[1:, 2:] += 3
        w[2][3] = 4
        w.ravel()[5] = 5
        w[:, None][0, 0, 1] = 6
        w.diagonal().copy()[:] = 9
        expected = np.zeros((3, 4))
        expected.T[0, 1] = 1
        expected.reshape(12)[0] = 2
        expected[1:, 2:] += 3
        expected[2][3] = 4
        expected.ravel()[5] = 5
        expected[:, None][0, 0, 1] = 6
        assert np.array_equal(w, expected)

    def test_s6_masks_and_index_arrays_copy(self):
        a = numbers()
        m = a[a > 2]
        g = a[[0, 1]]
        m += 10
        g += 10
        assert a.tolist() == [0, 1, 2, 3, 4]

    def test_s6_a_view_sees_later_changes_of_its_base(self):
        a = numbers()
        tail = a[3:]
        a += 10
        assert tail.tolist() == [13, 14]
        assert tail.base is not None

    def test_s6_overlapping_assignment_reads_before_it_writes(self):
        a, host = numbers(), np.arange(5.0)
        a[1:] = a[:-1]
        host[1:] = host[:-1].copy()
        assert np.array_equal(a, host)
        w, h = array(np.arange(9.0).reshape(3, 3)), np.arange(9.0).reshape(3, 3)
        w += w.T
        h += h.T.copy()
        assert np.array_equal(w, h)

    def test_s6_duplicate_indices(self):
        a, host = numbers(), np.arange(5.0)
        index = [0, 0, 3]
        a[index] += 1
        host[index] += 1
        assert np.array_equal(a, host)
        np.add.at(a, index, 1.0)
        np.add.at(host, index, 1.0)
        assert np.array_equal(a, host)
        a[index] = [7, 8, 9]
        host[index] = [7, 8, 9]
        assert np.array_equal(a, host)

    def test_s6_results_of_host_functions_that_are_views_write_through(self):
        a = array(np.zeros((2, 3)))
        np.rollaxis(a, 1)[0, 1] = 5
        assert a[1, 0] == 5
        np.atleast_3d(a)[0, 0, 0] = 6
        assert a[0, 0] == 6

    def test_s6_shuffling_moves_whole_rows(self):
        host = np.arange(40.0).reshape(10, 4)
        a = array(host)
        np.random.seed(3)
        np.random.shuffle(a)
        np.random.seed(3)
        np.random.shuffle(host)
        assert np.array_equal(a, host)

    def test_s6_shape_can_be_set(self):
        a = numbers(6)
        a.shape = (2, 3)
        assert a.shape == (2, 3)
        assert np.array_equal(a + 1, np.arange(1.0, 7).reshape(2, 3))
        a.shape = -1
        assert a.shape == (6,)
        with pytest.raises(ValueError):
            a.shape = (4, 2)

    def test_s6_ix_and_mixed_indices(self):
        w, host = array(np.arange(12.0).reshape(3, 4)), np.arange(12.0).reshape(3, 4)
        rows, columns = array([True, False, True]), np.array([1, 3])
        assert np.array_equal(w[np.ix_(rows, columns)], host[np.ix_(np.asarray(rows), columns)])
        w[np.ix_(rows, columns)] += 1
        host[np.ix_(np.asarray(rows), columns)] += 1
        assert np.array_equal(w, host)
        assert np.array_equal(w[rows, 1], host[np.asarray(rows), 1])
        assert np.array_equal(w[..., None, 0], host[..., None, 0])
        assert np.array_equal(w[[0, 2], ::-1], host[[0, 2], ::-1])
        assert np.array_equal(w[[]], host[[]])


class TestForeignMemory:
    @pytest.mark.parametrize("n", [10, 100_000])
    def test_s7_later_changes_of_a_host_array_do_not_reach_back(self, n):
        host = np.ones(n)
        a = array(np.zeros(n)) + host
        host += 1
        assert a[0] == 1 and a[n - 1] == 1

    def test_s7_asarray_shares_and_never_copies(self):
        host = np.zeros(5)
        a = monnto.asarray(host)
        a += 1
        assert host.tolist() == [1] * 5
        host[0] = 9
        assert a[0] == 9
        b = a * 2
        host[0] = 3
        assert b[0] == 18

    def test_s7_memory_with_no_other_owner_is_adopted(self):
        a = monnto.asarray(np.zeros(5))
        before = a.sum()
        a += 1
        assert (before, a.sum()) == (0, 5)

    @pytest.mark.parametrize(
        "view",
        [lambda h: h.T, lambda h: h[::2], lambda h: h[::-1, ::-1], lambda h: h[:, 1:3]],
    )
    def test_s7_strided_host_arrays_are_shared_too(self, view):
        host = np.arange(24.0).reshape(4, 6)
        a = monnto.asarray(view(host))
        assert np.array_equal(a, view(host))
        a += 100
        a[0, 0] = -1
        a[1:] *= 2
        expected = np.arange(24.0).reshape(4, 6)
        shown = view(expected)
        shown += 100
        shown[0, 0] = -1
        shown[1:] *= 2
        assert np.array_equal(host, expected)

    def test_s7_read_only_host_arrays_stay_read_only(self):
        host = np.zeros(3)
        host.flags.writeable = False
        a = monnto.asarray(host)
        with pytest.raises((ValueError, monnto.BadState)):
            a += 1
        assert not np.asarray(a).flags.writeable

    def test_s7_operands_on_either_side(self):
        a, host = numbers(), np.arange(5.0)
        assert type(a + host) is Array and type(host + a) is Array
        assert type(host < a) is Array
        assert type(np.float32(2) * a) is Array
        assert (np.float64(2) * a.astype(np.float32)).dtype == np.float64
        assert (2.0 * a.astype(np.float32)).dtype == np.float32
        assert type([1, 2, 3, 4, 5] + a) is Array
        host += a
        assert host.tolist() == [0, 2, 4, 6, 8]
        assert type(host) is np.ndarray


class TestExports:
    def test_s8_a_numpy_view_writes_through_both_ways(self):
        a = numbers()
        view = np.asarray(a)
        view[0] = 7
        assert a[0] == 7
        a += 1
        assert view.tolist() == [8, 2, 3, 4, 5]
        b = a * 2
        view[:] = 0
        assert b.tolist() == [16, 4, 6, 8, 10]

    def test_s8_the_array_is_ordinary_again_when_the_view_is_gone(self):
        a = numbers()
        view = a.to_numpy()
        tail = view[2:]
        del view
        tail[0] = 50
        assert a[2] == 50
        del tail
        a += 1
        assert a.tolist() == [1, 2, 51, 4, 5]

    def test_s8_views_of_views_are_exported_in_place(self):
        w = array(np.zeros((3, 4)))
        np.asarray(w[1])[2] = 5
        np.asarray(w.T)[3, 0] = 6
        assert w[1, 2] == 5 and w[0, 3] == 6

    def test_s8_a_pinned_array_takes_out_and_in_place_from_numpy(self):
        a = numbers()
        view = np.asarray(a)
        np.multiply(view, 2, out=view)
        view += a
        assert a.tolist() == [0, 4, 8, 12, 16]

    def test_s8_buffer_protocol(self):
        a = array(np.arange(6, dtype=np.int32).reshape(2, 3))
        memory = memoryview(a)
        assert (memory.format, memory.shape, memory.strides) == ("i", (2, 3), (12, 4))
        memory[1, 2] = 50
        assert a[1, 2] == 50
        assert bytes(memoryview(a.T).tobytes()) == np.asarray(a).T.tobytes()
        with pytest.raises(BufferError):
            memoryview(a.T).cast("B")[0] if False else np.frombuffer(a[:, ::2])

    def test_s8_dlpack(self):
        a = numbers()
        shown = np.from_dlpack(a)
        assert np.array_equal(shown, np.arange(5.0))

    def test_s8_interoperation_at_ndarray_speed(self):
        a = numbers()
        assert a.values is not None and type(a.values) is np.ndarray
        pandas = pytest.importorskip("pandas")
        assert pandas.DataFrame({"v": a})["v"].tolist() == [0, 1, 2, 3, 4]

    def test_s8_array_copy_does_not_pin(self):
        a = numbers()
        copied = np.array(a)
        copied[0] = 100
        assert a[0] == 0


class TestCopies:
    def test_s9_copy_copies_data(self):
        a = numbers()
        for b in (copy.copy(a), copy.deepcopy(a), a.copy(), np.copy(a), np.array(a)):
            b += 1
        assert a.tolist() == [0, 1, 2, 3, 4]

    def test_s9_deepcopy_keeps_aliases_and_views_inside(self):
        a = numbers()
        model = {"v": a, "alias": a, "tail": a[3:], "other": array([1.0])}
        again = copy.deepcopy(model)
        again["v"] += 10
        assert again["alias"].tolist() == [10, 11, 12, 13, 14]
        assert again["tail"].tolist() == [13, 14]
        assert a.tolist() == [0, 1, 2, 3, 4]
        again["tail"][:] = 0
        assert again["v"].tolist() == [10, 11, 12, 0, 0]

    def test_s9_pickles_load_without_monnto(self):
        data = pickle.dumps([numbers(), array([True]).any()])
        code = (
            "import pickle, sys; import numpy as np;"
            "a, b = pickle.loads(sys.stdin.buffer.read());"
            "assert type(a) is np.ndarray and a.tolist() == [0, 1, 2, 3, 4];"
            "assert 'monnto' not in sys.modules"
        )
        subprocess.run([sys.executable, "-c", code], input=data, check=True)


class TestUndefinedCorners:
    def test_s10_no_warnings_and_numpys_values(self, recwarn):
        z = array([0.0, 1.0, -1.0])
        assert np.array_equal(z / 0, np.array([np.nan, np.inf, -np.inf]), equal_nan=True)
        assert np.array_equal(np.log(z), [-np.inf, 0, np.nan], equal_nan=True)
        i = array([5, -5, 0])
        assert (i // 0).tolist() == [0, 0, 0]
        assert (i % 0).tolist() == [0, 0, 0]
        np.linalg.norm(z / 0)
        np.reciprocal(z)
        assert not [w for w in recwarn if issubclass(w.category, RuntimeWarning)]

    def test_s10_errstate_raise_checks_at_once(self):
        a = numbers()
        with np.errstate(divide="raise"), pytest.raises(FloatingPointError):
            a / 0
        with np.errstate(all="raise"):
            with pytest.raises(FloatingPointError):
                np.log(a - 1)
            with pytest.raises(FloatingPointError):
                a /= 0.0
            assert type(a + 1) is Array
        assert np.isinf((a / 0)[1])

        @np.errstate(invalid="raise")
        def square_root(x):
            return np.sqrt(x)

        with pytest.raises(FloatingPointError):
            square_root(-a)
        assert np.isnan(np.sqrt(-a)[1])

    def test_s10_casts_out_of_range(self):
        f = np.array([1e30, -1e30, np.nan, 300.7, -1.5])
        for dtype in (np.int64, np.int32):
            with np.errstate(invalid="ignore"):
                expected = f.astype(dtype)
            assert np.array_equal(array(f).astype(dtype), expected)


class TestChecks:
    def test_s11_errors_come_before_anything_is_written(self):
        a = numbers()
        with pytest.raises(IndexError):
            a[[0, 9]] = 1
        with pytest.raises(ValueError):
            a[a > 2] = [1, 2, 3]
        with pytest.raises(ValueError):
            a += np.ones(3)
        with pytest.raises(IndexError):
            a[7]
        with pytest.raises(IndexError):
            a[0, 0]
        with pytest.raises(IndexError):
            a[1.5]
        with pytest.raises(IndexError):
            a[array([True, False])]
        with pytest.raises(IndexError):
            array(np.eye(3))[[0, 1], [0, 1, 2]]
        with pytest.raises(ValueError):
            a[0] = [1, 2]
        assert a.tolist() == [0, 1, 2, 3, 4]

    def test_s11_errors_are_pythons_types_with_fields(self):
        with pytest.raises(monnto.ShapeMismatch) as caught:
            numbers(3) + numbers(4)
        assert isinstance(caught.value, ValueError) and isinstance(caught.value, monnto.Error)
        assert (caught.value.left, caught.value.right) == ((3,), (4,))
        with pytest.raises(monnto.IndexOutOfRange) as caught:
            numbers(3)[5]
        assert (caught.value.index, caught.value.size) == (5, 3)
        with pytest.raises(monnto.TypeMismatch) as caught:
            -array([True])
        assert (caught.value.operation, caught.value.found) == ("negative", "bool")
        with pytest.raises(_engine.AxisOutOfRange) as caught:
            numbers(3).sum(axis=2)
        assert (caught.value.axis, caught.value.rank) == (2, 1)
        with pytest.raises(_engine.TooManyIndices) as caught:
            numbers(3)[0, 1]
        assert (caught.value.given, caught.value.rank) == (2, 1)
        with pytest.raises(_engine.IndexMismatch) as caught:
            numbers(3)[array([True])]
        assert (caught.value.left, caught.value.right) == ((1,), (3,))
        with pytest.raises(monnto.NumberOutOfRange) as caught:
            array(np.array([1], np.uint8)) + 300
        assert (caught.value.number, caught.value.dtype) == (300, "uint8")

    def test_s11_deleting_elements_raises(self):
        a = numbers()
        with pytest.raises(ValueError):
            del a[0]


class TestTolerance:
    def test_s13_powers_take_numpys_fast_paths(self):
        x = np.random.default_rng(1).uniform(0.1, 5, 1000).astype(np.float32)
        a = array(x)
        for exponent in (2, 0.5, 1, 0, -1, 2.0):
            assert np.array_equal(a**exponent, x**exponent), exponent
        a **= 2
        x **= 2
        assert np.array_equal(a, x)
