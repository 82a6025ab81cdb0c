#include "ascending.hpp"
#include "choice.hpp"

#include <bit>

namespace monnto {
namespace {

constexpr unsigned word_bits = 64;

/// Numbers that were drawn already.
class Drawn {
public:
    explicit Drawn(std::uint32_t count) : words_(scratch()) {
        words_.assign((std::size_t{count} + word_bits - 1) / word_bits, 0);
    }
    /// Whether the number is new.
    bool add(std::uint32_t number) noexcept {
        std::uint64_t& word = words_[number / word_bits];
        const std::uint64_t bit = std::uint64_t{1} << number % word_bits;
        const bool is_new = (word & bit) == 0;
        word |= bit;
        return is_new;
    }
    /// Appends all numbers below `count` that are in, or those that are not.
    void list(bool are_in, std::uint32_t count, std::vector<std::uint32_t>& numbers) const {
        for (std::size_t w = 0; w < words_.size(); ++w) {
            std::uint64_t word = are_in ? words_[w] : ~words_[w];
            for (; word != 0; word &= word - 1) {
                const auto number = static_cast<std::uint32_t>(w * word_bits) +
                                    static_cast<std::uint32_t>(std::countr_zero(word));
                if (number < count) {
                    numbers.push_back(number);
                }
            }
        }
    }

private:
    static std::vector<std::uint64_t>& scratch() {
        static thread_local std::vector<std::uint64_t> words;
        return words;
    }
    std::vector<std::uint64_t>& words_;
};

// Numbers were drawn as if `left_out` did not exist: those behind it move up.
void make_room(std::int64_t left_out, std::vector<std::uint32_t>& chosen) {
    if (left_out < 0) {
        return;
    }
    for (std::uint32_t& number : chosen) {
        number += number >= left_out ? 1U : 0U;
    }
}

}  // namespace

void choose_repeatedly(LineStream& stream, std::uint32_t k, std::uint32_t count,
                       std::int64_t left_out, std::vector<std::uint32_t>& chosen) {
    const std::uint32_t candidates = count - (left_out >= 0 ? 1U : 0U);
    chosen.resize(k);
    for (std::uint32_t& number : chosen) {
        number = stream.below(candidates);
    }
    make_ascending(chosen, candidates);
    make_room(left_out, chosen);
}

void choose_distinct(LineStream& stream, std::uint32_t k, std::uint32_t count,
                     std::int64_t left_out, std::vector<std::uint32_t>& chosen) {
    const std::uint32_t candidates = count - (left_out >= 0 ? 1U : 0U);
    chosen.clear();
    // More than half: those that are left out are fewer.
    const bool draws_chosen = k <= candidates / 2;
    const std::uint32_t wanted = draws_chosen ? k : candidates - k;
    Drawn drawn(candidates);
    for (std::uint32_t found = 0; found < wanted;) {
        if (drawn.add(stream.below(candidates))) {
            ++found;
        }
    }
    drawn.list(draws_chosen, candidates, chosen);
    make_room(left_out, chosen);
}

}  // namespace monnto
