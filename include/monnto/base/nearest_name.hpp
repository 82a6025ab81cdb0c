#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace monnto {

/// The member of `known` that `name` was probably meant to be, or "" where nothing is close.
/// Close means an edit distance (with transpositions) of at most a third of the longer name, case
/// ignored.
[[nodiscard]] std::string nearest_name(std::string_view name,
                                       const std::vector<std::string>& known);

}  // namespace monnto
