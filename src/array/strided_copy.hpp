#pragma once

#include <monnto/array/dims.hpp>

#include <cstddef>

namespace monnto {

/// Copies elements of `element_bytes` between two strided windows of one shape (strides in
/// elements). The windows must not overlap.
void strided_copy(std::size_t element_bytes, const Shape& shape, std::byte* to,
                  const Strides& to_strides, const std::byte* from, const Strides& from_strides);

}  // namespace monnto
