#include "../errors.hpp"
#include "host.hpp"
#include "memory.hpp"
#include "natives.hpp"
#include "numpy.hpp"
#include "object.hpp"
#include "operand.hpp"
#include "protocol.hpp"
#include "types.hpp"

#include <monnto/array/functions.hpp>

#include <string>

namespace nb = nanobind;

namespace monnto::python {

namespace {

using FastCall = PyObject* (*)(PyObject*, PyObject* const*, Py_ssize_t, PyObject*) noexcept;

/// A method that is a native function with the array as first argument.
template <const Native& native>
PyObject* native_method(PyObject* self, PyObject* const* args, Py_ssize_t count,
                        PyObject* names) noexcept {
    return call_method(native, self, args, count, names);
}

/// A method that only NumPy has. The name is a type so that each has a C function of its own.
template <const char* const& name>
PyObject* numpy_method(PyObject* self, PyObject* const* args, Py_ssize_t count,
                       PyObject* names) noexcept {
    return guarded([&] {
        const nb::object tuple = nb::steal(args_tuple(args, count));
        const nb::object dict = nb::steal(kwargs_dict(args, count, names));
        PyObject* result = host_method(name, self, tuple.ptr(), dict.ptr());
        return is_tensor(self) ? as_tensors(result) : result;
    });
}

// Methods whose arguments differ from those of the function of the same name.

/// sort(axis, kind, order, stable), in place
const Native sort_in_place{"sort",
                           [](const Call& call) -> PyObject* {
                               call.refuse({3});
                               const std::optional<std::ptrdiff_t> axis = call.axis(1, -1);
                               if (!axis) {
                                   throw UseHost{};
                               }
                               array_of(call.get(0)).assign(sort(array_of(call.get(0)), axis));
                               Py_RETURN_NONE;
                           },
                           {"a", "axis", "kind", "order", "stable"}};

/// compress(condition, axis, out)
const Native method_compress{"compress",
                             [](const Call& call) {
                                 return call.deliver(
                                     compress(call.array(1), call.array(0), call.axis(2)), 3);
                             },
                             {"a", "condition", "axis", "out"}};

/// copy(order)
const Native method_copy{
    "copy", [](const Call& call) { return native_copy.run(call); }, {"a", "order"}};

const Native method_flatten{"flatten",
                            [](const Call& call) {
                                if (call.text(1, "C") == "F") {
                                    throw UseHost{};
                                }
                                return wrap_array(array_of(call.get(0)).ravel().copy());
                            },
                            {"a", "order"}};

/// fill(value)
const Native method_fill{"fill",
                         [](const Call& call) -> PyObject* {
                             const std::optional<Number> number = number_of(call.get(1));
                             if (!number) {
                                 throw UseHost{};
                             }
                             array_of(call.get(0)).fill(*number);
                             Py_RETURN_NONE;
                         },
                         {"a", "value"}};

/// item(): the only element; others by NumPy
const Native method_item{"item",
                         [](const Call& call) -> PyObject* {
                             if (array_of(call.get(0)).size() != 1) {
                                 throw UseHost{};
                             }
                             return python_number(array_of(call.get(0)).element());
                         },
                         {"a"}};

/// view(dtype, type): without arguments another handle on the same elements
const Native method_view{
    "view",
    [](const Call& call) {
        const Array& a = array_of(call.get(0));
        return wrap_array(window(a, a.cell().window(), a.cell().is_writable()));
    },
    {"a"}};

bool may_cast(const Call& call, DType from, DType to) {
    const std::string casting = call.text(3, "unsafe");
    return casting == "unsafe" || (casting == "same_kind" && can_cast_same_kind(from, to)) ||
           (casting == "safe" && can_cast_safely(from, to));
}

/// astype(dtype, order, casting, subok, copy)
const Native method_astype{"astype",
                           [](const Call& call) -> PyObject* {
                               const Array& a = array_of(call.get(0));
                               if (call.get(1) == nullptr || call.text(2, "K") == "F") {
                                   throw UseHost{};
                               }
                               const std::optional<DType> to = dtype_from_python(call.get(1));
                               if (!to || !may_cast(call, a.dtype(), *to)) {
                                   throw UseHost{};
                               }
                               if (*to == a.dtype() && !call.flag(5, true)) {
                                   Py_INCREF(call.get(0));
                                   return call.get(0);
                               }
                               return wrap_array(a.astype(*to));
                           },
                           {"a", "dtype", "order", "casting", "subok", "copy"}};

/// `a.f(1, 2)` and `a.f((1, 2))` mean the same for reshape and transpose.
nb::object packed(PyObject* const* args, Py_ssize_t count) {
    return count == 1 ? nb::borrow(args[0]) : nb::steal(args_tuple(args, count));
}

PyObject* reshape_method(PyObject* self, PyObject* const* args, Py_ssize_t count,
                         PyObject* names) noexcept {
    return guarded([&] {
        if (count == 0) {
            return call_method(native_reshape, self, args, count, names);
        }
        const nb::object shape = packed(args, count);
        std::vector<PyObject*> values = {shape.ptr()};
        for (Py_ssize_t i = 0; names != nullptr && i < PyTuple_GET_SIZE(names); ++i) {
            values.push_back(args[count + i]);
        }
        return call_method(native_reshape, self, values.data(), 1, names);
    });
}

PyObject* transpose_method(PyObject* self, PyObject* const* args, Py_ssize_t count,
                           PyObject*) noexcept {
    return guarded([&] {
        if (count == 0) {
            return wrap_as(dialect_of(self), array_of(self).T());
        }
        const nb::object axes = packed(args, count);
        PyObject* only = axes.ptr();
        return call_method(native_transpose, self, &only, 1, nullptr);
    });
}

PyObject* to_numpy(PyObject* self, PyObject*) noexcept {
    return guarded([&] { return ndarray_of(array_of(self)).release().ptr(); });
}

/// __array__(dtype=None, copy=None)
PyObject* as_ndarray(PyObject* self, PyObject* args, PyObject* kwargs) noexcept {
    PyObject* dtype = Py_None;
    PyObject* copy = Py_None;
    static const char* keywords[] = {"dtype", "copy", nullptr};
    if (PyArg_ParseTupleAndKeywords(args, kwargs, "|OO", const_cast<char**>(keywords), &dtype,
                                    &copy) == 0) {  // NOLINT
        return nullptr;
    }
    return guarded([&] {
        nb::object array = ndarray_of(array_of(self));
        if (dtype != Py_None) {
            array = array.attr("astype")(nb::handle(dtype), nb::arg("copy") = false);
        }
        if (copy == Py_True) {
            array = array.attr("copy")();
        }
        return array.release().ptr();
    });
}

PyObject* copy_array(PyObject* self, PyObject*) noexcept {
    return guarded([&] { return wrap_as(dialect_of(self), array_of(self).copy()); });
}

/// Aliases and views stay what they are inside one deepcopy: the copy of each owning cell is kept
/// in the memo under the cell's address, which no Python object can have as its id while the cell
/// lives.
PyObject* deepcopy_array(PyObject* self, PyObject* memo) noexcept {
    return guarded([&] {
        const Array& array = array_of(self);
        if (!array.cell()
                 .is_writable()) {  // what broadcast_to gives: its copy is an ordinary array
            return wrap_as(dialect_of(self), array.copy());
        }
        Cell& owner = array.cell().owner();
        const nb::object key = nb::steal(checked(PyLong_FromVoidPtr(&owner)));
        nb::dict known = nb::borrow<nb::dict>(memo);
        if (!known.contains(key)) {
            const Array copy = Array(Ref<Cell>(&owner)).copy();
            known[key] = nb::steal(wrap_as(dialect_of(self), copy));
        }
        const nb::object copied = known[key];
        if (!array.cell().is_view() && dialect_of(copied.ptr()) == dialect_of(self)) {
            return nb::object(copied).release().ptr();
        }
        return wrap_as(dialect_of(self), array.cell().is_view()
                                             ? window(array_of(copied.ptr()), array.cell().window(),
                                                      array.cell().is_writable())
                                             : array_of(copied.ptr()));
    });
}

/// What was pickled loads as ndarray where monnto is not installed (S9).
PyObject* reduce_ex(PyObject* self, PyObject* protocol) noexcept {
    return guarded([&] {
        const nb::object copied = ndarray_of(array_of(self)).attr("copy")();
        return nb::object(copied.attr("__reduce_ex__")(nb::handle(protocol))).release().ptr();
    });
}
PyObject* reduce(PyObject* self, PyObject*) noexcept {
    return guarded([&] {
        return nb::object(ndarray_of(array_of(self)).attr("__reduce__")()).release().ptr();
    });
}

PyObject* format(PyObject* self, PyObject* specification) noexcept {
    return guarded([&] {
        const nb::object array = ndarray_of(array_of(self));
        const nb::object shown =
            array_of(self).rank() == 0 ? nb::object(array[nb::tuple()]) : array;
        return checked(PyObject_Format(shown.ptr(), specification));
    });
}

PyObject* set_flags(PyObject* self, PyObject* args, PyObject* kwargs) noexcept {
    PyObject* write = Py_None;
    PyObject* align = Py_None;
    PyObject* copy = Py_None;
    static const char* keywords[] = {"write", "align", "uic", nullptr};
    if (PyArg_ParseTupleAndKeywords(args, kwargs, "|OOO", const_cast<char**>(keywords), &write,
                                    &align, &copy) == 0) {  // NOLINT
        return nullptr;
    }
    return guarded([&]() -> PyObject* {
        if (write != Py_None) {
            array_of(self).cell().set_writable(checked(PyObject_IsTrue(write)) != 0);
        }
        Py_RETURN_NONE;
    });
}

PyObject* ufunc_method(PyObject* self, PyObject* const* args, Py_ssize_t count,
                       PyObject* names) noexcept {
    PyObject* result = array_ufunc(self, args, count, names);
    return is_tensor(self) ? guarded([&] { return as_tensors(result); }) : result;
}

PyObject* function_method(PyObject* self, PyObject* const* args, Py_ssize_t count,
                          PyObject*) noexcept {
    PyObject* result = array_function(self, args, count);
    return is_tensor(self) ? guarded([&] { return as_tensors(result); }) : result;
}

PyCFunction as_function(FastCall function) {
    return reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(function));
}
PyCFunction as_function(PyCFunctionWithKeywords function) {
    return reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(function));
}

