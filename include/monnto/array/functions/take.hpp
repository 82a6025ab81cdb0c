#pragma once

#include <monnto/array/array.hpp>

namespace monnto {

/// Index arrays are checked (S11) against the axis; negative ones count from its end.
[[nodiscard]] Array take(const Array& a, const Operand& indices, std::optional<std::ptrdiff_t> axis = {});
/// np.ix_: index arrays of one axis each, shaped to broadcast against each other; masks become indices.
[[nodiscard]] std::vector<Array> ix(const std::vector<Array>& axes);
/// np.add.at: duplicates add up. A sequence of index arrays, masks, ints and slices, as for `get_items`.
void add_at(const Array& target, const Index& index, const Operand& value);

}  // namespace monnto
