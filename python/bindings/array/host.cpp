#include "../errors.hpp"
#include "host.hpp"
#include "numpy.hpp"

#include <nanobind/nanobind.h>

namespace nb = nanobind;

namespace monnto::python {

namespace {

struct HostModule {
    PyObject* operate = imported("monnto.arrays.host", "operate");
    PyObject* method = imported("monnto.arrays.host", "method");
    PyObject* call = imported("monnto.arrays.host", "call");
};
HostModule& host() {
    static HostModule module;
    return module;
}

nb::object dict_or_new(PyObject* kwargs) {
    return kwargs != nullptr ? nb::borrow(kwargs) : nb::object(nb::dict());
}

}  // namespace

void set_host(PyObject* operate, PyObject* method, PyObject* call) {
    Py_INCREF(operate);
    Py_INCREF(method);
    Py_INCREF(call);
    host().operate = operate;
    host().method = method;
    host().call = call;
}

PyObject* host_operate(const char* name, PyObject* left, PyObject* right) {
    return checked(PyObject_CallFunction(host().operate, "sOO", name, left, right));
}

PyObject* host_method(const char* name, PyObject* self, PyObject* args, PyObject* kwargs) {
    const nb::object keywords = dict_or_new(kwargs);
    return checked(PyObject_CallFunction(host().method, "sOOO", name, self, args, keywords.ptr()));
}

PyObject* host_call(PyObject* function, PyObject* args, PyObject* kwargs) {
    const nb::object keywords = dict_or_new(kwargs);
    return checked(
        PyObject_CallFunctionObjArgs(host().call, function, args, keywords.ptr(), nullptr));
}

PyObject* host_function(const char* name, PyObject* args, PyObject* kwargs) {
    const nb::object function = nb::steal(checked(PyObject_GetAttrString(numpy().module, name)));
    return host_call(function.ptr(), args, kwargs);
}

PyObject* args_tuple(PyObject* const* args, Py_ssize_t count, PyObject* first) {
    const Py_ssize_t shift = first != nullptr ? 1 : 0;
    PyObject* tuple = checked(PyTuple_New(count + shift));
    if (first != nullptr) {
        Py_INCREF(first);
        PyTuple_SET_ITEM(tuple, 0, first);
    }
    for (Py_ssize_t i = 0; i < count; ++i) {
        Py_INCREF(args[i]);
        PyTuple_SET_ITEM(tuple, i + shift, args[i]);
    }
    return tuple;
}

PyObject* kwargs_dict(PyObject* const* args, Py_ssize_t count, PyObject* names) {
    if (names == nullptr || PyTuple_GET_SIZE(names) == 0) {
        return nullptr;
    }
    nb::dict dict;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(names); ++i) {
        checked(PyDict_SetItem(dict.ptr(), PyTuple_GET_ITEM(names, i), args[count + i]));
    }
    return dict.release().ptr();
}

}  // namespace monnto::python
