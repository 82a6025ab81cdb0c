#include <monnto/array/flags.hpp>

#include <array>
#include <bit>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace monnto {
namespace {

constexpr std::size_t together = 64;

/// One bit for each of 64 bytes that is not 0.
[[gnu::always_inline]] inline std::uint64_t set_in(const std::byte* flags) noexcept {
    std::uint64_t mask = 0;
    for (std::size_t word = 0; word < together / 8; ++word) {
        std::uint64_t bytes = 0;
        std::memcpy(&bytes, flags + word * 8, sizeof(bytes));
        if (bytes == 0) {
            continue;
        }
        for (std::size_t i = 0; i < 8; ++i) {
            const bool is_set = ((bytes >> (8 * i)) & 0xFFU) != 0;
            mask |= std::uint64_t{is_set} << (word * 8 + i);
        }
    }
    return mask;
}

[[gnu::always_inline]] inline void append_bits(std::uint64_t mask, std::int32_t first,
                                               std::vector<std::int32_t>& indices) {
    for (; mask != 0; mask &= mask - 1) {
        indices.push_back(first + std::countr_zero(mask));
    }
}

/// Whole blocks of 64, the other one all of them; returns how many bytes that were.
std::size_t append_plain(const std::byte* flags, std::size_t count, std::int32_t first,
                         std::vector<std::int32_t>& indices) {
    std::size_t i = 0;
    for (; i + together <= count; i += together) {
        append_bits(set_in(flags + i), first + static_cast<std::int32_t>(i), indices);
    }
    return i;
}

#if defined(__x86_64__)
[[gnu::target("avx2")]] std::size_t append_avx2(const std::byte* flags, std::size_t count,
                                                std::int32_t first,
                                                std::vector<std::int32_t>& indices) {
    const __m256i zero = _mm256_setzero_si256();
    const auto half = [zero](__m256i bytes) __attribute__((target("avx2"))) {
        const int resting = _mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, zero));
        return static_cast<std::uint32_t>(~resting);
    };
    std::size_t i = 0;
    for (; i + together <= count; i += together) {
        const auto* from = reinterpret_cast<const __m256i*>(flags + i);
        const __m256i low = _mm256_loadu_si256(from);
        const __m256i high = _mm256_loadu_si256(from + 1);
        const __m256i both = _mm256_or_si256(low, high);
        if (_mm256_testz_si256(both, both) != 0) {
            continue;
        }
        append_bits(half(low) | std::uint64_t{half(high)} << 32U,
                    first + static_cast<std::int32_t>(i), indices);
    }
    constexpr std::size_t part = together / 2;
    for (; i < count; i += part) {
        std::array<std::byte, part> rest{};
        const std::byte* from = flags + i;
        if (i + part > count) {
            std::memcpy(rest.data(), from, count - i);
            from = rest.data();
        }
        const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
        append_bits(half(bytes), first + static_cast<std::int32_t>(i), indices);
    }
    return count;
}
#endif

}  // namespace

void append_set_flags(const std::byte* flags, std::size_t count, std::int32_t first,
                      std::vector<std::int32_t>& indices) {
#if defined(__x86_64__)
    // A truth value or a number, by compiler.
    static const auto has_avx2 = static_cast<int>(__builtin_cpu_supports("avx2"));
    std::size_t i = has_avx2 != 0 ? append_avx2(flags, count, first, indices)
                                  : append_plain(flags, count, first, indices);
#else
    std::size_t i = append_plain(flags, count, first, indices);
#endif
    for (; i < count; ++i) {
        if (flags[i] != std::byte(0)) {
            indices.push_back(first + static_cast<std::int32_t>(i));
        }
    }
}

}  // namespace monnto
