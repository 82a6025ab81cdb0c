#pragma once

#include <monnto/array/fwd.hpp>
#include <monnto/base/error.hpp>

#include <cstddef>
#include <optional>
#include <variant>
#include <vector>

namespace monnto {

/// start:stop:step, with Python's meaning of what is left out.
struct Slice {
    std::optional<std::ptrdiff_t> start, stop, step;
};
/// `slice()` is `:`, `slice(1, {})` is `1:`, `slice({}, {}, -1)` is `::-1`.
[[nodiscard]] constexpr Slice slice(std::optional<std::ptrdiff_t> start = {},
                                    std::optional<std::ptrdiff_t> stop = {},
                                    std::optional<std::ptrdiff_t> step = {}) {
    return {start, stop, step};
}
struct NewAxis {};
struct Ellipsis {};
inline constexpr NewAxis newaxis;
inline constexpr Ellipsis ellipsis;
inline constexpr Slice all;

/// More ints, slices and arrays in an index than the array has axes.
class TooManyIndices : public Error {
public:
    TooManyIndices(int given, int rank);
    int given;
    int rank;
};

/// One item of an index: int, slice, None, Ellipsis, boolean mask or integer array.
class IndexItem;
using Index = std::vector<IndexItem>;

}  // namespace monnto
