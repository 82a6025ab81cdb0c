#pragma once

#include <monnto/array/array.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace monnto {

/// Times in ms as numbers of iterations, rounded to the nearest; a number is one time. Throws
/// BadParameter for times that are not finite.
[[nodiscard]] std::vector<std::int64_t> steps_of(const Array& times, double dt,
                                                 std::string_view name);

}  // namespace monnto
