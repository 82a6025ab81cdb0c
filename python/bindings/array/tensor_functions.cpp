// `monnto._engine.tensors`: what the torch half of the package is written with.
#include "../errors.hpp"
#include "convert.hpp"
#include "natives.hpp"
#include "numpy.hpp"
#include "object.hpp"
#include "tensor.hpp"

#include <monnto/array/functions.hpp>

#include <nanobind/stl/string.h>

#include <string>

namespace nb = nanobind;

namespace monnto::python {

namespace {

using FastCall = PyObject* (*)(PyObject*, PyObject* const*, Py_ssize_t, PyObject*) noexcept;

void add_function(PyObject* module, const char* name, FastCall function, void* payload) {
    // Lives as long as the interpreter, as the function that points to it may.
    auto* definition =
        new PyMethodDef{name, reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(function)),
                        METH_FASTCALL | METH_KEYWORDS, nullptr};
    const nb::object capsule = nb::steal(checked(PyCapsule_New(payload, nullptr, nullptr)));
    const nb::object made =
        nb::steal(checked(PyCFunction_NewEx(definition, capsule.ptr(), nullptr)));
    checked(PyObject_SetAttrString(module, name, made.ptr()));
}

void* op_payload(Op op) {
    return reinterpret_cast<void*>(static_cast<std::uintptr_t>(op) + 1);
}
Op op_in(PyObject* capsule) {
    return static_cast<Op>(
        reinterpret_cast<std::uintptr_t>(PyCapsule_GetPointer(capsule, nullptr)) - 1);
}

/// NumPy's function of that name, with Tensors as results.
PyObject* call_native_function(PyObject* capsule, PyObject* const* args, Py_ssize_t count,
                               PyObject* names) noexcept {
    const auto* native = static_cast<const Native*>(PyCapsule_GetPointer(capsule, nullptr));
    PyObject* result = call_native(*native, args, count, names);
    return guarded([&] { return as_tensors(result); });
}

void require_count(Op op, Py_ssize_t count, Py_ssize_t wanted, PyObject* names) {
    if (count != wanted || (names != nullptr && PyTuple_GET_SIZE(names) != 0)) {
        PyErr_Format(PyExc_TypeError, "%s takes %zd positional arguments",
                     std::string(name_of(op)).c_str(), wanted);
        raise_pending();
    }
}

PyObject* call_unary(PyObject* capsule, PyObject* const* args, Py_ssize_t count,
                     PyObject* names) noexcept {
    return guarded([&] {
        require_count(op_in(capsule), count, 1, names);
        return wrap_tensor(torch_unary(op_in(capsule), tensor_argument(args[0])));
    });
}

TorchOperand operand_argument(PyObject* object) {
    if (std::optional<TorchOperand> parsed = parse_torch_operand(object)) {
        return *parsed;
    }
    return {tensor_argument(object), TorchOperand::Precedence::array};
}

PyObject* call_binary(PyObject* capsule, PyObject* const* args, Py_ssize_t count,
                      PyObject* names) noexcept {
    return guarded([&] {
        require_count(op_in(capsule), count, 2, names);
        return wrap_tensor(
            torch_binary(op_in(capsule), operand_argument(args[0]), operand_argument(args[1])));
    });
}

/// Names become attributes of the Tensor type: methods and properties written in Python. Their
/// number protocol stays that of the type.
void install(const nb::dict& attributes) {
    for (auto [name, value] : attributes) {
        checked(PyDict_SetItem(tensor_type.tp_dict, name.ptr(), value.ptr()));
    }
    PyType_Modified(&tensor_type);
}

std::optional<DType> optional_dtype(nb::handle dtype) {
    if (dtype.is_none()) {
        return {};
    }
    const std::optional<DType> found = dtype_from_python(dtype.ptr());
    if (!found) {
        throw TypeMismatch("dtype", nb::cast<std::string>(nb::str(dtype)),
                           "give a dtype such as torch.float32");
    }
    return found;
}

Shape shape_from(nb::handle sizes) {
    std::vector<std::ptrdiff_t> extents;
    for (const nb::handle extent : sizes) {
        extents.push_back(PyNumber_AsSsize_t(extent.ptr(), PyExc_OverflowError));
        if (PyErr_Occurred() != nullptr) {
            raise_pending();
        }
    }
    return Shape::from(extents);
}

nb::object tensor_object(Array array) {
    return nb::steal(wrap_tensor(std::move(array)));
}

void add_conversions(nb::module_& m) {
    m.def(
        "tensor_of", [](nb::handle object) { return tensor_object(tensor_argument(object.ptr())); },
        "Any number, array or sequence as Tensor, on the same memory where it has some.");
    m.def("cast", [](nb::handle object, nb::handle dtype) {
        const Array array = tensor_argument(object.ptr());
        const DType to = optional_dtype(dtype).value_or(array.dtype());
        if (array.dtype() == to && is_tensor(object.ptr())) {
            return nb::borrow(object);  // torch, too, gives the tensor itself
        }
        return tensor_object(array.dtype() == to ? array : array.astype(to));
    });
    m.def("copy", [](nb::handle a) { return tensor_object(tensor_argument(a.ptr()).copy()); });
    m.def("full", [](nb::handle sizes, nb::handle value, nb::handle dtype) {
        const std::optional<Number> number = number_of(value.ptr());
        const Number element = number ? *number : tensor_argument(value.ptr()).element();
        return tensor_object(full(shape_from(sizes), element, *optional_dtype(dtype)));
    });
    m.def("reshape", [](nb::handle a, nb::handle sizes) {
        return tensor_object(reshape(tensor_argument(a.ptr()), shape_from(sizes)));
    });
    m.def("assign", [](nb::handle target, nb::handle value) {
        array_of(target.ptr()).assign(tensor_argument(value.ptr()));
        return nb::borrow(target);
    });
    m.def("as_dialect_of", [](nb::handle model, nb::handle result) {
        nb::object made = nb::borrow(result);
        return is_tensor(model.ptr()) ? nb::steal(as_tensors(made.release().ptr())) : made;
    });
    m.def(
        "to_array", [](nb::handle a) { return nb::steal(wrap_array(array_of(a.ptr()))); },
        "The same elements in NumPy's dialect.");
    m.def("is_view", [](nb::handle a) { return array_of(a.ptr()).cell().is_view(); });
    m.def("result_type", [](nb::handle a, nb::handle b) {
        return nb::borrow(
            torch_dtype(torch_result_type(operand_argument(a.ptr()), operand_argument(b.ptr()))));
    });
}

}  // namespace

