#include "count.hpp"
#include "processor.hpp"

#include <monnto/array/executor.hpp>
#include <monnto/array/parallel.hpp>

#include <algorithm>
#include <array>
#include <type_traits>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace monnto::sparse {
namespace {

constexpr std::size_t together = 8;  // rows that are added at a time
constexpr std::size_t planes = 8;    // counts below 256
constexpr std::size_t most_in_bytes = 255;
constexpr std::size_t most_counted = 4095;  // the sums of so many are made for every delivery
constexpr std::ptrdiff_t words_per_vector = 8;

using Word = std::uint64_t;
using Rows = std::array<const Word*, together>;
using Planes = std::array<Word*, planes>;  // bit p of each target's count

/// Three bits of one weight are one of that weight (`low`) and one of the next.
[[gnu::always_inline]] inline Word carry_save(Word& low, Word b, Word c) {
    const Word u = low ^ b;
    const Word high = (low & b) | (u & c);
    low = u ^ c;
    return high;
}

/// Eight rows into counters whose bits lie in planes, 64 targets per word: W. D. Harley and R. Seal
/// in H. S. Warren, Hacker's Delight (2013), chapter 5.
[[gnu::always_inline]] inline void add_rows(const Rows& rows, const Planes& plane,
                                            std::ptrdiff_t count) {
    Word* ones = plane[0];
    Word* twos = plane[1];
    Word* fours = plane[2];
    for (std::ptrdiff_t i = 0; i < count; ++i) {
        Word one = ones[i];
        Word two = twos[i];
        Word four = fours[i];
        const Word two_a = carry_save(one, rows[0][i], rows[1][i]);
        const Word two_b = carry_save(one, rows[2][i], rows[3][i]);
        const Word four_a = carry_save(two, two_a, two_b);
        const Word two_c = carry_save(one, rows[4][i], rows[5][i]);
        const Word two_d = carry_save(one, rows[6][i], rows[7][i]);
        const Word four_b = carry_save(two, two_c, two_d);
        Word carry = carry_save(four, four_a, four_b);
        ones[i] = one;
        twos[i] = two;
        fours[i] = four;
        for (std::size_t p = 3; p < planes; ++p) {
            const Word next = plane[p][i] & carry;
            plane[p][i] ^= carry;
            carry = next;
        }
    }
}

/// Counts of 64 targets per word as bytes.
void unpack_plain(const Planes& plane, std::ptrdiff_t count, std::uint8_t* out) {
    for (std::ptrdiff_t i = 0; i < count; ++i) {
        for (unsigned byte = 0; byte < 8; ++byte) {
            Word total = 0;
            for (std::size_t p = 0; p < planes; ++p) {
                const Word bits = (plane[p][i] >> (8 * byte)) & 0xFFU;
                // Byte k of the product keeps bit k, then becomes 0 or 1.
                const Word apart = (bits * 0x0101010101010101U) & 0x8040201008040201U;
                total += (((apart + 0x7F7F7F7F7F7F7F7FU) >> 7U) & 0x0101010101010101U) << p;
            }
            for (unsigned k = 0; k < 8; ++k) {
                *out++ = static_cast<std::uint8_t>(total >> (8 * k));
            }
        }
    }
}

void add_rows_plain(const Rows& rows, const Planes& plane, std::ptrdiff_t count) {
    add_rows(rows, plane, count);
}

#if defined(__x86_64__)
#define MONNTO_AVX512 gnu::target("avx512f,avx512bw,avx512vl,avx512dq")

[[MONNTO_AVX512]] inline __m512i load(const Word* from) noexcept {
    return _mm512_loadu_si512(from);
}
[[MONNTO_AVX512]] inline __m512i carry_save(__m512i& low, __m512i b, __m512i c) noexcept {
    const __m512i high = _mm512_ternarylogic_epi64(low, b, c, 0xE8);  // majority
    low = _mm512_ternarylogic_epi64(low, b, c, 0x96);                 // parity
    return high;
}

[[MONNTO_AVX512]] void add_rows_avx512(const Rows& rows, const Planes& plane,
                                       std::ptrdiff_t count) {
    for (std::ptrdiff_t i = 0; i < count; i += words_per_vector) {
        __m512i one = load(plane[0] + i);
        __m512i two = load(plane[1] + i);
        __m512i four = load(plane[2] + i);
        const __m512i two_a = carry_save(one, load(rows[0] + i), load(rows[1] + i));
        const __m512i two_b = carry_save(one, load(rows[2] + i), load(rows[3] + i));
        const __m512i four_a = carry_save(two, two_a, two_b);
        const __m512i two_c = carry_save(one, load(rows[4] + i), load(rows[5] + i));
        const __m512i two_d = carry_save(one, load(rows[6] + i), load(rows[7] + i));
        const __m512i four_b = carry_save(two, two_c, two_d);
        __m512i carry = carry_save(four, four_a, four_b);
        _mm512_storeu_si512(plane[0] + i, one);
        _mm512_storeu_si512(plane[1] + i, two);
        _mm512_storeu_si512(plane[2] + i, four);
        for (std::size_t p = 3; p < planes; ++p) {
            const __m512i old = load(plane[p] + i);
            _mm512_storeu_si512(plane[p] + i, _mm512_xor_si512(old, carry));
            carry = _mm512_and_si512(old, carry);
        }
    }
}

[[MONNTO_AVX512]] void unpack_avx512(const Planes& plane, std::ptrdiff_t count, std::uint8_t* out) {
    for (std::ptrdiff_t i = 0; i < count; ++i, out += 64) {
        __m512i total = _mm512_setzero_si512();
        for (std::size_t p = 0; p < planes; ++p) {
            const __m512i bit = _mm512_maskz_set1_epi8(plane[p][i], static_cast<char>(1U << p));
            total = _mm512_or_si512(total, bit);
        }
        _mm512_storeu_si512(out, total);
    }
}
/// Sums by count, 16 targets at a time: counts below 32 are looked up in registers.
[[MONNTO_AVX512]] void look_up_avx512(const std::uint8_t* counts, const float* sums,
                                      std::ptrdiff_t count, float* out) {
    const __m512 low = _mm512_loadu_ps(sums);
    const __m512 high = _mm512_loadu_ps(sums + 16);
    std::ptrdiff_t i = 0;
    for (; i + 16 <= count; i += 16) {
        // Masked forms, because GCC 12 warns of the plain ones, which begin with undefined vectors.
        const __m512i at = _mm512_maskz_cvtepu8_epi32(
            0xFFFF, _mm_loadu_si128(reinterpret_cast<const __m128i*>(counts + i)));
        __m512 found = _mm512_permutex2var_ps(low, at, high);
        if (_mm512_cmpge_epu32_mask(at, _mm512_set1_epi32(32)) != 0) {
            found = _mm512_mask_i32gather_ps(found, 0xFFFF, at, sums, 4);
        }
        _mm512_storeu_ps(out + i, found);
    }
    for (; i < count; ++i) {
        out[i] = sums[counts[i]];
    }
}
#endif

template <class T>
void look_up(const std::uint16_t* counts, const T* sums, std::ptrdiff_t count, T* out) {
    for (std::ptrdiff_t i = 0; i < count; ++i) {
        out[i] = sums[counts[i]];
    }
}

template <class T>
void look_up(const std::uint8_t* counts, const T* sums, std::ptrdiff_t count, T* out) {
#if defined(__x86_64__)
    if constexpr (std::is_same_v<T, float>) {
        if (this_processor() == Processor::avx512) {
            look_up_avx512(counts, sums, count, out);
            return;
        }
    }
#endif
    for (std::ptrdiff_t i = 0; i < count; ++i) {
        out[i] = sums[counts[i]];
    }
}

struct Loops {
    void (*add_rows)(const Rows&, const Planes&, std::ptrdiff_t) = &add_rows_plain;
    void (*unpack)(const Planes&, std::ptrdiff_t, std::uint8_t*) = &unpack_plain;
};

[[nodiscard]] const Loops& loops() {
    static const Loops made = [] {
        Loops best;
#if defined(__x86_64__)
        if (this_processor() == Processor::avx512) {
            best = {&add_rows_avx512, &unpack_avx512};
        }
#endif
        return best;
    }();
    return made;
}

/// Counts for words [first, last) of the targets.
class Counter {
public:
    /// `bits` are the pattern's, asked for outside of the team: who asks takes the engine's lock.
    Counter(const Pattern& pattern, const Pattern::Bits& bits, std::ptrdiff_t first,
            std::ptrdiff_t last)
        : pattern_(pattern), bits_(bits), first_(first), last_(last) {
        const auto count = static_cast<std::size_t>(last - first);
        memory_.assign((planes + 1) * count, 0);  // and a row of nothing
        for (std::size_t p = 0; p < planes; ++p) {
            plane_[p] = memory_.data() + p * count;
        }
        counts_.resize(count * 64);
    }

