#pragma once

#include "reference/reference_executor.hpp"

#include <monnto/array/node.hpp>

#include <algorithm>
#include <cstring>
#include <vector>

/// Nodes made by hand, so that executors can be tested without the module that records them.
namespace monnto::support {

/// A settled node with these bytes, in C order.
[[nodiscard]] inline NodeRef settled(DType dtype, const Shape& shape, const void* bytes) {
    const auto count = static_cast<std::size_t>(shape.product());
    Ref<Buffer> buffer = Buffer::allocate(count * size_of(dtype));
    if (count != 0) {  // an empty vector has no address to copy from
        std::memcpy(buffer->data(), bytes, count * size_of(dtype));
    }
    return NodeRef(new Node(dtype, shape, Value{std::move(buffer), 0, contiguous_strides(shape)}));
}
template <class T>
[[nodiscard]] NodeRef settled(const std::vector<T>& values, const Shape& shape) {
    if constexpr (std::is_same_v<T, bool>) {
        const std::vector<unsigned char> bytes(values.begin(), values.end());
        return settled(DType::boolean, shape, bytes.data());
    } else {
        return settled(dtype_of<T>, shape, values.data());
    }
}
template <class T>
[[nodiscard]] NodeRef settled(const std::vector<T>& values) {
    return settled(values, Shape{static_cast<std::ptrdiff_t>(values.size())});
}

[[nodiscard]] inline NodeRef recorded(Op op, DType dtype, const Shape& shape, NodeInputs inputs,
                                      Attributes attributes = {}) {
    return NodeRef(new Node(op, dtype, shape, std::move(attributes), std::move(inputs)));
}

/// Evaluates one node whose inputs are settled.
inline NodeRef interpret(const NodeRef& node) {
    Node* one[] = {node.get()};
    ReferenceExecutor().run(one, one);
    return node;
}

/// Elements of a settled node in C order.
template <class T>
[[nodiscard]] std::vector<T> values_of(const NodeRef& node) {
    const Value& value = node->value();
    const T* data = reinterpret_cast<const T*>(value.buffer->data()) + value.offset;
    std::vector<T> values;
    for (std::ptrdiff_t i = 0; i < node->shape.product(); ++i) {
        std::ptrdiff_t at = 0;
        std::ptrdiff_t rest = i;
        for (int axis = node->shape.size() - 1; axis >= 0; --axis) {
            at += rest % node->shape[axis] * value.strides[axis];
            rest /= node->shape[axis];
        }
        values.push_back(data[at]);
    }
    return values;
}

}  // namespace monnto::support
