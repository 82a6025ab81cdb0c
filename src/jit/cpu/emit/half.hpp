#pragma once

#include "lane.hpp"

#include <string>

/// The two 16-bit floats. Registers hold them as floats that were rounded to them (S3: arithmetic
/// converts to float and rounds once per operation).
namespace monnto::emit {

/// The dtype in which registers hold elements.
[[nodiscard]] constexpr DType held_as(DType dtype) noexcept {
    return is_half(dtype) ? DType::f32 : dtype;
}

/// Halves as they lie in memory (vectors of i16) to floats, and floats that are halves back.
[[nodiscard]] std::string widened(DType half, const std::string& bits);
[[nodiscard]] std::string narrowed(DType half, const std::string& floats);

/// The half next to each number, to even where two are as near.
[[nodiscard]] Lane<float> rounded(DType half, const Lane<float>& x);
/// In one rounding: through float there would be two.
[[nodiscard]] Lane<float> rounded(DType half, const Lane<double>& x);

}  // namespace monnto::emit
