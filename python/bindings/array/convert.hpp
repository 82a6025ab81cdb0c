#pragma once

#include <monnto/array/array.hpp>

#include <Python.h>
#include <nanobind/nanobind.h>

#include <optional>

namespace monnto::python {

/// What happens to the memory of a NumPy array that becomes an Array.
enum class Memory : unsigned char {
    share,  // as attribute (S7): adopted where we end up as its only owner, else shared and pinned;
            // never copied
    record,  // in an expression (S7): copied up to 64 KiB, shared above
    copy,
};

/// The Array that a Python object stands for: an Array, an ndarray of a dtype of ours (exactly that
/// type or a memmap), or, with `numbers`, a Scalar or a number of Python's or NumPy's. Nothing for
/// what is not ours (lists, complex, objects, sparse matrices, subclasses of ndarray): those pass
/// as they are (S3). Needs the GIL; throws nanobind::python_error.
[[nodiscard]] std::optional<Array> array_from_python(nanobind::handle object,
                                                     Memory memory = Memory::share,
                                                     bool numbers = false);

/// As np.asarray would understand it: also sequences. Throws TypeMismatch for what is no array of
/// ours.
[[nodiscard]] Array array_like_from_python(nanobind::handle object, Memory memory = Memory::record);

/// A Python handle on the same array (S1), of any rank; never copies. What attributes are read as.
[[nodiscard]] nanobind::object python_from_array(Array array);
/// What an operation gives: a Scalar for rank 0, else an Array (S4).
[[nodiscard]] nanobind::object python_from_result(Array array);
/// A Scalar.
[[nodiscard]] nanobind::object python_from_number(const Number& number);

[[nodiscard]] bool is_python_array(nanobind::handle object) noexcept;
[[nodiscard]] bool is_python_scalar(nanobind::handle object) noexcept;
/// Contract: is_python_array(object).
[[nodiscard]] Array& array_in(nanobind::handle object) noexcept;
/// A number of Python's or NumPy's, or a Scalar (which is evaluated).
[[nodiscard]] std::optional<Number> number_from_python(nanobind::handle object);
/// float, np.float32, "int64", a dtype: what np.dtype() takes. Nothing for a dtype that is not
/// ours.
[[nodiscard]] std::optional<DType> dtype_from_object(nanobind::handle object);
/// NumPy's dtype.
[[nodiscard]] nanobind::object python_from_dtype(DType dtype);

/// Adds Array, Scalar and the functions to `monnto._engine`.
void bind_array(nanobind::module_& module);

}  // namespace monnto::python

namespace nanobind::detail {

/// Functions bound with nanobind take and give Arrays as they are; numbers and sequences are
/// converted.
template <>
struct type_caster<monnto::Array> {
    NB_TYPE_CASTER(monnto::Array, const_name("monnto.Array"))

    bool from_python(handle source, uint32_t flags, cleanup_list*) noexcept {
        try {
            if (monnto::python::is_python_array(source)) {
                value = monnto::python::array_in(source);
                return true;
            }
            if ((flags & static_cast<uint32_t>(cast_flags::convert)) == 0) {
                return false;
            }
            value = monnto::python::array_like_from_python(source);
            return true;
        } catch (nanobind::python_error& e) {
            e.restore();
            PyErr_Clear();
            return false;
        } catch (const std::exception&) {
            return false;
        }
    }

    static handle from_cpp(const monnto::Array& array, rv_policy, cleanup_list*) noexcept {
        return monnto::python::python_from_array(array).release();
    }
};

}  // namespace nanobind::detail
