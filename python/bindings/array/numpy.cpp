#include "../errors.hpp"
#include "numpy.hpp"

#include <monnto/base/error.hpp>

#include <string>
#include <unordered_map>

namespace monnto::python {

namespace {

PyObject* attribute(PyObject* object, const char* name) {
    return checked(PyObject_GetAttrString(object, name));
}
PyTypeObject* type_attribute(PyObject* object, const char* name) {
    return reinterpret_cast<PyTypeObject*>(attribute(object, name));
}

NumPy* import_numpy() {
    auto* np = new NumPy;
    np->module = checked(PyImport_ImportModule("numpy"));
    np->ndarray = type_attribute(np->module, "ndarray");
    np->generic = type_attribute(np->module, "generic");
    np->dtype = type_attribute(np->module, "dtype");
    np->ufunc = type_attribute(np->module, "ufunc");
    np->bool_ = type_attribute(np->module, "bool_");
    np->float64 = type_attribute(np->module, "float64");
    for (int i = 0; i < dtype_count; ++i) {
        const auto dtype = static_cast<DType>(i);
        np->dtypes[i] = nullptr;
        np->scalars[i] = nullptr;
        if (dtype != DType::bf16) {
            np->dtypes[i] = checked(PyObject_CallFunction(
                reinterpret_cast<PyObject*>(np->dtype), "s", std::string(name_of(dtype)).c_str()));
            np->scalars[i] = type_attribute(np->dtypes[i], "type");
        }
    }
    return np;
}

struct TorchDtypes {
    std::unordered_map<PyObject*, DType> known;  // the stand-in's and torch's own
    PyObject* shown[dtype_count] = {};           // both strong, for ever
};
TorchDtypes& torch_dtypes() {
    static auto* made = new TorchDtypes;
    return *made;
}

std::optional<DType> scan(const NumPy& np, PyObject* dtype) {
    for (int i = 0; i < dtype_count; ++i) {
        if (np.dtypes[i] == dtype) {
            return static_cast<DType>(i);
        }
    }
    // 'longlong' is another object than 'long' and equal to it.
    for (int i = 0; i < dtype_count; ++i) {
        if (np.dtypes[i] != nullptr &&
            checked(PyObject_RichCompareBool(np.dtypes[i], dtype, Py_EQ)) != 0) {
            return static_cast<DType>(i);
        }
    }
    return {};
}

}  // namespace

const NumPy& numpy() {
    static NumPy* np = import_numpy();
    return *np;
}

PyObject* python_dtype(DType dtype) {
    PyObject* object = numpy().dtypes[static_cast<int>(dtype)];
    if (object == nullptr) {
        throw TypeMismatch("numpy", std::string(name_of(dtype)),
                           "NumPy has no such dtype; cast to float32 first");
    }
    return object;
}

PyObject* torch_dtype(DType dtype) {
    PyObject* object = torch_dtypes().shown[static_cast<int>(dtype)];
    return object != nullptr ? object : python_dtype(dtype);
}

void set_torch_dtype(DType dtype, PyObject* object) {
    Py_INCREF(object);
    torch_dtypes().known.insert_or_assign(object, dtype);
    torch_dtypes().shown[static_cast<int>(dtype)] = object;
}

std::optional<DType> dtype_from_python(PyObject* object) {
    if (object == reinterpret_cast<PyObject*>(&PyFloat_Type)) {
        return DType::f64;
    }
    if (object == reinterpret_cast<PyObject*>(&PyBool_Type)) {
        return DType::boolean;
    }
    if (object == reinterpret_cast<PyObject*>(&PyLong_Type)) {
        return DType::i64;
    }
    const NumPy& np = numpy();
    if (Py_TYPE(object) == np.dtype || PyType_IsSubtype(Py_TYPE(object), np.dtype) != 0) {
        return scan(np, object);
    }
    for (int i = 0; i < dtype_count; ++i) {
        if (object == reinterpret_cast<PyObject*>(np.scalars[i])) {
            return static_cast<DType>(i);
        }
    }
    if (const auto found = torch_dtypes().known.find(object); found != torch_dtypes().known.end()) {
        return found->second;
    }
    const nanobind::object made = nanobind::steal(
        checked(PyObject_CallOneArg(reinterpret_cast<PyObject*>(np.dtype), object)));
    return scan(np, made.ptr());
}

std::optional<DType> dtype_of_scalar_type(PyTypeObject* type) {
    const NumPy& np = numpy();
    for (int i = 0; i < dtype_count; ++i) {
        if (np.scalars[i] == type) {
            return static_cast<DType>(i);
        }
    }
    return dtype_from_python(reinterpret_cast<PyObject*>(type));
}

PyObject* imported(const char* module, const char* name) {
    const nanobind::object found = nanobind::steal(checked(PyImport_ImportModule(module)));
    return attribute(found.ptr(), name);
}

PyObject* interned(const char* text) {
    return checked(PyUnicode_InternFromString(text));
}

}  // namespace monnto::python