constexpr int fast = METH_FASTCALL | METH_KEYWORDS;
constexpr int keyworded = METH_VARARGS | METH_KEYWORDS;

// clang-format off: its layout of such lists changes with every run
#define HOST_METHODS(X) \
    X(argpartition) X(byteswap) X(choose) X(dump) X(dumps) X(getfield) X(itemset) X(newbyteorder) \
    X(partition) X(put) X(resize) X(setfield) X(tobytes) X(tofile) X(tolist) X(tostring) \
    X(__complex__) X(__dlpack__) X(__dlpack_device__) X(__array_namespace__) X(to_device)
// clang-format on
#define HOST_NAME(name) constexpr const char* host_##name = #name;
HOST_METHODS(HOST_NAME)
#undef HOST_NAME

// clang-format off: its layout of such lists changes with every run
#define NATIVE_METHODS(X) \
    X(all) X(any) X(argmax) X(argmin) X(argsort) X(clip) X(cumprod) X(cumsum) X(diagonal) X(dot) \
    X(max) X(mean) X(min) X(nonzero) X(prod) X(ptp) X(ravel) X(repeat) X(round) X(searchsorted) \
    X(squeeze) X(std) X(sum) X(swapaxes) X(take) X(trace) X(var)
// clang-format on

}  // namespace

