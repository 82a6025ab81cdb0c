#pragma once

#include <monnto/array/array.hpp>

#include <Python.h>
#include <nanobind/nanobind.h>

#include <optional>

namespace monnto::python {

/// Whether an ndarray (exactly that type, or a memmap) has a dtype and rank of ours, in native byte
/// order.
[[nodiscard]] std::optional<DType> supported_dtype(PyObject* ndarray);

/// An Array on the memory of an ndarray. It counts as pinned while anybody but us can see that
/// memory (S7). Contract: supported_dtype(ndarray).
[[nodiscard]] Array adopt_ndarray(PyObject* ndarray);
/// A copy. Contract: supported_dtype(ndarray).
[[nodiscard]] Array copy_ndarray(PyObject* ndarray);
/// For an operand of an expression: a copy up to 64 KiB, beyond that the memory itself, whose
/// operations run at once, so that later changes cannot reach back (S7).
[[nodiscard]] Array record_ndarray(PyObject* ndarray);

/// An ndarray on the memory of `array`, which stays pinned while it lives (S8).
[[nodiscard]] nanobind::object ndarray_of(const Array& array);
/// The Array that an ndarray made by `ndarray_of` (or a view of it) is a window on, where it is
/// one.
[[nodiscard]] std::optional<Array> window_behind(PyObject* ndarray);
/// An ndarray that came from NumPy as Array: a window of the Array behind it, or its memory
/// adopted; anything that is not ours as it is. New reference.
[[nodiscard]] PyObject* wrap_ndarray(PyObject* ndarray);

/// Fills `view` with the memory of `array` for the buffer protocol.
int get_buffer(PyObject* self, Py_buffer* view, int flags) noexcept;
void release_buffer(PyObject* self, Py_buffer* view) noexcept;

int ready_memory_types();

}  // namespace monnto::python
