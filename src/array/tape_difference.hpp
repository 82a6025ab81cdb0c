#pragma once

#include <monnto/array/tape.hpp>

#include <string>

namespace monnto {

/// Why `now` is no repetition of `before`; empty where it is.
[[nodiscard]] std::string first_difference(const Tape& before, const Tape& now);

}  // namespace monnto