#define NATIVE_METHOD(name) {#name, as_function(native_method<native_##name>), fast, nullptr},
#define HOST_METHOD(name) {#name, as_function(numpy_method<host_##name>), fast, nullptr},
PyMethodDef array_methods[] = {
    NATIVE_METHODS(NATIVE_METHOD) HOST_METHODS(HOST_METHOD){
        "sort", as_function(native_method<sort_in_place>), fast, "Sorts in place."},
    {"compress", as_function(native_method<method_compress>), fast, nullptr},
    {"copy", as_function(native_method<method_copy>), fast, nullptr},
    {"conj", copy_array, METH_NOARGS, nullptr},
    {"conjugate", copy_array, METH_NOARGS, nullptr},
    {"flatten", as_function(native_method<method_flatten>), fast, nullptr},
    {"fill", as_function(native_method<method_fill>), fast, "Writes one value to every element."},
    {"item", as_function(native_method<method_item>), fast, nullptr},
    {"view", as_function(native_method<method_view>), fast, nullptr},
    {"astype", as_function(native_method<method_astype>), fast, nullptr},
    {"reshape", as_function(reshape_method), fast, nullptr},
    {"transpose", as_function(transpose_method), fast, nullptr},
    {"setflags", as_function(set_flags), keyworded, nullptr},
    {"to_numpy", to_numpy, METH_NOARGS,
     "An ndarray on the same memory, which stays where it is while that ndarray lives."},
    {"__array__", as_function(as_ndarray), keyworded, nullptr},
    {"__array_ufunc__", as_function(ufunc_method), fast, nullptr},
    {"__array_function__", as_function(function_method), fast, nullptr},
    {"__copy__", copy_array, METH_NOARGS, nullptr},
    {"__deepcopy__", deepcopy_array, METH_O, nullptr},
    {"__reduce__", reduce, METH_NOARGS, nullptr},
    {"__reduce_ex__", reduce_ex, METH_O, nullptr},
    {"__format__", format, METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

}  // namespace monnto::python
