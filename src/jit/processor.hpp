#pragma once

#include <cstdint>
#include <string_view>

namespace monnto {

/// Instructions that loops and kernels may use. Results do not depend on it (S16).
enum class Processor : std::uint8_t { baseline, avx2, avx512 };

/// The last of them that this processor has (AVX2 with fma; AVX-512 with F, VL, DQ, BW and CD), or
/// less where the environment asks for it: MONNTO_VECTOR=avx2 or baseline. Looked up once.
[[nodiscard]] Processor this_processor() noexcept;
[[nodiscard]] std::string_view name_of(Processor processor) noexcept;

}  // namespace monnto
