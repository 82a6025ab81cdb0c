#pragma once

#include "random.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

/// Draws of some elements only, which have the numbers that they would have among all others.
namespace monnto::reference {

/// Collects elements until their blocks fill the lanes of one call. N elements make a chunk;
/// `fill(chunk, values)` is what draws one.
template <std::size_t N, class T, class F>
class KeptDraws {
public:
    KeptDraws(const RandomPosition& position, T* out, F fill)
        : position_(position), out_(out), fill_(fill) {}

    void add(std::uint64_t element) {
        const std::uint64_t block = element / N * philox::lanes + element % philox::lanes;
        if (size_ == philox::lanes || (size_ > 0 && block >> 32U != first_block_ >> 32U)) {
            flush();
        }
        if (size_ == 0) {
            first_block_ = block;
        }
        elements_[size_] = element;
        offsets_.of_lane[size_] = static_cast<std::uint32_t>(block - first_block_);
        ++size_;
    }
    void flush() {
        std::array<T, N> values{};
        fill_(fast_block_lanes(place_of(position_, first_block_), offsets_), values.data());
        for (std::size_t lane = 0; lane < size_; ++lane) {
            const std::size_t word = elements_[lane] % N / philox::lanes;
            out_[elements_[lane]] = values[word * philox::lanes + lane];
        }
        size_ = 0;
    }

private:
    RandomPosition position_;
    T* out_;
    F fill_;
    std::size_t size_ = 0;
    std::array<std::uint64_t, philox::lanes> elements_{};
    std::uint64_t first_block_ = 0;
    Offsets offsets_{};
};

/// Truth values of up to 64 elements as bytes of words, so that absent ones are skipped quickly.
class MaskBytes {
public:
    MaskBytes(const bool* mask, std::size_t count) { std::memcpy(words_.data(), mask, count); }

    [[nodiscard]] std::size_t count() const noexcept {
        std::size_t all = 0;
        for (const std::uint64_t word : words_) {
            all += static_cast<std::size_t>(std::popcount(word));
        }
        return all;
    }
    /// Calls `f(i)` for every true one, ascending. The first byte of a word is its lowest.
    template <class F>
    void for_each(F f) const {
        static_assert(std::endian::native == std::endian::little);
        for (std::size_t i = 0; i < words_.size(); ++i) {
            for (std::uint64_t rest = words_[i]; rest != 0; rest &= rest - 1) {
                f(8 * i + static_cast<std::size_t>(std::countr_zero(rest)) / 8);
            }
        }
    }

private:
    std::array<std::uint64_t, 8> words_{};
};

/// `kept_from(first)` points to the flags of a chunk's elements.
template <std::size_t N, class T, class F, class Kept>
void fill_kept(const RandomPosition& position, std::uint64_t count, T* out, F fill,
               Kept kept_from) {
    // From here on, a chunk costs less than its kept elements on their own.
    constexpr std::size_t many = N / 16;
    std::fill_n(out, count, T{});
    KeptDraws<N, T, F> single(position, out, fill);
    for (std::uint64_t first = 0; first < count; first += N) {
        const std::size_t existing = std::min<std::uint64_t>(N, count - first);
        const MaskBytes mask(kept_from(first), existing);
        const std::size_t kept = mask.count();
        if (kept >= many) {
            std::array<T, N> values{};
            fill(chunk_of(position, first / N), values.data());
            mask.for_each([&](std::size_t i) { out[first + i] = values[i]; });
        } else if (kept != 0) {
            mask.for_each([&](std::size_t i) { single.add(first + i); });
        }
    }
    single.flush();
}

}  // namespace monnto::reference
