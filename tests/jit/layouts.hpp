#pragma once

#include "nodes.hpp"

#include <random>
#include <string>
#include <utility>
#include <vector>

/// The same logical elements lying in memory in different ways.
namespace monnto::support {

/// Where element `index` (C order) of `shape` lies for these strides.
[[nodiscard]] inline std::ptrdiff_t offset_of(std::ptrdiff_t index, const Shape& shape,
                                              const Strides& strides) {
    std::ptrdiff_t offset = 0;
    for (int axis = shape.size() - 1; axis >= 0; --axis) {
        offset += index % shape[axis] * strides[axis];
        index /= shape[axis];
    }
    return offset;
}

/// A settled node whose elements lie `strides` apart in memory filled with something else.
template <class T>
[[nodiscard]] NodeRef laid_out(const std::vector<T>& values, const Shape& shape,
                               const Strides& strides) {
    std::ptrdiff_t low = 0;
    std::ptrdiff_t high = 0;
    for (int axis = 0; axis < shape.size(); ++axis) {
        (strides[axis] < 0 ? low : high) +=
            strides[axis] * std::max<std::ptrdiff_t>(shape[axis] - 1, 0);
    }
    const auto bytes = static_cast<std::size_t>(high - low + 1) * sizeof(T);
    Ref<Buffer> buffer = Buffer::allocate(bytes);
    std::memset(buffer->data(), 1, bytes);
    T* data = reinterpret_cast<T*>(buffer->data()) - low;
    for (std::size_t i = 0; i < values.size(); ++i) {
        data[offset_of(static_cast<std::ptrdiff_t>(i), shape, strides)] = values[i];
    }
    return NodeRef(new Node(dtype_of<T>, shape, Value{std::move(buffer), -low, strides}));
}

struct Layout {
    std::string name;
    NodeRef node;
};

/// C order, Fortran order, spaced out, and back to front.
template <class T>
[[nodiscard]] std::vector<Layout> layouts_of(const std::vector<T>& values, const Shape& shape) {
    Strides fortran = shape;
    std::ptrdiff_t extent = 1;
    for (int axis = 0; axis < shape.size(); ++axis) {
        fortran[axis] = std::exchange(extent, extent * shape[axis]);
    }
    Strides spaced = contiguous_strides(shape);
    Strides reversed = spaced;
    for (int axis = 0; axis < shape.size(); ++axis) {
        spaced[axis] *= 3;
        reversed[axis] = -reversed[axis];
    }
    std::vector<Layout> all;
    all.push_back({"C order", laid_out(values, shape, contiguous_strides(shape))});
    all.push_back({"Fortran order", laid_out(values, shape, fortran)});
    all.push_back({"spaced out", laid_out(values, shape, spaced)});
    all.push_back({"back to front", laid_out(values, shape, reversed)});
    return all;
}

/// Numbers of very different size, so that the order of addition shows in the sum's bits.
template <class T>
[[nodiscard]] std::vector<T> uneven_values(std::ptrdiff_t count, unsigned seed = 1) {
    std::mt19937 random(seed);
    std::vector<T> values(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto word = random();
        if constexpr (std::is_floating_point_v<T>) {
            const T unit = static_cast<T>(word) / static_cast<T>(4294967296.0);
            values[i] = (unit - T(0.4)) * static_cast<T>(1U << (random() % 20U));
        } else if constexpr (std::is_same_v<T, bool>) {
            values[i] = word % 7U == 0;
        } else {
            values[i] = static_cast<T>(word);
        }
    }
    return values;
}

/// Bytes, so that -0.0 and NaN are compared too.
template <class T>
[[nodiscard]] std::vector<unsigned char> bits_of(const std::vector<T>& values) {
    std::vector<unsigned char> bits;
    for (const T value : values) {
        unsigned char one[sizeof(T)];
        std::memcpy(one, &value, sizeof(T));
        bits.insert(bits.end(), one, one + sizeof(T));
    }
    return bits;
}

}  // namespace monnto::support
