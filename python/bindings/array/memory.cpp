#include <memory>

#include "../errors.hpp"
#include "export.hpp"
#include "memory.hpp"
#include "numpy.hpp"
#include "object.hpp"

#include <monnto/array/functions/shape.hpp>

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace nb = nanobind;

namespace monnto::python {

namespace {

/// S7: a host array in an expression is copied up to this size.
constexpr std::ptrdiff_t copy_limit = 64 * 1024;

struct Buffered {
    Py_buffer view{};
    explicit Buffered(PyObject* object) {
        checked(PyObject_GetBuffer(object, &view, PyBUF_STRIDED_RO | PyBUF_FORMAT));
    }
    Buffered(const Buffered&) = delete;
    Buffered& operator=(const Buffered&) = delete;
    ~Buffered() { PyBuffer_Release(&view); }
};

std::optional<DType> integer_of(Py_ssize_t bytes, bool is_signed) {
    switch (bytes) {
        case 1:
            return is_signed ? DType::i8 : DType::u8;
        case 2:
            return is_signed ? DType::i16 : DType::u16;
        case 4:
            return is_signed ? DType::i32 : DType::u32;
        case 8:
            return is_signed ? DType::i64 : DType::u64;
        default:
            return {};
    }
}

/// The struct module's characters; a byte order that is not native, a repeat or a record is not
/// ours.
std::optional<DType> dtype_of_format(const char* format, Py_ssize_t bytes) {
    if (format == nullptr || format[0] == '\0' || format[1] != '\0') {
        return {};
    }
    switch (format[0]) {
        case '?':
            return DType::boolean;
        case 'b':
        case 'h':
        case 'i':
        case 'l':
        case 'q':
            return integer_of(bytes, true);
        case 'B':
        case 'H':
        case 'I':
        case 'L':
        case 'Q':
            return integer_of(bytes, false);
        case 'e':
            return DType::f16;
        case 'f':
            return DType::f32;
        case 'd':
            return DType::f64;
        default:
            return {};
    }
}

/// Holds an ndarray. What it is a view of counts too: somebody may hold only the base.
class HostArray final : public ForeignMemory {
public:
    explicit HostArray(PyObject* array) {
        PyTypeObject* ndarray = numpy().ndarray;
        Py_INCREF(array);
        nb::object current = nb::borrow(array);
        while (!current.is_none()) {
            if (Py_TYPE(current.ptr()) != ndarray) {
                always_shared_ = true;  // a file, another library: nobody can tell who reads it
                break;
            }
            chain_.push_back(current.ptr());
            current = current.attr("base");
        }
    }
    ~HostArray() override {
        if (Py_IsInitialized() == 0) {
            return;
        }
        const PyGILState_STATE state = PyGILState_Ensure();
        Py_XDECREF(chain_.empty() ? nullptr : chain_.front());
        PyGILState_Release(state);
    }
    [[nodiscard]] bool is_shared() const noexcept override {
        return always_shared_ || std::any_of(chain_.begin(), chain_.end(),
                                             [](PyObject* o) { return Py_REFCNT(o) > 1; });
    }

private:
    std::vector<PyObject*> chain_;  // the first is ours, each holds the next
    bool always_shared_ = false;
};

struct Layout {
    Shape shape;
    Strides strides;            // elements
    std::ptrdiff_t lowest = 0;  // bytes before the first element
    std::ptrdiff_t extent = 0;  // elements from the lowest to the highest
    bool is_whole = true;       // strides are whole elements, aligned
};

Layout layout_of(const Py_buffer& view) {
    Layout layout;
    std::ptrdiff_t below = 0;
    std::ptrdiff_t above = 0;
    bool is_empty = false;
    layout.is_whole =
        reinterpret_cast<std::uintptr_t>(view.buf) % static_cast<std::uintptr_t>(view.itemsize) ==
        0;
    for (int i = 0; i < view.ndim; ++i) {
        const std::ptrdiff_t n = view.shape[i];
        const std::ptrdiff_t bytes = view.strides[i];
        layout.shape.push_back(n);
        layout.strides.push_back(n == 1 ? 0 : bytes / view.itemsize);
        layout.is_whole = layout.is_whole && (n <= 1 || bytes % view.itemsize == 0);
        is_empty = is_empty || n == 0;
        (bytes < 0 ? below : above) += (n - 1) * bytes;
    }
    layout.lowest = is_empty ? 0 : below;
    layout.extent = is_empty ? 0 : (above - below) / view.itemsize + 1;
    return layout;
}

nb::object contiguous(PyObject* ndarray) {
    return nb::borrow(numpy().module).attr("ascontiguousarray")(nb::handle(ndarray));
}

Array copy_contiguous(PyObject* ndarray, DType dtype) {
    const Buffered b(ndarray);
    const Shape shape = layout_of(b.view).shape;
    return Array::from_bytes(dtype, b.view.buf, static_cast<std::size_t>(shape.product()), shape);
}

/// The array whose memory `base` shows: our own export, or the memoryview that NumPy makes of an
/// Array.
Ref<Cell> exported_cell(PyObject* base) {
    if (const ExportObject* source = export_of(base)) {
        return source->cell;
    }
    if (PyMemoryView_Check(base) != 0) {
        PyObject* shown = PyMemoryView_GET_BUFFER(base)->obj;
        if (shown != nullptr && is_array(shown)) {
            return array_of(shown).cell_ref();
        }
    }
    return {};
}

}  // namespace

std::optional<DType> supported_dtype(PyObject* ndarray) {
    Py_buffer view;
    // dtypes without a buffer format (datetime64) raise: not ours either.
    if (PyObject_GetBuffer(ndarray, &view, PyBUF_STRIDED_RO | PyBUF_FORMAT) != 0) {
        PyErr_Clear();
        return {};
    }
    const std::optional<DType> dtype =
        view.ndim <= max_rank ? dtype_of_format(view.format, view.itemsize) : std::nullopt;
    PyBuffer_Release(&view);
    return dtype;
}

Array copy_ndarray(PyObject* ndarray) {
    const std::optional<DType> dtype = supported_dtype(ndarray);
    {
        const Buffered b(ndarray);
        const Layout layout = layout_of(b.view);
        if (layout.is_whole && is_contiguous(layout.shape, layout.strides)) {
            return Array::from_bytes(
                *dtype, b.view.buf, static_cast<std::size_t>(layout.shape.product()), layout.shape);
        }
    }
    // NumPy's ascontiguousarray makes at least one axis of rank 0, which is contiguous already.
    return copy_contiguous(contiguous(ndarray).ptr(), *dtype);
}

Array adopt_ndarray(PyObject* ndarray) {
    const std::optional<DType> dtype = supported_dtype(ndarray);
    Layout layout;
    char* first = nullptr;
    bool writable = true;
    {
        const Buffered b(ndarray);
        layout = layout_of(b.view);
        first = static_cast<char*>(b.view.buf);
        writable = b.view.readonly == 0;
    }
    if (!layout.is_whole) {
        return copy_ndarray(ndarray);
    }
    const std::size_t bytes = size_of(*dtype);
    const auto adopt = [&](char* from, std::ptrdiff_t count, const Shape& shape) {
        Ref<Buffer> buffer = Buffer::adopt(from, static_cast<std::size_t>(count) * bytes, writable,
                                           std::make_unique<HostArray>(ndarray));
        Array made(NodeRef(
            new Node(*dtype, shape, Value{std::move(buffer), 0, contiguous_strides(shape)})));
        made.cell().set_writable(writable);
        return made;
    };
    if (is_contiguous(layout.shape, layout.strides)) {
        return adopt(first, layout.shape.product(), layout.shape);
    }
    // Owners are C-ordered: a strided array is a window on the stretch of memory that it spans.
    const Array owner = adopt(first + layout.lowest, layout.extent, {layout.extent});
    const std::ptrdiff_t offset = -layout.lowest / static_cast<std::ptrdiff_t>(bytes);
    return window(owner, {offset, layout.shape, layout.strides}, writable);
}

Array record_ndarray(PyObject* ndarray) {
    Py_ssize_t bytes = 0;
    {
        const Buffered b(ndarray);
        bytes = b.view.len;
    }
    return bytes <= copy_limit ? copy_ndarray(ndarray) : adopt_ndarray(ndarray);
}

nb::object ndarray_of(const Array& array) {
    PyObject* dtype = python_dtype(array.dtype());
    Value value = array.cell().expose();
    if (array.size() == 0) {  // NumPy checks that offset and strides stay inside of no bytes at all
        value.offset = 0;
        value.strides = contiguous_strides(array.shape());
    }
    const auto bytes = static_cast<std::ptrdiff_t>(size_of(array.dtype()));
    nb::list strides;
    for (const std::ptrdiff_t s : value.strides) {
        strides.append(s * bytes);
    }
    nb::list shape;
    for (const std::ptrdiff_t n : array.shape()) {
        shape.append(n);
    }
    const bool writable = array.cell().is_writable() && value.buffer->is_writable();
    const nb::object source = nb::steal(make_export(value.buffer, array.cell_ref(), writable));
    // ndarray(shape, dtype, buffer, offset, strides)
    return nb::borrow(reinterpret_cast<PyObject*>(numpy().ndarray))(
        nb::tuple(shape), nb::handle(dtype), source, value.offset * bytes, nb::tuple(strides));
}

std::optional<Array> window_behind(PyObject* ndarray) {
    nb::object base = nb::borrow(ndarray);
    while (Py_TYPE(base.ptr()) == numpy().ndarray) {
        base = base.attr("base");
    }
    const Ref<Cell> cell = exported_cell(base.ptr());
    if (!cell) {
        return {};
    }
    const Buffered b(ndarray);
    const Layout layout = layout_of(b.view);
    const std::optional<DType> dtype = dtype_of_format(b.view.format, b.view.itemsize);
    // x.view(other dtype) looks at the same bytes as something else: no window.
    if (!layout.is_whole || dtype != cell->dtype()) {
        return {};
    }
    const Value whole = cell->owner().expose();
    const auto bytes = static_cast<std::ptrdiff_t>(size_of(*dtype));
    const auto* origin = reinterpret_cast<const char*>(whole.buffer->data()) + whole.offset * bytes;
    const std::ptrdiff_t offset = (static_cast<const char*>(b.view.buf) - origin) / bytes;
    // The array may have got another buffer since (its dtype is fixed, its memory is not).
    const bool is_inside = offset >= 0 && offset <= cell->owner().shape().product();
    if (!is_inside || !is_contiguous(cell->owner().shape(), whole.strides)) {
        return {};
    }
    if (layout.shape == cell->shape() && offset == cell->window().offset &&
        layout.strides == cell->window().strides) {
        return Array(cell);
    }
    Ref<Cell> owner = cell->is_view() ? Ref<Cell>(&cell->owner()) : cell;
    return window(Array(std::move(owner)), {offset, layout.shape, layout.strides},
                  b.view.readonly == 0);
}

PyObject* wrap_ndarray(PyObject* ndarray) {
    if (Py_TYPE(ndarray) != numpy().ndarray || !supported_dtype(ndarray)) {
        Py_INCREF(ndarray);
        return ndarray;
    }
    if (std::optional<Array> behind = window_behind(ndarray)) {
        return wrap_array(std::move(*behind));
    }
    return wrap_array(adopt_ndarray(ndarray));
}

}  // namespace monnto::python
