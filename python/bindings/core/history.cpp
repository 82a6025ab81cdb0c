#include "history.hpp"

#include <monnto/array/executor.hpp>

#include <nanobind/ndarray.h>

#include <cstdint>
#include <utility>
#include <vector>

namespace nb = nanobind;

namespace monnto::python {

namespace {

nb::dlpack::dtype dlpack_dtype(DType dtype) {
    auto code = nb::dlpack::dtype_code::Float;
    if (dtype == DType::boolean) {
        code = nb::dlpack::dtype_code::Bool;
    } else if (dtype == DType::u8 || dtype == DType::u16 || dtype == DType::u32 ||
               dtype == DType::u64) {
        code = nb::dlpack::dtype_code::UInt;
    } else if (!is_float(dtype)) {
        code = nb::dlpack::dtype_code::Int;
    }
    return {static_cast<std::uint8_t>(code), static_cast<std::uint8_t>(8 * size_of(dtype)), 1};
}

}  // namespace

nb::object read_only_ndarray(const Array& array) {
    NodeRef node = array.node();
    evaluate(node);
    const monnto::Value& value = node->value();
    std::vector<std::size_t> shape;
    std::vector<std::int64_t> strides;
    for (int axis = 0; axis < node->shape.size(); ++axis) {
        shape.push_back(static_cast<std::size_t>(node->shape[axis]));
        strides.push_back(value.strides[axis]);
    }
    const auto offset = static_cast<std::ptrdiff_t>(size_of(node->dtype)) * value.offset;
    void* data = value.buffer->data() + offset;
    // The buffer too: executors move the content of nodes whose buffers nobody else holds.
    using Kept = std::pair<NodeRef, Ref<Buffer>>;
    const nb::capsule keeper(new Kept(node, value.buffer),
                             [](void* kept) noexcept { delete static_cast<Kept*>(kept); });
    const nb::ndarray<nb::numpy, nb::ro> view(data, shape.size(), shape.data(), keeper,
                                              strides.data(), dlpack_dtype(node->dtype));
    return nb::cast(view);
}

}  // namespace monnto::python