    /// Calls `use(counts)` with one count per target from the first word's first on: of 8 bits
    /// where they do, else of 16.
    template <class F>
    void run(std::span<const std::int32_t> sources, const F& use) {
        const std::size_t batch = most_in_bytes / static_cast<std::size_t>(bits_.most);
        if (sources.size() <= batch) {
            count(sources);
            use(counts_.data());
            return;
        }
        totals_.assign(counts_.size(), 0);
        for (; !sources.empty(); sources = sources.subspan(std::min(batch, sources.size()))) {
            std::ranges::fill(memory_, Word{0});
            count(sources.first(std::min(batch, sources.size())));
            for (std::size_t i = 0; i < counts_.size(); ++i) {
                totals_[i] = static_cast<std::uint16_t>(totals_[i] + counts_[i]);
            }
        }
        use(totals_.data());
    }

private:
    /// Of sources so few that counts are below 256.
    void count(std::span<const std::int32_t> sources) {
        sources_ = sources;
        add_bits();
        loops().unpack(plane_, last_ - first_, counts_.data());
        const auto begin = static_cast<std::uint32_t>(first_ * 64);
        const auto end = static_cast<std::uint32_t>(last_ * 64);
        for (const std::int32_t source : sources_) {
            const auto at = static_cast<std::size_t>(source);
            const std::uint32_t* extras = bits_.extras.data();
            count_list(extras + bits_.extra_starts[at], extras + bits_.extra_starts[at + 1], begin,
                       end);
            if (bits_.row_of[at] < 0) {
                const Pattern::Range row = pattern_.row(source);
                pattern_.with_targets([&](const auto* targets) {
                    count_list(targets + row.first, targets + row.last, begin, end);
                });
            }
        }
    }

