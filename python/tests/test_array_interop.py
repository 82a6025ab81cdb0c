"""S8: what scientists hand arrays to reads Arrays as it reads ndarrays, without copies where it matters."""

import ctypes
import random
import statistics
import struct
import time

import numpy as np
import pytest

from monnto import Array, array


@pytest.fixture
def v():
    return array(np.arange(6.0))


@pytest.fixture
def w():
    return array(np.arange(6.0).reshape(2, 3))


def test_s8_matplotlib_draws_arrays(v, w, tmp_path):
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(2, 2)
    (line,) = axes[0, 0].plot(v, v * 2)
    assert np.array_equal(line.get_ydata(), np.arange(6.0) * 2)
    axes[0, 1].imshow(w)
    axes[1, 0].scatter(v, v, c=v)
    axes[1, 1].hist(v, bins=3)
    axes[1, 1].axhline(v.mean())
    axes[1, 1].set_xlim(v[0], v.max())
    figure.savefig(tmp_path / "figure.png")
    pyplot.close(figure)


def test_s8_pandas_holds_arrays(v, w):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"v": v, "twice": v * 2})
    assert frame["twice"].tolist() == [0, 2, 4, 6, 8, 10]
    assert pandas.DataFrame(w).shape == (2, 3)
    series = pandas.Series(v)
    assert (series + v).tolist() == (v + series).tolist() == [0, 2, 4, 6, 8, 10]
    assert pandas.DataFrame([{"mean": v.mean(), "n": v.size}])["mean"][0] == 2.5


def test_s8_seaborn_draws_arrays(v):
    seaborn = pytest.importorskip("seaborn")
    import matplotlib

    matplotlib.use("Agg")
    assert seaborn.lineplot(x=v, y=v * 2) is not None


def test_s8_h5py_stores_arrays(v, w, tmp_path):
    h5py = pytest.importorskip("h5py")
    with h5py.File(tmp_path / "run.h5", "w") as file:
        file["v"] = v
        file.create_dataset("w", data=w, compression="gzip")
        file["v"].attrs["mean"] = v.mean()
        file["v"][0] = v[5]
        file["w"].read_direct(np.asarray(w))
        target = array(np.zeros((2, 3)))
        file["w"].read_direct(target.to_numpy())
        assert np.array_equal(target, w)
        assert file["v"][0] == 5 and file["v"].attrs["mean"] == 2.5


def test_s8_numba_works_on_the_memory(v):
    numba = pytest.importorskip("numba")

    @numba.njit
    def double(x):
        for i in range(x.size):
            x[i] *= 2

    double(np.asarray(v))
    assert v.tolist() == [0, 2, 4, 6, 8, 10]


def test_s8_ctypes_works_on_the_memory(v):
    view = v.to_numpy()
    pointer = view.ctypes.data_as(ctypes.POINTER(ctypes.c_double))
    pointer[2] = 50.0
    assert v[2] == 50


def test_s3_scipy_sparse_matrices_multiply_arrays(v, w):
    sparse = pytest.importorskip("scipy.sparse")
    matrix = sparse.random(4, 6, 0.5, random_state=1, format="csr")
    dense = matrix.toarray()
    np.testing.assert_allclose(np.asarray(matrix @ v), dense @ np.arange(6.0))
    np.testing.assert_allclose(np.asarray(matrix.dot(v)), dense @ np.arange(6.0))
    np.testing.assert_allclose(np.asarray(array(np.ones(4)) @ matrix), np.ones(4) @ dense)


def test_s8_scipy_computes_on_arrays(v):
    signal = pytest.importorskip("scipy.signal")
    stats = pytest.importorskip("scipy.stats")
    special = pytest.importorskip("scipy.special")
    np.testing.assert_allclose(
        signal.lfilter([0.5], [1, -0.5], v), signal.lfilter([0.5], [1, -0.5], np.arange(6.0))
    )
    assert stats.pearsonr(v, v * 2)[0] == pytest.approx(1)
    assert type(special.expit(v)) is Array
    np.testing.assert_array_equal(np.asarray(special.expit(v)), special.expit(np.arange(6.0)))


def test_s8_numpy_files(v, tmp_path):
    np.save(tmp_path / "v.npy", v)
    assert np.array_equal(np.load(tmp_path / "v.npy"), v)
    np.savetxt(tmp_path / "v.txt", v)
    assert np.array_equal(np.loadtxt(tmp_path / "v.txt"), v)
    np.savez(tmp_path / "v.npz", v=v, mean=v.mean())
    assert np.load(tmp_path / "v.npz")["mean"] == 2.5
    v.tofile(tmp_path / "v.bin")
    assert np.array_equal(np.fromfile(tmp_path / "v.bin"), v)


def test_s4_scalars_in_the_standard_library(v):
    n = array([3])[0]
    assert struct.pack("d", v[1]) == struct.pack("d", 1.0)
    assert struct.pack("i", n) == struct.pack("i", 3)
    assert statistics.fmean(v) == 2.5
    assert len(random.sample(range(10), n)) == 3
    assert np.zeros(n).shape == np.zeros((n,)).shape == (3,)
    assert np.full(2, v[5]).tolist() == [5, 5]
    assert f"{n:d} {v[1]:.1f} {v[2]!s}" == "3 1.0 2.0"
    assert [0] * n == [0, 0, 0]
    host = np.zeros(3)
    host[0] = v[4]
    host[n - 1] += v[1]
    assert host.tolist() == [4, 0, 1]
    assert complex(v[1]) == 1
    assert time.sleep(float(v[0])) is None
    random.seed(1)
    random.shuffle(v)
    assert sorted(v) == [0, 1, 2, 3, 4, 5]
