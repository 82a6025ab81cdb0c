#include <monnto/array/array.hpp>

#include <algorithm>
#include <utility>

namespace monnto {

namespace {

/// The elements that a strided array reaches, counted from its first: [low, high).
std::pair<std::ptrdiff_t, std::ptrdiff_t> reach(const Shape& shape, const Strides& strides) {
    std::ptrdiff_t low = 0;
    std::ptrdiff_t high = 1;
    for (int axis = 0; axis < shape.size(); ++axis) {
        const std::ptrdiff_t span = (shape[axis] - 1) * strides[axis];
        (span < 0 ? low : high) += span;
    }
    return {low, high};
}

}  // namespace

Array Array::adopt(DType dtype, void* data, const Shape& shape, const Strides& strides,
                   bool writable, std::unique_ptr<ForeignMemory> owner) {
    const bool ordered = is_contiguous(shape, strides);
    const auto [low, high] = ordered ? std::pair<std::ptrdiff_t, std::ptrdiff_t>{0, shape.product()}
                                     : reach(shape, strides);
    const auto bytes = static_cast<std::ptrdiff_t>(size_of(dtype));
    Ref<Buffer> buffer =
        Buffer::adopt(static_cast<std::byte*>(data) + low * bytes,
                      static_cast<std::size_t>((high - low) * bytes), writable, std::move(owner));
    // Another order of elements (Fortran's, a slice) is a view on all the memory that it spans.
    const Shape whole = ordered ? shape : Shape{high - low};
    Ref<Cell> base(new Cell(
        NodeRef(new Node(dtype, whole, Value{std::move(buffer), 0, contiguous_strides(whole)}))));
    base->set_writable(writable);
    if (ordered) {
        return Array(std::move(base));
    }
    return Array(Ref<Cell>(new Cell(std::move(base), ViewAttr{-low, shape, strides}, writable)));
}

}  // namespace monnto