    void add_bits() {
        const Word* all = reinterpret_cast<const Word*>(bits_.rows->data());
        const Word* nothing = memory_.data() + planes * static_cast<std::size_t>(last_ - first_);
        Rows rows{};
        std::size_t filled = 0;
        const auto flush = [&] {
            std::fill(rows.begin() + static_cast<std::ptrdiff_t>(filled), rows.end(), nothing);
            loops().add_rows(rows, plane_, last_ - first_);
            filled = 0;
        };
        for (const std::int32_t source : sources_) {
            const std::int32_t row = bits_.row_of[static_cast<std::size_t>(source)];
            if (row >= 0) {
                rows[filled++] = all + row * bits_.words + first_;
            }
            if (filled == together) {
                flush();
            }
        }
        if (filled > 0) {
            flush();
        }
    }

    template <class Index>
    void count_list(const Index* from, const Index* to, std::uint32_t begin, std::uint32_t end) {
        const Index* each = begin == 0 ? from : std::lower_bound(from, to, begin);
        for (; each != to && *each < end; ++each) {
            ++counts_[*each - begin];
        }
    }

    const Pattern& pattern_;
    const Pattern::Bits& bits_;
    std::span<const std::int32_t> sources_;
    std::ptrdiff_t first_, last_;
    std::vector<Word> memory_;
    Planes plane_{};
    std::vector<std::uint8_t> counts_;
    std::vector<std::uint16_t> totals_;
};

}  // namespace

bool can_count(const Pattern& pattern, std::size_t events, std::int64_t synapses) {
    constexpr std::int64_t fewest = 4096;  // synapses: below, they are added before counts are
    constexpr std::int64_t sparsest = 64;  // targets per synapse, over all rows that spike
    if (pattern.delay_count() > 1 || pattern.pages() > 1 || events > most_counted ||
        synapses < fewest ||
        synapses * sparsest < pattern.targets() * static_cast<std::int64_t>(events)) {
        return false;
    }
    return events * static_cast<std::size_t>(pattern.bits().most) <= most_counted;
}

template <class T>
void add_counted(const Pattern& pattern, std::span<const std::int32_t> sources, T value, T* out) {
    static thread_local std::vector<T> table;
    const Pattern::Bits& bits = pattern.bits();
    std::vector<T>& sums = table;
    sums.assign(std::max(most_in_bytes, sources.size() * static_cast<std::size_t>(bits.most)) + 1,
                T(0));
    for (std::size_t k = 1; k < sums.size(); ++k) {
        sums[k] = sums[k - 1] + value;
    }
    const auto work =
        static_cast<std::ptrdiff_t>(sources.size()) * bits.words * 4 + pattern.targets() * 4;
    const std::ptrdiff_t vectors = bits.words / words_per_vector;
    // Each thread an equal share, or all of it: pieces repeat the walk over the sources.
    const std::ptrdiff_t parts = work < 60'000 ? 1 : std::min<std::ptrdiff_t>(threads(), vectors);
    in_parallel(parts, 1, work * 8, [&](std::ptrdiff_t from, std::ptrdiff_t to) {
        const std::ptrdiff_t first = vectors * from / parts * words_per_vector;
        const std::ptrdiff_t last = vectors * to / parts * words_per_vector;
        Counter counter(pattern, bits, first, last);
        counter.run(sources, [&](const auto* counts) {
            const std::ptrdiff_t end = std::min(last * 64, pattern.targets());
            look_up(counts, sums.data(), end - first * 64, out + first * 64);
        });
    });
}

template void add_counted(const Pattern&, std::span<const std::int32_t>, float, float*);
template void add_counted(const Pattern&, std::span<const std::int32_t>, double, double*);

}  // namespace monnto::sparse
