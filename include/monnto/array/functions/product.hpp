#pragma once

#include <monnto/array/array.hpp>

namespace monnto {

/// Each sum of products runs over the inner axis in ascending order (S17).
[[nodiscard]] Array dot(const Operand& a, const Operand& b);
[[nodiscard]] Array matmul(const Array& a, const Array& b);
[[nodiscard]] Array outer(const Operand& a, const Operand& b);
[[nodiscard]] Array inner(const Array& a, const Array& b);

}  // namespace monnto
