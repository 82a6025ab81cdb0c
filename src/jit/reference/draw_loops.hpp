#pragma once

#include "../math/rare_draws.hpp"
#include "function_loops.hpp"

#include <monnto/base/philox.hpp>

#include <cstdint>

/// What becomes of the words of a chunk (see random.hpp), by the templates of jit/math. Compiled
/// once for every processor and again for newer ones, as function_loops.hpp; all give the same
/// bits.
namespace monnto::reference {

inline constexpr std::int32_t longest_gap = 1 << 20;

struct DrawLoops {
    // 64 floats, or 32 doubles.
    void (*uniform)(const philox::Lanes& words, float* out) noexcept;
    void (*exponential)(const philox::Lanes& words, float* out) noexcept;
    void (*normal)(const philox::Lanes& words, float* out) noexcept;
    void (*uniform_double)(const philox::Lanes& words, double* out) noexcept;
    void (*exponential_double)(const philox::Lanes& words, double* out) noexcept;
    void (*normal_double)(const philox::Lanes& words, double* out) noexcept;
    /// floor(log(uniform number) * scale), at most `longest_gap`; 32 of them.
    void (*gaps)(const philox::Lanes& words, double scale, std::int32_t* out) noexcept;
    // 64 each. True where some element needs its rare function (jit/math/rare_draws.hpp).
    bool (*bernoulli)(const philox::Lanes& words, double probability, bool* out) noexcept;
    bool (*bernoulli_each)(const philox::Lanes& words, const double* probabilities,
                           bool* out) noexcept;
    bool (*below)(const philox::Lanes& words, const std::uint64_t* ranges,
                  std::int64_t* out) noexcept;
    bool (*poisson)(const philox::Lanes& words, const lane::PoissonTable& table,
                    std::int64_t* out) noexcept;
};

/// One per target; the last two where they were compiled.
namespace baseline {
[[nodiscard]] DrawLoops draw_loops() noexcept;
}
namespace avx2 {
[[nodiscard]] DrawLoops draw_loops() noexcept;
}
namespace avx512 {
[[nodiscard]] DrawLoops draw_loops() noexcept;
}

/// Contract: this processor can run them.
[[nodiscard]] const DrawLoops& draw_loops(Processor processor) noexcept;
/// The best ones for this processor.
[[nodiscard]] const DrawLoops& draw_loops() noexcept;

}  // namespace monnto::reference
