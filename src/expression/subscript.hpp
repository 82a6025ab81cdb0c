#pragma once

#include <monnto/expression/value.hpp>

#include <optional>
#include <variant>
#include <vector>

namespace monnto::expression {

/// One index between the brackets: a value or a slice.
using Index = std::vector<std::variant<Value, monnto::Slice>>;

/// `object[index]` of arrays, tuples and lists. Views and copies as S6 says.
/// `is_tuple` tells v[0,] from v[0]: a tuple has no first index of a tuple.
[[nodiscard]] Value subscript(const Value& object, const Index& index, bool is_tuple);

}  // namespace monnto::expression
