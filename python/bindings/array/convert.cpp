#include "../errors.hpp"
#include "convert.hpp"
#include "host.hpp"
#include "memory.hpp"
#include "numpy.hpp"
#include "object.hpp"
#include "operand.hpp"
#include "protocol.hpp"
#include "tensor.hpp"
#include "types.hpp"

namespace nb = nanobind;

namespace monnto::python {

namespace {

bool is_plain_ndarray(PyObject* object) {
    static PyObject* memmap = imported("numpy", "memmap");
    PyTypeObject* type = Py_TYPE(object);
    return type == numpy().ndarray || reinterpret_cast<PyObject*>(type) == memmap;
}

Array array_of_ndarray(PyObject* ndarray, Memory memory) {
    if (memory != Memory::copy) {
        if (std::optional<Array> behind = window_behind(ndarray)) {
            return *behind;
        }
    }
    switch (memory) {
        case Memory::share:
            return adopt_ndarray(ndarray);
        case Memory::record:
            return record_ndarray(ndarray);
        case Memory::copy:
            break;
    }
    return copy_ndarray(ndarray);
}

nb::object as_ndarray(nb::handle object, PyObject* dtype) {
    return nb::borrow(numpy().module).attr("asarray")(object, nb::handle(dtype));
}

std::string class_name(nb::handle object) {
    return nb::cast<const char*>(nb::str(object.type().attr("__name__")));
}

}  // namespace

std::optional<Array> array_from_python(nb::handle object, Memory memory, bool numbers) {
    if (is_array(object.ptr())) {
        return memory == Memory::copy ? array_of(object.ptr()).copy() : array_of(object.ptr());
    }
    if (is_plain_ndarray(object.ptr())) {
        return supported_dtype(object.ptr()) ? std::optional(array_of_ndarray(object.ptr(), memory))
                                             : std::nullopt;
    }
    if (!numbers) {
        return {};
    }
    if (is_scalar(object.ptr()) && !is_known(scalar_of(object.ptr()))) {
        return scalar_of(object.ptr()).pending.copy();
    }
    const std::optional<Number> number = number_of(object.ptr());
    return number ? std::optional(Array(*number)) : std::nullopt;
}

Array array_like_from_python(nb::handle object, Memory memory) {
    if (std::optional<Array> array = array_from_python(object, memory, true)) {
        return *array;
    }
    const nb::object made = as_ndarray(object, Py_None);
    if (Py_TYPE(made.ptr()) != numpy().ndarray || !supported_dtype(made.ptr())) {
        throw TypeMismatch("array", class_name(object),
                           "give numbers: bool, integers or floats of up to 64 bits");
    }
    // Fresh memory of NumPy's is neither aligned nor padded for our kernels.
    return made.ptr() == object.ptr() ? array_of_ndarray(made.ptr(), memory)
                                      : copy_ndarray(made.ptr());
}

nb::object python_from_array(Array array) {
    return nb::steal(wrap_array(std::move(array)));
}
nb::object python_from_result(Array array) {
    return nb::steal(wrap_result(std::move(array)));
}
nb::object python_from_number(const Number& number) {
    return nb::steal(wrap_scalar(number));
}
bool is_python_array(nb::handle object) noexcept {
    return is_array(object.ptr());
}
bool is_python_scalar(nb::handle object) noexcept {
    return is_scalar(object.ptr());
}
Array& array_in(nb::handle object) noexcept {
    return array_of(object.ptr());
}
std::optional<Number> number_from_python(nb::handle object) {
    return number_of(object.ptr());
}
std::optional<DType> dtype_from_object(nb::handle object) {
    return dtype_from_python(object.ptr());
}
nb::object python_from_dtype(DType dtype) {
    return nb::borrow(python_dtype(dtype));
}

PyObject* make_array(PyObject* object, PyObject* dtype, bool copy) {
    if (dtype == nullptr || dtype == Py_None) {
        const Memory memory = copy ? Memory::copy : Memory::share;
        if (!copy && is_array(object)) {
            Py_INCREF(object);
            return object;
        }
        return wrap_array(array_like_from_python(object, memory));
    }
    const std::optional<DType> wanted = dtype_from_python(dtype);
    if (!wanted) {
        throw TypeMismatch("array", class_name(nb::handle(dtype)),
                           "this dtype stays with NumPy: use np.array");
    }
    if (!is_array(object) && !is_plain_ndarray(object)) {
        return wrap_array(copy_ndarray(as_ndarray(object, python_dtype(*wanted)).ptr()));
    }
    const Array array = array_like_from_python(object, copy ? Memory::copy : Memory::share);
    if (array.dtype() == *wanted && is_array(object) && !copy) {
        Py_INCREF(object);
        return object;
    }
    return wrap_array(array.dtype() == *wanted ? array : array.astype(*wanted));
}

PyObject* new_array(PyTypeObject*, PyObject* args, PyObject* kwargs) noexcept {
    PyObject* object = nullptr;
    PyObject* dtype = Py_None;
    static const char* keywords[] = {"object", "dtype", nullptr};
    if (PyArg_ParseTupleAndKeywords(args, kwargs, "O|O", const_cast<char**>(keywords), &object,
                                    &dtype) == 0) {  // NOLINT
        return nullptr;
    }
    return guarded([&] { return make_array(object, dtype, true); });
}

void bind_array(nb::module_& m) {
    if (ready_memory_types() != 0 || ready_array_types() != 0) {
        raise_pending();
    }
    m.attr("Array") = nb::borrow(reinterpret_cast<PyObject*>(&array_type));
    m.attr("Scalar") = nb::borrow(reinterpret_cast<PyObject*>(&scalar_type));
    m.def(
        "array",
        [](nb::handle object, nb::handle dtype, bool copy) {
            return nb::steal(make_array(object.ptr(), dtype.ptr(), copy));
        },
        nb::arg("object"), nb::arg("dtype") = nb::none(), nb::arg("copy") = true,
        "An Array of the numbers in `object`; the memory is copied unless copy=False.");
    m.def(
        "asarray",
        [](nb::handle object, nb::handle dtype) {
            return nb::steal(make_array(object.ptr(), dtype.ptr(), false));
        },
        nb::arg("object"), nb::arg("dtype") = nb::none(),
        "`object` as Array: itself, or on its memory where it is a NumPy array.");
    m.def(
        "wrap_ndarray", [](nb::handle object) { return nb::steal(wrap_ndarray(object.ptr())); },
        "A result of NumPy's as Array, where its dtype is one of ours.");
    m.def("checks_are_eager", [] { return checks_are_eager; });
    m.def(
        "set_eager_checks", [](bool on) { checks_are_eager = on; },
        "While on, everything runs at once and in NumPy, which raises what np.errstate asks for.");
    m.def(
        "pretend_ndarray", [](bool on) { pretends_to_be_ndarray = on; },
        "Whether isinstance(x, np.ndarray) holds for Arrays.");
    m.def(
        "set_host",
        [](nb::handle operate, nb::handle method, nb::handle call) {
            set_host(operate.ptr(), method.ptr(), call.ptr());
        },
        "Replaces the three functions of monnto.arrays.host: how tests see what goes there.");
    m.def("native_names", [] { return nb::steal(native_names()); });
    nb::module_ functions = m.def_submodule("functions", "NumPy's functions on Arrays.");
    add_functions(functions.ptr());
    m.attr("Tensor") = nb::borrow(reinterpret_cast<PyObject*>(&tensor_type));
    nb::module_ tensors = m.def_submodule("tensors", "The torch dialect.");
    add_tensor_functions(tensors.ptr());
}

}  // namespace monnto::python
