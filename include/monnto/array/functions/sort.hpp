#pragma once

#include <monnto/array/array.hpp>

#include <optional>
#include <utility>
#include <vector>

namespace monnto {

[[nodiscard]] Array sort(const Array& a,
                         std::optional<std::ptrdiff_t> axis = -1);  ///< nothing: flattened
[[nodiscard]] Array argsort(const Array& a, std::optional<std::ptrdiff_t> axis = -1);  ///< stable
[[nodiscard]] Array searchsorted(const Array& sorted, const Operand& values, bool right = false);
[[nodiscard]] Array cumsum(const Array& a, std::optional<std::ptrdiff_t> axis = {},
                           std::optional<DType> dtype = {});
[[nodiscard]] Array cumprod(const Array& a, std::optional<std::ptrdiff_t> axis = {},
                            std::optional<DType> dtype = {});
[[nodiscard]] Array diff(const Array& a, int n = 1, std::ptrdiff_t axis = -1);
/// Piecewise linear through (xp, fp), xp ascending, constant outside; float64.
/// `left` and `right` replace the first and last of fp outside.
[[nodiscard]] Array interp(const Operand& x, const Array& xp, const Array& fp,
                           std::optional<double> left = {}, std::optional<double> right = {});
/// Index of the bin of each x; `bins` ascends or descends. Without `right` a bin holds its left
/// edge.
[[nodiscard]] Array digitize(const Operand& x, const Array& bins, bool right = false);
/// Whether each element of `a` is among `candidates`.
[[nodiscard]] Array isin(const Operand& a, const Operand& candidates, bool invert = false);
/// Area under y along an axis, by trapezoids of equal or given width.
[[nodiscard]] Array trapezoid(const Array& y, double dx = 1.0, std::ptrdiff_t axis = -1);
[[nodiscard]] Array trapezoid(const Array& y, const Array& x, std::ptrdiff_t axis = -1);
/// Central differences inside, one-sided at the ends.
[[nodiscard]] Array gradient(const Array& a, double spacing = 1.0, std::ptrdiff_t axis = -1);

// Their result's shape depends on the data, so they evaluate it.
[[nodiscard]] std::vector<Array> nonzero(const Array& a);  ///< one i64 index array per axis
[[nodiscard]] Array flatnonzero(const Array& a);
[[nodiscard]] Array unique(const Array& a);
struct UniqueResult {
    Array values, first_index, inverse, counts;
};
[[nodiscard]] UniqueResult unique_all(const Array& a);
[[nodiscard]] Array argwhere(const Array& a);  ///< (n, rank): a row of indices per true element
[[nodiscard]] Array union1d(const Array& a, const Array& b);
[[nodiscard]] Array intersect1d(const Array& a, const Array& b);
[[nodiscard]] Array setdiff1d(const Array& a, const Array& b);
/// Counts per bin (int64) and the edges (float32 for float32 data, else float64); `range` defaults
/// to the data's.
[[nodiscard]] std::pair<Array, Array> histogram(
    const Array& a, std::ptrdiff_t bins = 10, std::optional<std::pair<double, double>> range = {});
[[nodiscard]] std::pair<Array, Array> histogram(const Array& a, const Array& edges);
[[nodiscard]] Array bincount(const Array& a, std::ptrdiff_t min_length = 0);
/// Adds up the weight of each element instead of 1; float64.
[[nodiscard]] Array bincount(const Array& a, const Array& weights, std::ptrdiff_t min_length = 0);

}  // namespace monnto
