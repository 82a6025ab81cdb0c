#pragma once

#include <monnto/array/node.hpp>

#include <cstdint>
#include <vector>

namespace monnto::synapse {

/// Elements of a settled vector that are not 0, ascending, and what they are.
template <class T>
struct Events {
    std::vector<std::int32_t> at;
    std::vector<T> factor;

    /// Of bool or of T.
    explicit Events(const Node& vector) {
        const Value& value = vector.value();
        const std::ptrdiff_t step = value.strides.empty() ? 1 : value.strides[0];
        if (vector.dtype == DType::boolean) {
            find(reinterpret_cast<const bool*>(value.buffer->data()) + value.offset, step,
                 vector.shape.product());
        } else {
            find(reinterpret_cast<const T*>(value.buffer->data()) + value.offset, step,
                 vector.shape.product());
        }
    }
    /// Of a list: all of them 1.
    explicit Events(std::vector<std::int32_t> list)
        : at(std::move(list)), factor(at.size(), T(1)) {}

private:
    template <class E>
    void find(const E* from, std::ptrdiff_t step, std::ptrdiff_t count) {
        for (std::ptrdiff_t i = 0; i < count; ++i) {
            if (from[i * step] != E(0)) {
                at.push_back(static_cast<std::int32_t>(i));
                factor.push_back(static_cast<T>(from[i * step]));
            }
        }
    }
};

/// Uninitialized elements in C order.
[[nodiscard]] inline Value fresh(DType dtype, const Shape& shape) {
    const auto bytes = static_cast<std::size_t>(shape.product()) * size_of(dtype);
    return {Buffer::allocate(bytes), 0, contiguous_strides(shape)};
}

template <class T>
[[nodiscard]] T* elements(const Value& value) noexcept {
    return reinterpret_cast<T*>(value.buffer->data()) + value.offset;
}

}  // namespace monnto::synapse
