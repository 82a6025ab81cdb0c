#pragma once

#include <monnto/array/array.hpp>

#include <optional>
#include <utility>
#include <vector>

namespace monnto {

// Views where NumPy gives views (S6); writing to them writes the source.
[[nodiscard]] Array reshape(const Array& a, const Shape& shape);
[[nodiscard]] Array transpose(const Array& a);
[[nodiscard]] Array transpose(const Array& a, const std::vector<std::ptrdiff_t>& axes);
[[nodiscard]] Array swapaxes(const Array& a, std::ptrdiff_t first, std::ptrdiff_t second);
[[nodiscard]] Array moveaxis(const Array& a, std::ptrdiff_t from, std::ptrdiff_t to);
[[nodiscard]] Array expand_dims(const Array& a, std::ptrdiff_t axis);
[[nodiscard]] Array squeeze(const Array& a, std::optional<std::vector<std::ptrdiff_t>> axes = {});
[[nodiscard]] Array broadcast_to(const Array& a, const Shape& shape);  ///< read-only
[[nodiscard]] Array diagonal(const Array& a, std::ptrdiff_t offset = 0, std::ptrdiff_t axis1 = 0,
                             std::ptrdiff_t axis2 = 1);
[[nodiscard]] Array flip(const Array& a, std::optional<std::vector<std::ptrdiff_t>> axes = {});
/// A quarter turn `times` times, from the first axis towards the second.
[[nodiscard]] Array rot90(const Array& a, std::ptrdiff_t times = 1,
                          std::pair<std::ptrdiff_t, std::ptrdiff_t> axes = {0, 1});
[[nodiscard]] Array atleast_1d(const Array& a);
[[nodiscard]] Array atleast_2d(const Array& a);
/// Views on `parts` equal parts of an axis; throws BadParameter where they would not be equal.
[[nodiscard]] std::vector<Array> split(const Array& a, std::ptrdiff_t parts,
                                       std::ptrdiff_t axis = 0);
/// Views on the parts between the given places.
[[nodiscard]] std::vector<Array> split_at(const Array& a, const std::vector<std::ptrdiff_t>& places,
                                          std::ptrdiff_t axis = 0);
/// Views on parts whose lengths differ by one at most (np.array_split).
[[nodiscard]] std::vector<Array> array_split(const Array& a, std::ptrdiff_t parts,
                                             std::ptrdiff_t axis = 0);
/// Any strided window on the elements of `a`, which must be a view-able array; for bindings and
/// other modules.
[[nodiscard]] Array window(const Array& a, const ViewAttr& window_of_owner, bool writable = true);

// Copies.
[[nodiscard]] Array concatenate(const std::vector<Array>& arrays, std::ptrdiff_t axis = 0);
[[nodiscard]] Array stack(const std::vector<Array>& arrays, std::ptrdiff_t axis = 0);
[[nodiscard]] Array tile(const Array& a, const std::vector<std::ptrdiff_t>& repeats);
[[nodiscard]] Array repeat(const Array& a, const Operand& repeats,
                           std::optional<std::ptrdiff_t> axis = {});
[[nodiscard]] Array roll(const Array& a, const std::vector<std::ptrdiff_t>& shifts,
                         std::optional<std::vector<std::ptrdiff_t>> axes = {});
[[nodiscard]] Array vstack(const std::vector<Array>& arrays);
[[nodiscard]] Array hstack(const std::vector<Array>& arrays);
[[nodiscard]] Array column_stack(const std::vector<Array>& arrays);
/// Without an axis both are flattened.
[[nodiscard]] Array append(const Array& a, const Array& values,
                           std::optional<std::ptrdiff_t> axis = {});
/// `widths[i]` elements before and after axis i, all of that value; one pair serves every axis.
[[nodiscard]] Array pad(const Array& a,
                        const std::vector<std::pair<std::ptrdiff_t, std::ptrdiff_t>>& widths,
                        const Number& value = 0);

}  // namespace monnto
