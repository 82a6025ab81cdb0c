#pragma once

#include "half.hpp"

#include <monnto/array/node.hpp>
#include <monnto/base/error.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace monnto::reference {

/// A settled input, read as if it had some target shape: broadcast axes have stride 0.
struct Operand {
    const std::byte* data = nullptr;  // of the first element
    Strides strides;                  // elements

    template <class T>
    [[nodiscard]] const T* as() const noexcept {
        return reinterpret_cast<const T*>(data);
    }
};

[[nodiscard]] Operand operand(const Node& input, const Shape& target);
/// In its own shape.
[[nodiscard]] Operand operand(const Node& input);

/// Uninitialized elements in C order.
[[nodiscard]] Value fresh(DType dtype, const Shape& shape);
/// Where a node's elements go: what a plan left for them, or fresh.
[[nodiscard]] Value place_for(const Node& node);
/// The first element of a value.
template <class T>
[[nodiscard]] T* elements(const Value& value) noexcept {
    return reinterpret_cast<T*>(value.buffer->data()) + value.offset;
}
/// The input's elements in C order: its own value where that is so already, else a copy. The result
/// must not be written to.
[[nodiscard]] Value contiguous(const Node& input);

/// Calls `f.template operator()<T>()` with the element type of `dtype`:
/// `dispatch(node.dtype, [&]<class T>() { ... })`.
template <class F>
decltype(auto) dispatch(DType dtype, const F& f) {
    switch (dtype) {
        case DType::boolean:
            return f.template operator()<bool>();
        case DType::u8:
            return f.template operator()<std::uint8_t>();
        case DType::u16:
            return f.template operator()<std::uint16_t>();
        case DType::u32:
            return f.template operator()<std::uint32_t>();
        case DType::u64:
            return f.template operator()<std::uint64_t>();
        case DType::i8:
            return f.template operator()<std::int8_t>();
        case DType::i16:
            return f.template operator()<std::int16_t>();
        case DType::i32:
            return f.template operator()<std::int32_t>();
        case DType::i64:
            return f.template operator()<std::int64_t>();
        case DType::f16:
            return f.template operator()<Half>();
        case DType::bf16:
            return f.template operator()<BFloat>();
        case DType::f32:
            return f.template operator()<float>();
        case DType::f64:
            return f.template operator()<double>();
    }
    throw InternalError("dispatch: no such dtype");
}

/// For operations that move elements without looking at them: one function per element size.
template <class F>
decltype(auto) dispatch_by_size(std::size_t bytes, const F& f) {
    switch (bytes) {
        case 1:
            return f.template operator()<std::uint8_t>();
        case 2:
            return f.template operator()<std::uint16_t>();
        case 4:
            return f.template operator()<std::uint32_t>();
        default:
            return f.template operator()<std::uint64_t>();
    }
}

/// A walk over `shape` in C order for N operands at once, with as few axes as their strides allow.
/// The last axis is the row that a kernel's inner loop runs over.
template <std::size_t N>
struct Walk {
    Shape outer;                             // extents of all axes but the row
    std::array<Strides, N> outer_strides{};  // elements
    std::ptrdiff_t count = 1;                // elements of a row
    std::array<std::ptrdiff_t, N> steps{};   // elements, within a row

    Walk(const Shape& shape, const std::array<Strides, N>& strides) {
        Shape extents;
        std::array<Strides, N> kept{};
        for (int axis = 0; axis < shape.size(); ++axis) {
            if (shape[axis] != 1) {
                append(extents, kept, shape[axis], strides, axis);
            }
        }
        if (extents.empty()) {
            return;
        }
        const int last = extents.size() - 1;
        count = extents[last];
        for (int axis = 0; axis < last; ++axis) {
            outer.push_back(extents[axis]);
        }
        for (std::size_t k = 0; k < N; ++k) {
            steps[k] = kept[k][last];
            for (int axis = 0; axis < last; ++axis) {
                outer_strides[k].push_back(kept[k][axis]);
            }
        }
    }

private:
    /// Adds an axis, or merges it with the one before where all operands walk on without a jump.
    static void append(Shape& extents, std::array<Strides, N>& kept, std::ptrdiff_t extent,
                       const std::array<Strides, N>& strides, int axis) {
        const int last = extents.size() - 1;
        bool merges = last >= 0;
        for (std::size_t k = 0; merges && k < N; ++k) {
            merges = kept[k][last] == strides[k][axis] * extent;
        }
        if (merges) {
            extents[last] *= extent;
        } else {
            extents.push_back(extent);
        }
        for (std::size_t k = 0; k < N; ++k) {
            if (merges) {
                kept[k][last] = strides[k][axis];
            } else {
                kept[k].push_back(strides[k][axis]);
            }
        }
    }
};

/// Calls `row(offsets, count, steps)` for every row of `shape`: element i of the row is, for
/// operand k, at `offsets[k] + i * steps[k]` elements from its first. Rows come in C order.
template <std::size_t N, class F>
void for_each_row(const Shape& shape, const std::array<Strides, N>& strides, const F& row) {
    if (shape.product() == 0) {
        return;
    }
    const Walk<N> walk(shape, strides);
    std::array<std::ptrdiff_t, N> offsets{};
    Dims position = Dims::filled(walk.outer.size(), 0);
    while (true) {
        row(std::as_const(offsets), walk.count, walk.steps);
        int axis = walk.outer.size() - 1;
        for (; axis >= 0; --axis) {
            ++position[axis];
            for (std::size_t k = 0; k < N; ++k) {
                offsets[k] += walk.outer_strides[k][axis];
            }
            if (position[axis] < walk.outer[axis]) {
                break;
            }
            for (std::size_t k = 0; k < N; ++k) {
                offsets[k] -= walk.outer_strides[k][axis] * walk.outer[axis];
            }
            position[axis] = 0;
        }
        if (axis < 0) {
            return;
        }
    }
}

}  // namespace monnto::reference
