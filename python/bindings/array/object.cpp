#include "../errors.hpp"
#include "numpy.hpp"
#include "object.hpp"
#include "operand.hpp"

#include <new>

namespace monnto::python {

namespace {

/// Dead objects of one type, kept for the next: most arrays of a script live for one statement.
template <class Object>
struct FreeList {
    static constexpr int capacity = 128;
    PyObject* objects[capacity];
    int count = 0;
};
template <class Object>
FreeList<Object> free_list;

template <class Object>
Object* allocate(PyTypeObject& type) {
    auto& list = free_list<Object>;
    PyObject* memory = nullptr;
    if (list.count > 0) {
        memory = PyObject_Init(list.objects[--list.count], &type);
    } else {
        memory = checked(type.tp_alloc(&type, 0));
    }
    auto* object = reinterpret_cast<Object*>(memory);
    object->weak_references = nullptr;
    return object;
}

template <class Object>
void recycle(PyObject* self) noexcept {
    auto& list = free_list<Object>;
    if (list.count < list.capacity) {
        list.objects[list.count++] = self;
    } else {
        PyObject_Free(self);
    }
}

}  // namespace

void free_array_object(PyObject* self) noexcept {
    auto* object = reinterpret_cast<ArrayObject*>(self);
    if (object->weak_references != nullptr) {
        PyObject_ClearWeakRefs(self);
    }
    object->array.~Array();
    recycle<ArrayObject>(self);
}

void free_scalar_object(PyObject* self) noexcept {
    auto* object = reinterpret_cast<ScalarObject*>(self);
    if (object->weak_references != nullptr) {
        PyObject_ClearWeakRefs(self);
    }
    object->pending.~Array();
    recycle<ScalarObject>(self);
}

const Number& value_of(ScalarObject& scalar) {
    if (!is_known(scalar)) {
        scalar.number = scalar.pending.element();
        scalar.number.weak = false;
        scalar.pending = Array();
    }
    return scalar.number;
}

DType dtype_of_scalar(const ScalarObject& scalar) {
    return is_known(scalar) ? scalar.number.dtype : scalar.pending.dtype();
}

PyObject* wrap_array(Array array) {
    auto* object = allocate<ArrayObject>(array_type);
    new (&object->array) Array(std::move(array));
    return reinterpret_cast<PyObject*>(object);
}

PyObject* wrap_tensor(Array array) {
    auto* object = allocate<ArrayObject>(tensor_type);
    new (&object->array) Array(std::move(array));
    return reinterpret_cast<PyObject*>(object);
}

PyObject* wrap_as(Dialect dialect, Array array) {
    return dialect == Dialect::torch ? wrap_tensor(std::move(array)) : wrap_array(std::move(array));
}

PyObject* wrap_scalar(const Number& number) {
    auto* object = allocate<ScalarObject>(scalar_type);
    new (&object->pending) Array();
    new (&object->number) Number(number);
    object->number.weak = false;
    return reinterpret_cast<PyObject*>(object);
}

PyObject* wrap_pending_scalar(Array array) {
    auto* object = allocate<ScalarObject>(scalar_type);
    new (&object->pending) Array(std::move(array));
    new (&object->number) Number();
    return reinterpret_cast<PyObject*>(object);
}

PyObject* wrap_result(Array array) {
    return !array.is_picked() && array.rank() == 0 ? wrap_pending_scalar(std::move(array))
                                                   : wrap_array(std::move(array));
}

PyObject* wrap_snapshot(const Array& array) {
    NodeRef content = array.node();
    if (content->is_settled()) {
        const Value& value = content->value();
        const auto bytes = static_cast<std::ptrdiff_t>(size_of(content->dtype));
        return wrap_scalar(
            Number::load(content->dtype, value.buffer->data() + value.offset * bytes));
    }
    return wrap_pending_scalar(Array(std::move(content)));
}

namespace {

/// A Scalar as array of its own: whoever holds the Scalar must not see it change.
Array array_of_scalar(PyObject* scalar) {
    const ScalarObject& s = scalar_of(scalar);
    if (is_known(s)) {
        return {s.number};
    }
    return Py_REFCNT(scalar) == 1 ? s.pending : s.pending.copy();
}

PyObject* tensors_of_sequence(PyObject* sequence) {
    const bool is_tuple = PyTuple_CheckExact(sequence) != 0;
    const Py_ssize_t count = PySequence_Fast_GET_SIZE(sequence);
    PyObject* made = checked(is_tuple ? PyTuple_New(count) : PyList_New(count));
    for (Py_ssize_t i = 0; i < count; ++i) {
        PyObject* item = PySequence_Fast_GET_ITEM(sequence, i);
        Py_INCREF(item);
        item = as_tensors(item);
        is_tuple ? PyTuple_SET_ITEM(made, i, item) : PyList_SET_ITEM(made, i, item);
    }
    return made;
}

}  // namespace

PyObject* as_tensors(PyObject* result) {
    if (result == nullptr || is_tensor(result)) {
        return result;
    }
    PyObject* made = nullptr;
    if (is_array(result)) {
        if (Py_REFCNT(result) == 1) {  // nobody else knows this handle: it may change sides
            Py_SET_TYPE(result, &tensor_type);
            return result;
        }
        made = wrap_tensor(array_of(result));
    } else if (is_scalar(result)) {
        made = wrap_tensor(array_of_scalar(result));
    } else if (PyTuple_CheckExact(result) || PyList_CheckExact(result)) {
        made = tensors_of_sequence(result);
    } else if (PyObject_TypeCheck(result, numpy().generic) != 0) {
        const std::optional<Number> number = number_of(result);
        if (!number) {
            return result;  // complex, text
        }
        made = wrap_tensor(Array(*number));
    } else {
        return result;
    }
    Py_DECREF(result);
    return made;
}

PyObject* python_number(const Number& number) {
    if (is_bool(number.dtype)) {
        return PyBool_FromLong(number.integer != 0);
    }
    if (is_float(number.dtype)) {
        return checked(PyFloat_FromDouble(number.real));
    }
    return checked(is_unsigned(number.dtype) ? PyLong_FromUnsignedLongLong(number.natural)
                                             : PyLong_FromLongLong(number.integer));
}

}  // namespace monnto::python
