#pragma once

#include <utility>
#include <vector>

#include <monnto/array/array.hpp>

namespace monnto {

[[nodiscard]] Array sort(const Array& a, std::optional<std::ptrdiff_t> axis = -1);     ///< nothing: flattened
[[nodiscard]] Array argsort(const Array& a, std::optional<std::ptrdiff_t> axis = -1);  ///< stable
[[nodiscard]] Array searchsorted(const Array& sorted, const Operand& values, bool right = false);
[[nodiscard]] Array cumsum(const Array& a, std::optional<std::ptrdiff_t> axis = {}, std::optional<DType> dtype = {});
[[nodiscard]] Array cumprod(const Array& a, std::optional<std::ptrdiff_t> axis = {}, std::optional<DType> dtype = {});
[[nodiscard]] Array diff(const Array& a, int n = 1, std::ptrdiff_t axis = -1);
/// Piecewise linear through (xp, fp), xp ascending, constant outside; float64.
[[nodiscard]] Array interp(const Operand& x, const Array& xp, const Array& fp);

// Their result's shape depends on the data, so they evaluate it.
[[nodiscard]] std::vector<Array> nonzero(const Array& a);  ///< one i64 index array per axis
[[nodiscard]] Array flatnonzero(const Array& a);
[[nodiscard]] Array unique(const Array& a);
struct UniqueResult {
    Array values, first_index, inverse, counts;
};
[[nodiscard]] UniqueResult unique_all(const Array& a);
/// Counts per bin and the edges (float64); `range` defaults to the data's. Counts are int64.
[[nodiscard]] std::pair<Array, Array> histogram(const Array& a, std::ptrdiff_t bins = 10,
                                                std::optional<std::pair<double, double>> range = {});
[[nodiscard]] std::pair<Array, Array> histogram(const Array& a, const Array& edges);
[[nodiscard]] Array bincount(const Array& a, std::ptrdiff_t min_length = 0);

}  // namespace monnto
