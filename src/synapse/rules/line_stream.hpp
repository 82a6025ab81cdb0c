#pragma once

#include <monnto/array/random_key.hpp>
#include <monnto/base/philox.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace monnto {

/// The key of a rule's numbers: a function of its position, apart from those of arrays drawn there.
[[nodiscard]] inline std::uint64_t rule_key(const RandomPosition& position) noexcept {
    const philox::Block words =
        philox::block({0x52554C45U, position.ordinal, static_cast<std::uint32_t>(position.step),
                       static_cast<std::uint32_t>(position.step >> 32U)},
                      position.key);
    return words[0] | std::uint64_t{words[1]} << 32U;
}

/// The random numbers of one row (or column) of connections, one after the other.
class LineStream {
public:
    /// `purpose` keeps apart what a rule draws for a line in several rounds.
    LineStream(std::uint64_t key, std::uint64_t line, std::uint32_t purpose = 0) noexcept
        : key_(key),
          counter_{0, static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(line >> 32U),
                   purpose} {}

    [[nodiscard]] std::uint32_t word() noexcept {
        if (next_ == words_.size()) {
            refill();
        }
        return words_[next_++];
    }
    [[nodiscard]] std::uint64_t long_word() noexcept {
        const std::uint64_t low = word();
        return low | std::uint64_t{word()} << 32U;
    }
    /// A whole number in [0, count), each equally likely. D. Lemire, ACM Trans. Model. Comput.
    /// Simul. 29 (2019), doi 10.1145/3230636.
    [[nodiscard]] std::uint32_t below(std::uint32_t count) noexcept {
        std::uint64_t product = std::uint64_t{word()} * count;
        if (static_cast<std::uint32_t>(product) < count) {
            const std::uint32_t refused = (0U - count) % count;
            while (static_cast<std::uint32_t>(product) < refused) {
                product = std::uint64_t{word()} * count;
            }
        }
        return static_cast<std::uint32_t>(product >> 32U);
    }
    /// In [0, count) for counts beyond 32 bits; the bias is below count / 2^64.
    [[nodiscard]] std::uint64_t below_long(std::uint64_t count) noexcept {
        __extension__ using Wide = unsigned __int128;
        return static_cast<std::uint64_t>(static_cast<Wide>(long_word()) * count >> 64U);
    }
    /// In [0, 1), a multiple of 2^-53.
    [[nodiscard]] double uniform() noexcept {
        return static_cast<double>(long_word() >> 11U) * 0x1p-53;
    }
    /// In (0, 1].
    [[nodiscard]] double positive_uniform() noexcept {
        return static_cast<double>((long_word() >> 11U) + 1) * 0x1p-53;
    }

private:
    // Four blocks at a time: their rounds do not wait for each other.
    static constexpr std::size_t blocks = 4;

    void refill() noexcept {
        for (std::size_t b = 0; b < blocks; ++b) {
            const philox::Block made = philox::block({counter_[0] + static_cast<std::uint32_t>(b),
                                                      counter_[1], counter_[2], counter_[3]},
                                                     key_);
            for (std::size_t w = 0; w < made.size(); ++w) {
                words_[b * made.size() + w] = made[w];
            }
        }
        counter_[0] += blocks;
        next_ = 0;
    }

    std::uint64_t key_;
    philox::Block counter_;
    std::array<std::uint32_t, blocks * 4> words_{};
    std::size_t next_ = blocks * 4;
};

}  // namespace monnto
