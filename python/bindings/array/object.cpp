#include "../errors.hpp"
#include "object.hpp"

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
    return array.rank() == 0 ? wrap_pending_scalar(std::move(array)) : wrap_array(std::move(array));
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
