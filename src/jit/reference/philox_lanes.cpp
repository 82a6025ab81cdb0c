#include "processor.hpp"
#include "random.hpp"

#if defined(__SSE4_1__)
#include <immintrin.h>
#endif

// lane::philox with intrinsics, because GCC 12 does not see that a product of lanes with 32 bits
// each is one instruction. The state stands in lanes of 64 bits whose upper halves are garbage. One
// vector goes through all rounds before the next one starts: processors overlap them by themselves.
// Vectors stand in C arrays because they lose their alignment as arguments of templates.
#pragma GCC diagnostic ignored \
    "-Wuninitialized"  // a false alarm inside GCC 12's own avx512fintrin.h
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"

namespace monnto::reference {
namespace {

#if defined(__SSE4_1__)

[[nodiscard]] int bits_of(std::uint32_t word) noexcept {
    return static_cast<int>(word);
}

using RoundKey = std::array<int, 2>;
[[nodiscard]] RoundKey round_key(std::uint64_t key, std::size_t round) noexcept {
    const auto steps = static_cast<std::uint32_t>(round);
    return {bits_of(static_cast<std::uint32_t>(key) + steps * philox::key_step_0),
            bits_of(static_cast<std::uint32_t>(key >> 32U) + steps * philox::key_step_1)};
}

void fill_sse4(const philox::Block& first, const Offsets& offsets, std::uint64_t key,
               philox::Lanes& lanes) {
    const __m128i m0 = _mm_set1_epi32(bits_of(philox::multiplier_0));
    const __m128i m1 = _mm_set1_epi32(bits_of(philox::multiplier_1));
    __m128i keys[philox::rounds][2];  // NOLINT(*-avoid-c-arrays): see above
    for (std::size_t round = 0; round < philox::rounds; ++round) {
        const RoundKey words = round_key(key, round);
        keys[round][0] = _mm_set1_epi32(words[0]);
        keys[round][1] = _mm_set1_epi32(words[1]);
    }
    for (std::size_t lane = 0; lane < philox::lanes; lane += 2) {
        __m128i c0 = _mm_add_epi64(_mm_set1_epi64x(first[0]),
                                   _mm_cvtepu32_epi64(_mm_loadl_epi64(
                                       reinterpret_cast<const __m128i*>(&offsets.of_lane[lane]))));
        __m128i c1 = _mm_set1_epi32(bits_of(first[1]));
        __m128i c2 = _mm_set1_epi32(bits_of(first[2]));
        __m128i c3 = _mm_set1_epi32(bits_of(first[3]));
        for (const auto& round_keys : keys) {
            const __m128i left = _mm_mul_epu32(c0, m0);
            const __m128i right = _mm_mul_epu32(c2, m1);
            c0 = _mm_xor_si128(_mm_xor_si128(_mm_srli_epi64(right, 32), c1), round_keys[0]);
            c2 = _mm_xor_si128(_mm_xor_si128(_mm_srli_epi64(left, 32), c3), round_keys[1]);
            c1 = right;
            c3 = left;
        }
        const __m128i words[] = {c0, c1, c2, c3};  // NOLINT(*-avoid-c-arrays)
        for (std::size_t word = 0; word < 4; ++word) {
            _mm_storel_epi64(reinterpret_cast<__m128i*>(&lanes.word[word][lane]),
                             _mm_shuffle_epi32(words[word], 0b1000));
        }
    }
}

[[gnu::target("avx2")]] void fill_avx2(const philox::Block& first, const Offsets& offsets,
                                       std::uint64_t key, philox::Lanes& lanes) {
    const __m256i m0 = _mm256_set1_epi32(bits_of(philox::multiplier_0));
    const __m256i m1 = _mm256_set1_epi32(bits_of(philox::multiplier_1));
    __m256i keys[philox::rounds][2];  // NOLINT(*-avoid-c-arrays): see above
    for (std::size_t round = 0; round < philox::rounds; ++round) {
        const RoundKey words = round_key(key, round);
        keys[round][0] = _mm256_set1_epi32(words[0]);
        keys[round][1] = _mm256_set1_epi32(words[1]);
    }
    const __m256i lower_halves = _mm256_setr_epi32(0, 2, 4, 6, 0, 2, 4, 6);
    for (std::size_t lane = 0; lane < philox::lanes; lane += 4) {
        __m256i c0 = _mm256_add_epi64(
            _mm256_set1_epi64x(first[0]),
            _mm256_cvtepu32_epi64(
                _mm_load_si128(reinterpret_cast<const __m128i*>(&offsets.of_lane[lane]))));
        __m256i c1 = _mm256_set1_epi32(bits_of(first[1]));
        __m256i c2 = _mm256_set1_epi32(bits_of(first[2]));
        __m256i c3 = _mm256_set1_epi32(bits_of(first[3]));
        for (const auto& round_keys : keys) {
            const __m256i left = _mm256_mul_epu32(c0, m0);
            const __m256i right = _mm256_mul_epu32(c2, m1);
            c0 =
                _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(right, 32), c1), round_keys[0]);
            c2 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(left, 32), c3), round_keys[1]);
            c1 = right;
            c3 = left;
        }
        const __m256i words[] = {c0, c1, c2, c3};  // NOLINT(*-avoid-c-arrays)
        for (std::size_t word = 0; word < 4; ++word) {
            _mm_store_si128(
                reinterpret_cast<__m128i*>(&lanes.word[word][lane]),
                _mm256_castsi256_si128(_mm256_permutevar8x32_epi32(words[word], lower_halves)));
        }
    }
}

