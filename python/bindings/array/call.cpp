#include "../errors.hpp"
#include "call.hpp"
#include "host.hpp"
#include "numpy.hpp"
#include "object.hpp"

#include <cstring>

namespace nb = nanobind;

namespace monnto::python {

namespace {

std::ptrdiff_t index_value(PyObject* object) {
    if (PyBool_Check(object) || PyIndex_Check(object) == 0) {
        throw UseHost{};
    }
    const Py_ssize_t value = PyNumber_AsSsize_t(object, PyExc_OverflowError);
    if (value == -1 && PyErr_Occurred() != nullptr) {
        PyErr_Clear();
        throw UseHost{};
    }
    return value;
}

int parameter_count(const Native& native) {
    int count = 0;
    while (count < Native::max_parameters &&
           native.parameters[static_cast<std::size_t>(count)] != nullptr) {
        ++count;
    }
    return count;
}

bool is_sequence(PyObject* object) {
    return PyTuple_Check(object) || PyList_Check(object);
}

}  // namespace

void Call::bind_keyword(const Native& native, PyObject* name, PyObject* value) {
    const char* text = PyUnicode_AsUTF8(name);
    for (std::size_t i = 0; i < native.parameters.size() && native.parameters[i] != nullptr; ++i) {
        if (std::strcmp(native.parameters[i], text) == 0) {
            if (values_[i] != nullptr) {
                throw UseHost{};  // given twice: NumPy's words
            }
            values_[i] = value;
            return;
        }
    }
    throw UseHost{};
}

void Call::bind(const Native& native, PyObject* self, PyObject* const* args, Py_ssize_t count,
                PyObject* names) {
    const int shift = self != nullptr ? 1 : 0;
    values_[0] = self;
    if (count + shift > parameter_count(native)) {
        throw UseHost{};
    }
    for (Py_ssize_t i = 0; i < count; ++i) {
        values_[static_cast<std::size_t>(i + shift)] = args[i];
    }
    const Py_ssize_t keywords = names != nullptr ? PyTuple_GET_SIZE(names) : 0;
    for (Py_ssize_t i = 0; i < keywords; ++i) {
        bind_keyword(native, PyTuple_GET_ITEM(names, i), args[count + i]);
    }
}

void Call::bind(const Native& native, PyObject* args, PyObject* kwargs) {
    bind(native, nullptr, &PyTuple_GET_ITEM(args, 0), PyTuple_GET_SIZE(args), nullptr);
    if (kwargs != nullptr) {
        PyObject* name = nullptr;
        PyObject* value = nullptr;
        Py_ssize_t at = 0;
        while (PyDict_Next(kwargs, &at, &name, &value) != 0) {
            bind_keyword(native, name, value);
        }
    }
}

void Call::refuse(std::initializer_list<int> arguments) const {
    for (const int i : arguments) {
        if (has(i)) {
            throw UseHost{};
        }
    }
}

PyObject* Call::required(int i) const {
    if (get(i) == nullptr) {
        throw UseHost{};
    }
    return get(i);
}

bool Call::flag(int i, bool fallback) const {
    return has(i) ? checked(PyObject_IsTrue(get(i))) != 0 : fallback;
}

std::ptrdiff_t Call::integer(int i, std::ptrdiff_t fallback) const {
    return has(i) ? index_value(get(i)) : fallback;
}

double Call::real(int i, double fallback) const {
    if (!has(i)) {
        return fallback;
    }
    const std::optional<Number> number = number_of(get(i));
    if (!number) {
        throw UseHost{};
    }
    return number->as_double();
}

std::optional<std::ptrdiff_t> Call::axis(int i) const {
    return has(i) ? std::optional(index_value(get(i))) : std::nullopt;
}

std::optional<std::ptrdiff_t> Call::axis(int i, std::ptrdiff_t fallback) const {
    return get(i) == nullptr ? std::optional(fallback) : axis(i);
}

std::optional<std::vector<std::ptrdiff_t>> Call::axes(int i) const {
    if (!has(i)) {
        return {};
    }
    return integers(i);
}

std::vector<std::ptrdiff_t> Call::integers(int i) const {
    PyObject* object = required(i);
    if (is_array(object) || Py_TYPE(object) == numpy().ndarray) {
        const Array values = array_argument(object).astype(DType::i64);
        if (!is_integer(array_argument(object).dtype()) || values.rank() > 1) {
            throw UseHost{};
        }
        const std::vector<std::int64_t> host = values.host<std::int64_t>();
        return {host.begin(), host.end()};
    }
    if (!is_sequence(object)) {
        return {index_value(object)};
    }
    const nb::object fast = nb::steal(checked(PySequence_Fast(object, "")));
    std::vector<std::ptrdiff_t> values;
    for (Py_ssize_t k = 0; k < PySequence_Fast_GET_SIZE(fast.ptr()); ++k) {
        values.push_back(index_value(PySequence_Fast_GET_ITEM(fast.ptr(), k)));
    }
    return values;
}

Shape Call::shape(int i) const {
    const std::vector<std::ptrdiff_t> values = integers(i);
    if (values.size() > static_cast<std::size_t>(max_rank)) {
        throw UseHost{};
    }
    return Shape::from(values);
}

std::optional<DType> Call::dtype(int i) const {
    if (!has(i)) {
        return {};
    }
    const std::optional<DType> found = dtype_from_python(get(i));
    if (!found) {
        throw UseHost{};
    }
    return found;
}

std::vector<Array> Call::arrays(int i) const {
    PyObject* object = required(i);
    std::vector<Array> list;
    if (is_array(object)) {
        const Array& all_rows = array_of(object);
        if (all_rows.rank() == 0) {
            throw UseHost{};
        }
        for (std::ptrdiff_t k = 0; k < all_rows.shape()[0]; ++k) {
            list.push_back(get_items(all_rows, {k}));
        }
        return list;
    }
    if (!is_sequence(object)) {
        throw UseHost{};
    }
    const nb::object fast = nb::steal(checked(PySequence_Fast(object, "")));
    for (Py_ssize_t k = 0; k < PySequence_Fast_GET_SIZE(fast.ptr()); ++k) {
        list.push_back(array_argument(PySequence_Fast_GET_ITEM(fast.ptr(), k)));
    }
    return list;
}

std::string Call::text(int i, const char* fallback) const {
    if (!has(i)) {
        return fallback;
    }
    if (!PyUnicode_Check(get(i))) {
        throw UseHost{};
    }
    return PyUnicode_AsUTF8(get(i));
}

void write_out(const Array& out, const Array& result) {
    if (!can_cast_same_kind(result.dtype(), out.dtype())) {
        throw TypeMismatch("out", std::string(name_of(result.dtype())),
                           "Cannot cast it to " + std::string(name_of(out.dtype())) +
                               " with casting rule 'same_kind'");
    }
    if (result.shape() != out.shape()) {
        throw UseHost{};
    }
    Array(out).assign(result);
}

PyObject* Call::deliver(Array result, int out_at) const {
    if (!has(out_at)) {
        return wrap_result(std::move(result));
    }
    PyObject* out = get(out_at);
    if (PyTuple_Check(out) && PyTuple_GET_SIZE(out) == 1) {
        out = PyTuple_GET_ITEM(out, 0);
    }
    if (!is_array(out)) {
        throw UseHost{};
    }
    write_out(array_of(out), result);
    Py_INCREF(out);
    return out;
}

PyObject* call_native(const Native& native, PyObject* const* args, Py_ssize_t count,
                      PyObject* names) noexcept {
    return guarded([&] {
        if (!checks_are_eager) {
            try {
                Call call;
                call.bind(native, nullptr, args, count, names);
                return native.run(call);
            } catch (const UseHost&) {  // falls through to NumPy
            }
        }
        const nb::object tuple = nb::steal(args_tuple(args, count));
        const nb::object dict = nb::steal(kwargs_dict(args, count, names));
        return host_function(native.name, tuple.ptr(), dict.ptr());
    });
}

namespace {

PyObject* run_method(const Native& native, PyObject* self, PyObject* const* args, Py_ssize_t count,
                     PyObject* names) {
    if (!checks_are_eager) {
        try {
            Call call;
            call.bind(native, self, args, count, names);
            return native.run(call);
        } catch (const UseHost&) {  // falls through to NumPy
        }
    }
    const nb::object tuple = nb::steal(args_tuple(args, count));
    const nb::object dict = nb::steal(kwargs_dict(args, count, names));
    return host_method(native.name, self, tuple.ptr(), dict.ptr());
}

}  // namespace

PyObject* call_method(const Native& native, PyObject* self, PyObject* const* args, Py_ssize_t count,
                      PyObject* names) noexcept {
    return guarded([&] {
        PyObject* result = run_method(native, self, args, count, names);
        return is_tensor(self) ? as_tensors(result) : result;
    });
}

}  // namespace monnto::python
