#include "../errors.hpp"
#include "export.hpp"
#include "memory.hpp"
#include "object.hpp"
#include "static_type.hpp"

#include <memory>
#include <new>
#include <utility>

namespace monnto::python {

namespace {

void free_export(PyObject* self) noexcept {
    auto* object = reinterpret_cast<ExportObject*>(self);
    object->buffer->drop_export();
    object->cell.~Ref<Cell>();
    object->buffer.~Ref<Buffer>();
    Py_TYPE(self)->tp_free(self);
}

int get_bytes(PyObject* self, Py_buffer* view, int flags) noexcept {
    const auto* object = reinterpret_cast<ExportObject*>(self);
    return PyBuffer_FillInfo(view, self, object->buffer->data(),
                             static_cast<Py_ssize_t>(object->buffer->bytes()),
                             object->writable ? 0 : 1, flags);
}

PyBufferProcs export_buffer = {get_bytes, nullptr};

PyTypeObject export_type = [] {
    PyTypeObject type = blank_type();
    type.tp_name = "monnto._engine.Export";
    type.tp_doc = "Memory of an Array while NumPy looks at it.";
    type.tp_basicsize = sizeof(ExportObject);
    type.tp_flags = Py_TPFLAGS_DEFAULT;
    type.tp_dealloc = free_export;
    type.tp_as_buffer = &export_buffer;
    return type;
}();

/// What a Py_buffer of an Array points to until it is released.
struct Exported {
    Ref<Buffer> buffer;
    Py_ssize_t shape[max_rank];
    Py_ssize_t strides[max_rank];
};

const char* format_of(DType dtype) noexcept {
    switch (dtype) {
        case DType::boolean:
            return "?";
        case DType::u8:
            return "B";
        case DType::u16:
            return "H";
        case DType::u32:
            return "I";
        case DType::u64:
            return "L";
        case DType::i8:
            return "b";
        case DType::i16:
            return "h";
        case DType::i32:
            return "i";
        case DType::i64:
            return "l";
        case DType::f16:
            return "e";
        case DType::f32:
            return "f";
        case DType::f64:
            return "d";
        case DType::bf16:
            return nullptr;
    }
    return nullptr;
}

bool is_acceptable(int flags, bool c_ordered, bool f_ordered) noexcept {
    if ((flags & PyBUF_C_CONTIGUOUS) == PyBUF_C_CONTIGUOUS && !c_ordered) {
        return false;
    }
    if ((flags & PyBUF_F_CONTIGUOUS) == PyBUF_F_CONTIGUOUS && !f_ordered) {
        return false;
    }
    if ((flags & PyBUF_ANY_CONTIGUOUS) == PyBUF_ANY_CONTIGUOUS && !c_ordered && !f_ordered) {
        return false;
    }
    return (flags & PyBUF_STRIDES) == PyBUF_STRIDES || c_ordered;
}

Shape reversed(const Dims& dims) {
    Shape out;
    for (int i = dims.size() - 1; i >= 0; --i) {
        out.push_back(dims[i]);
    }
    return out;
}

int refuse(Py_buffer* view, const char* message) {
    view->obj = nullptr;
    PyErr_SetString(PyExc_BufferError, message);
    return -1;
}

int fill(PyObject* self, Py_buffer* view, int flags) {
    const Array& array = array_of(self);
    const char* format = format_of(array.dtype());
    if (format == nullptr) {
        return refuse(view, "bfloat16 has no buffer format; cast to float32 first");
    }
    const Value value = array.cell().expose();
    const bool writable = array.cell().is_writable() && value.buffer->is_writable();
    if ((flags & PyBUF_WRITABLE) == PyBUF_WRITABLE && !writable) {
        return refuse(view, "the array is read-only");
    }
    const bool c_ordered = is_contiguous(array.shape(), value.strides);
    if (!is_acceptable(flags, c_ordered,
                       is_contiguous(reversed(array.shape()), reversed(value.strides)))) {
        return refuse(view, "the array is not contiguous");
    }
    const auto bytes = static_cast<std::ptrdiff_t>(size_of(array.dtype()));
    auto exported = std::make_unique<Exported>();
    exported->buffer = value.buffer;
    for (int i = 0; i < array.rank(); ++i) {
        exported->shape[i] = array.shape()[i];
        exported->strides[i] = value.strides[i] * bytes;
    }
    view->buf = value.buffer->data() + value.offset * bytes;
    view->len = array.size() * bytes;
    view->itemsize = bytes;
    view->readonly = writable ? 0 : 1;
    view->ndim = array.rank();
    view->format = (flags & PyBUF_FORMAT) != 0 ? const_cast<char*>(format) : nullptr;  // NOLINT
    view->shape = (flags & PyBUF_ND) != 0 ? exported->shape : nullptr;
    view->strides = (flags & PyBUF_STRIDES) == PyBUF_STRIDES ? exported->strides : nullptr;
    view->suboffsets = nullptr;
    view->obj = self;
    Py_INCREF(self);
    exported->buffer->add_export();
    view->internal = exported.release();
    return 0;
}

}  // namespace

PyObject* make_export(const Ref<Buffer>& buffer, const Ref<Cell>& cell, bool writable) {
    auto* object = reinterpret_cast<ExportObject*>(checked(export_type.tp_alloc(&export_type, 0)));
    new (&object->buffer) Ref<Buffer>(buffer);
    new (&object->cell) Ref<Cell>(cell);
    object->writable = writable;
    buffer->add_export();
    return reinterpret_cast<PyObject*>(object);
}

const ExportObject* export_of(PyObject* object) noexcept {
    return Py_TYPE(object) == &export_type ? reinterpret_cast<ExportObject*>(object) : nullptr;
}

int get_buffer(PyObject* self, Py_buffer* view, int flags) noexcept {
    view->obj = nullptr;
    return guarded(-1, [&] { return fill(self, view, flags); });
}

void release_buffer(PyObject*, Py_buffer* view) noexcept {
    const std::unique_ptr<Exported> exported(static_cast<Exported*>(view->internal));
    exported->buffer->drop_export();
}

int ready_memory_types() {
    return PyType_Ready(&export_type);
}

}  // namespace monnto::python