[[gnu::target("avx512f")]] void fill_avx512(const philox::Block& first, const Offsets& offsets,
                                            std::uint64_t key, philox::Lanes& lanes) {
    const __m512i m0 = _mm512_set1_epi32(bits_of(philox::multiplier_0));
    const __m512i m1 = _mm512_set1_epi32(bits_of(philox::multiplier_1));
    __m512i keys[philox::rounds][2];  // NOLINT(*-avoid-c-arrays): see above
    for (std::size_t round = 0; round < philox::rounds; ++round) {
        const RoundKey words = round_key(key, round);
        keys[round][0] = _mm512_set1_epi32(words[0]);
        keys[round][1] = _mm512_set1_epi32(words[1]);
    }
    for (std::size_t lane = 0; lane < philox::lanes; lane += 8) {
        __m512i c0 = _mm512_add_epi64(
            _mm512_set1_epi64(first[0]),
            _mm512_cvtepu32_epi64(
                _mm256_load_si256(reinterpret_cast<const __m256i*>(&offsets.of_lane[lane]))));
        __m512i c1 = _mm512_set1_epi32(bits_of(first[1]));
        __m512i c2 = _mm512_set1_epi32(bits_of(first[2]));
        __m512i c3 = _mm512_set1_epi32(bits_of(first[3]));
        for (const auto& round_keys : keys) {
            const __m512i left = _mm512_mul_epu32(c0, m0);
            const __m512i right = _mm512_mul_epu32(c2, m1);
            c0 =
                _mm512_xor_si512(_mm512_xor_si512(_mm512_srli_epi64(right, 32), c1), round_keys[0]);
            c2 = _mm512_xor_si512(_mm512_xor_si512(_mm512_srli_epi64(left, 32), c3), round_keys[1]);
            c1 = right;
            c3 = left;
        }
        const __m512i words[] = {c0, c1, c2, c3};  // NOLINT(*-avoid-c-arrays)
        for (std::size_t word = 0; word < 4; ++word) {
            _mm256_store_si256(reinterpret_cast<__m256i*>(&lanes.word[word][lane]),
                               _mm512_cvtepi64_epi32(words[word]));
        }
    }
}

#endif

void fill_plain(const philox::Block& first, const Offsets& offsets, std::uint64_t key,
                philox::Lanes& lanes) {
    for (std::size_t lane = 0; lane < philox::lanes; ++lane) {
        const philox::Block words =
            philox::block({first[0] + offsets.of_lane[lane], first[1], first[2], first[3]}, key);
        for (std::size_t word = 0; word < 4; ++word) {
            lanes.word[word][lane] = words[word];
        }
    }
}

}  // namespace

std::vector<BlockLanes> all_block_lanes() {
    std::vector<BlockLanes> all = {&fill_plain};
#if defined(__SSE4_1__)
    all.push_back(&fill_sse4);
    if (this_processor() >= Processor::avx2) {
        all.push_back(&fill_avx2);
    }
    if (this_processor() == Processor::avx512) {
        all.push_back(&fill_avx512);
    }
#endif
    return all;
}

philox::Lanes fast_block_lanes(const Place& first, const Offsets& offsets) noexcept {
    static const BlockLanes fill = all_block_lanes().back();
    philox::Lanes lanes;  // NOLINT(cppcoreguidelines-pro-type-member-init): filled right below
    fill(first.counter, offsets, first.key, lanes);
    return lanes;
}

}  // namespace monnto::reference
