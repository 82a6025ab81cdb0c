#pragma once

#include <monnto/array/dtype.hpp>

#include <Python.h>

#include <optional>

namespace monnto::python {

/// What the bindings need of NumPy, looked up once and on first use: `import monnto` does not wait
/// for it. Only Python-level interfaces, so that one build serves NumPy 1.26 and 2.
struct NumPy {
    PyObject* module;
    PyTypeObject* ndarray;
    PyTypeObject* generic;  // base of NumPy's scalars
    PyTypeObject* dtype;
    PyTypeObject* ufunc;
    PyTypeObject* bool_;
    PyTypeObject* float64;
    PyObject* dtypes[dtype_count];  // null for bfloat16, which NumPy does not have
    PyTypeObject* scalars[dtype_count];
};
[[nodiscard]] const NumPy& numpy();

/// NumPy's dtype object, borrowed. Throws TypeMismatch for bfloat16.
[[nodiscard]] PyObject* python_dtype(DType dtype);
/// What np.dtype(object) means, where it is one of ours in native byte order.
[[nodiscard]] std::optional<DType> dtype_from_python(PyObject* object);
/// torch's dtype object (S14): torch's own where torch is installed, else our stand-in. Borrowed.
[[nodiscard]] PyObject* torch_dtype(DType dtype);
/// Teaches `torch_dtype` and `dtype_from_python` what stands for a dtype in the torch dialect; the
/// last one told is what Tensors show.
void set_torch_dtype(DType dtype, PyObject* object);
/// The dtype of a NumPy scalar's type.
[[nodiscard]] std::optional<DType> dtype_of_scalar_type(PyTypeObject* type);

/// An attribute of a module, borrowed; lives for ever. For names looked up once.
[[nodiscard]] PyObject* imported(const char* module, const char* name);
[[nodiscard]] PyObject* interned(const char* text);

}  // namespace monnto::python
