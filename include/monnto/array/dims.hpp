#pragma once

#include <monnto/base/error.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace monnto {

inline constexpr int max_rank = 8;

/// Extents or strides of an array: at most eight numbers, kept in place.
/// Strides count elements, not bytes, and may be zero (broadcast) or negative (`v[::-1]`).
class Dims {
public:
    using value_type = std::ptrdiff_t;

    constexpr Dims() = default;
    constexpr Dims(std::initializer_list<std::ptrdiff_t> values) {
        for (const std::ptrdiff_t v : values) {
            push_back(v);
        }
    }
    /// `count` times `value`.
    [[nodiscard]] static constexpr Dims filled(int count, std::ptrdiff_t value) {
        Dims dims;
        for (int i = 0; i < count; ++i) {
            dims.push_back(value);
        }
        return dims;
    }
    /// Throws BadParameter for more than `max_rank` numbers.
    [[nodiscard]] static Dims from(std::span<const std::ptrdiff_t> values);

    [[nodiscard]] constexpr int size() const noexcept { return rank_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return rank_ == 0; }
    constexpr std::ptrdiff_t& operator[](int i) noexcept {
        return values_[static_cast<std::size_t>(i)];
    }
    constexpr std::ptrdiff_t operator[](int i) const noexcept {
        return values_[static_cast<std::size_t>(i)];
    }
    [[nodiscard]] constexpr const std::ptrdiff_t* begin() const noexcept { return values_.data(); }
    [[nodiscard]] constexpr const std::ptrdiff_t* end() const noexcept {
        return values_.data() + rank_;
    }
    [[nodiscard]] constexpr std::ptrdiff_t* begin() noexcept { return values_.data(); }
    [[nodiscard]] constexpr std::ptrdiff_t* end() noexcept { return values_.data() + rank_; }
    [[nodiscard]] constexpr std::ptrdiff_t back() const noexcept {
        return values_[static_cast<std::size_t>(rank_ - 1)];
    }

    /// Contract: size() < max_rank. Callers that take user input check first.
    constexpr void push_back(std::ptrdiff_t v) noexcept {
        values_[static_cast<std::size_t>(rank_++)] = v;
    }
    constexpr void erase(int at) noexcept {
        std::copy(begin() + at + 1, end(), begin() + at);
        values_[static_cast<std::size_t>(--rank_)] = 0;
    }
    constexpr void insert(int at, std::ptrdiff_t v) noexcept {
        ++rank_;
        std::copy_backward(begin() + at, end() - 1, end());
        values_[static_cast<std::size_t>(at)] = v;
    }

    /// Product of all numbers: the element count of a shape (1 for rank 0).
    [[nodiscard]] constexpr std::ptrdiff_t product() const noexcept {
        std::ptrdiff_t p = 1;
        for (const std::ptrdiff_t v : *this) {
            p *= v;
        }
        return p;
    }
    [[nodiscard]] std::vector<std::ptrdiff_t> to_vector() const { return {begin(), end()}; }
    /// As Python prints a shape: "(3, 4)", "(3,)", "()".
    [[nodiscard]] std::string to_string() const;

    friend constexpr bool operator==(const Dims& a, const Dims& b) noexcept {
        return std::equal(a.begin(), a.end(), b.begin(), b.end());
    }

private:
    std::array<std::ptrdiff_t, max_rank> values_{};
    int rank_ = 0;
};

using Shape = Dims;
using Strides = Dims;

/// Strides of a C-ordered array of that shape.
[[nodiscard]] Strides contiguous_strides(const Shape& shape) noexcept;
/// Strides of an array of two axes that lies in memory column by column.
[[nodiscard]] inline Strides turned_strides(const Shape& shape) noexcept {
    return {1, shape[0]};
}
/// Whether walking `shape` in C order with these strides touches consecutive elements (axes of
/// extent 1 do not matter).
[[nodiscard]] bool is_contiguous(const Shape& shape, const Strides& strides) noexcept;
/// The shape two operands broadcast to; throws ShapeMismatch naming `operation`.
[[nodiscard]] Shape broadcast(const Shape& a, const Shape& b, std::string_view operation);
/// Strides that read an operand of `shape`/`strides` as if it had `target` (zero along broadcast
/// axes). Contract: shape broadcasts to target.
[[nodiscard]] Strides broadcast_strides(const Shape& shape, const Strides& strides,
                                        const Shape& target) noexcept;
/// An axis that the array does not have.
class AxisOutOfRange : public Error {
public:
    AxisOutOfRange(std::ptrdiff_t axis, int rank);
    std::ptrdiff_t axis;
    int rank;
};

/// `axis` counted from the front; throws AxisOutOfRange for an axis outside [-rank, rank).
[[nodiscard]] int normalized_axis(std::ptrdiff_t axis, int rank);

}  // namespace monnto
