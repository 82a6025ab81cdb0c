#include "random.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// Written with intrinsics because GCC 12 does not find the vector form of a product of 32-bit words
// whose halves are both wanted, and computes one lane at a time.
#pragma GCC diagnostic ignored \
    "-Wuninitialized"  // a false alarm inside GCC 12's own avx512fintrin.h
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"

namespace monnto::reference {
namespace {

void fill_plain(const philox::Block& counter, std::uint64_t key, philox::Lanes& lanes) {
    lanes = philox::block_lanes(counter, key);
}

#if defined(__x86_64__)

[[gnu::target("avx2")]] void fill_avx2(const philox::Block& counter, std::uint64_t key,
                                       philox::Lanes& lanes) {
    const __m256i m0 = _mm256_set1_epi32(static_cast<int>(philox::multiplier_0));
    const __m256i m1 = _mm256_set1_epi32(static_cast<int>(philox::multiplier_1));
    for (int group = 0; group < 2; ++group) {
        __m256i c0 = _mm256_add_epi32(_mm256_set1_epi32(static_cast<int>(counter[0]) + 8 * group),
                                      _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
        __m256i c1 = _mm256_set1_epi32(static_cast<int>(counter[1]));
        __m256i c2 = _mm256_set1_epi32(static_cast<int>(counter[2]));
        __m256i c3 = _mm256_set1_epi32(static_cast<int>(counter[3]));
        auto key_0 = static_cast<std::uint32_t>(key);
        auto key_1 = static_cast<std::uint32_t>(key >> 32U);
        for (int round = 0; round < philox::rounds; ++round) {
            // Products of the even and of the odd lanes, then their halves put side by side.
            const __m256i even_0 = _mm256_mul_epu32(c0, m0);
            const __m256i odd_0 = _mm256_mul_epu32(_mm256_srli_epi64(c0, 32), m0);
            const __m256i even_1 = _mm256_mul_epu32(c2, m1);
            const __m256i odd_1 = _mm256_mul_epu32(_mm256_srli_epi64(c2, 32), m1);
            const __m256i high_0 = _mm256_blend_epi32(_mm256_srli_epi64(even_0, 32), odd_0, 0xaa);
            const __m256i high_1 = _mm256_blend_epi32(_mm256_srli_epi64(even_1, 32), odd_1, 0xaa);
            c0 = _mm256_xor_si256(_mm256_xor_si256(high_1, c1),
                                  _mm256_set1_epi32(static_cast<int>(key_0)));
            c2 = _mm256_xor_si256(_mm256_xor_si256(high_0, c3),
                                  _mm256_set1_epi32(static_cast<int>(key_1)));
            c1 = _mm256_blend_epi32(even_1, _mm256_slli_epi64(odd_1, 32), 0xaa);
            c3 = _mm256_blend_epi32(even_0, _mm256_slli_epi64(odd_0, 32), 0xaa);
            key_0 += philox::key_step_0;
            key_1 += philox::key_step_1;
        }
        const __m256i words[] = {c0, c1, c2, c3};
        for (std::size_t word = 0; word < 4; ++word) {
            _mm256_store_si256(
                reinterpret_cast<__m256i*>(&lanes.word[word][static_cast<std::size_t>(8 * group)]),
                words[word]);
        }
    }
}

[[gnu::target("avx512f")]] void fill_avx512(const philox::Block& counter, std::uint64_t key,
                                            philox::Lanes& lanes) {
    constexpr __mmask16 odd_lanes = 0xaaaa;
    const __m512i m0 = _mm512_set1_epi32(static_cast<int>(philox::multiplier_0));
    const __m512i m1 = _mm512_set1_epi32(static_cast<int>(philox::multiplier_1));
    __m512i c0 =
        _mm512_add_epi32(_mm512_set1_epi32(static_cast<int>(counter[0])),
                         _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
    __m512i c1 = _mm512_set1_epi32(static_cast<int>(counter[1]));
    __m512i c2 = _mm512_set1_epi32(static_cast<int>(counter[2]));
    __m512i c3 = _mm512_set1_epi32(static_cast<int>(counter[3]));
    auto key_0 = static_cast<std::uint32_t>(key);
    auto key_1 = static_cast<std::uint32_t>(key >> 32U);
    for (int round = 0; round < philox::rounds; ++round) {
        const __m512i even_0 = _mm512_mul_epu32(c0, m0);
        const __m512i odd_0 = _mm512_mul_epu32(_mm512_srli_epi64(c0, 32), m0);
        const __m512i even_1 = _mm512_mul_epu32(c2, m1);
        const __m512i odd_1 = _mm512_mul_epu32(_mm512_srli_epi64(c2, 32), m1);
        const __m512i high_0 =
            _mm512_mask_blend_epi32(odd_lanes, _mm512_srli_epi64(even_0, 32), odd_0);
        const __m512i high_1 =
            _mm512_mask_blend_epi32(odd_lanes, _mm512_srli_epi64(even_1, 32), odd_1);
        c0 = _mm512_xor_si512(_mm512_xor_si512(high_1, c1),
                              _mm512_set1_epi32(static_cast<int>(key_0)));
        c2 = _mm512_xor_si512(_mm512_xor_si512(high_0, c3),
                              _mm512_set1_epi32(static_cast<int>(key_1)));
        c1 = _mm512_mask_blend_epi32(odd_lanes, even_1, _mm512_slli_epi64(odd_1, 32));
        c3 = _mm512_mask_blend_epi32(odd_lanes, even_0, _mm512_slli_epi64(odd_0, 32));
        key_0 += philox::key_step_0;
        key_1 += philox::key_step_1;
    }
    _mm512_store_si512(lanes.word[0].data(), c0);
    _mm512_store_si512(lanes.word[1].data(), c1);
    _mm512_store_si512(lanes.word[2].data(), c2);
    _mm512_store_si512(lanes.word[3].data(), c3);
}

#endif

}  // namespace

std::vector<BlockLanes> all_block_lanes() {
    std::vector<BlockLanes> all = {&fill_plain};
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) {
        all.push_back(&fill_avx2);
    }
    if (__builtin_cpu_supports("avx512f")) {
        all.push_back(&fill_avx512);
    }
#endif
    return all;
}

philox::Lanes fast_block_lanes(const philox::Block& counter, std::uint64_t key) noexcept {
    static const BlockLanes fill = all_block_lanes().back();
    philox::Lanes lanes;
    fill(counter, key, lanes);
    return lanes;
}

}  // namespace monnto::reference
