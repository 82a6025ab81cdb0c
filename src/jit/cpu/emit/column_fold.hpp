#pragma once

#include "fold.hpp"

namespace monnto::emit {

/// Reduces each column while a kernel goes through the rows. Sums and products of floats have their
/// 16 lanes, rows of S17's order, in memory at `rows`; what can be combined in any grouping grows
/// in the results, at `address`. Both are read and written in whole vectors.
[[nodiscard]] std::unique_ptr<Fold> make_column_fold(const kernel::Fold& fold, std::string address,
                                                     std::string rows, std::string columns);

}  // namespace monnto::emit
