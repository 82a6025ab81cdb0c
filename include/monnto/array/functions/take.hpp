#pragma once

#include <monnto/array/array.hpp>

#include <optional>
#include <vector>

namespace monnto {

/// Index arrays are checked (S11) against the axis; negative ones count from its end.
[[nodiscard]] Array take(const Array& a, const Operand& indices,
                         std::optional<std::ptrdiff_t> axis = {});
/// `a[i, j, indices[i, j, ...]]` along an axis; both have the same rank.
[[nodiscard]] Array take_along_axis(const Array& a, const Array& indices, std::ptrdiff_t axis);
[[nodiscard]] Array compress(const Array& mask, const Array& a,
                             std::optional<std::ptrdiff_t> axis = {});
/// Element by element from `choices[i]` where the first true condition is number i, else
/// `otherwise`.
[[nodiscard]] Array select(const std::vector<Array>& conditions,
                           const std::vector<Operand>& choices, const Operand& otherwise = 0);
/// np.ix_: index arrays of one axis each, shaped to broadcast against each other; masks become
/// indices.
[[nodiscard]] std::vector<Array> ix(const std::vector<Array>& axes);
/// np.add.at: duplicates add up. A sequence of index arrays, masks, ints and slices, as for
/// `get_items`.
void add_at(const Array& target, const Index& index, const Operand& value);

}  // namespace monnto
