#pragma once

#include <monnto/array/dtype.hpp>

#include <string>

namespace monnto::emit {

/// The cast with NumPy's answers on x86-64 (S10), as `to_integer` in monnto/array. Halves
/// are floats in registers.
[[nodiscard]] std::string emit_cast(DType from, DType to, const std::string& x);

}  // namespace monnto::emit