void add_tensor_functions(PyObject* module) {
    auto m = nb::borrow<nb::module_>(module);
    const nb::module_ natives = m.def_submodule("natives", "NumPy's functions, giving Tensors.");
#define MONNTO_ADD(f)                                     \
    add_function(natives.ptr(), #f, call_native_function, \
                 const_cast<Native*>(&native_##f)); /* NOLINT */
    MONNTO_NATIVES(MONNTO_ADD)
    MONNTO_MAKERS(MONNTO_ADD)
#undef MONNTO_ADD
#define MONNTO_ADD(name) add_function(module, #name, call_unary, op_payload(Op::name));
    MONNTO_UNARY_FUNCTIONS(MONNTO_ADD)
#undef MONNTO_ADD
#define MONNTO_ADD(name) add_function(module, #name, call_binary, op_payload(Op::name));
    MONNTO_BINARY_FUNCTIONS(MONNTO_ADD)
#undef MONNTO_ADD
    add_function(module, "matmul", call_binary, op_payload(Op::matmul));
    add_conversions(m);
    m.def("install", &install);
    m.def("set_dtype", [](const std::string& name, nb::handle object) {
        set_torch_dtype(*dtype_named(name), object.ptr());
    });
    m.def("set_foreign", [](nb::handle type, nb::handle to_numpy) {
        set_foreign_tensors(type.ptr(), to_numpy.ptr());
    });
}

}  // namespace monnto::python
