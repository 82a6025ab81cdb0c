#include "ascending.hpp"

#include <algorithm>
#include <array>

namespace monnto {
namespace {

constexpr unsigned digit_bits = 8;
constexpr std::size_t digits = std::size_t{1} << digit_bits;

void sort_by_digit(const std::vector<std::uint32_t>& from, std::vector<std::uint32_t>& to,
                   unsigned shift) {
    std::array<std::uint32_t, digits> place{};
    for (const std::uint32_t number : from) {
        ++place[(number >> shift) % digits];
    }
    std::uint32_t sum = 0;
    for (std::uint32_t& count : place) {
        const std::uint32_t here = count;
        count = sum;
        sum += here;
    }
    for (const std::uint32_t number : from) {
        to[place[(number >> shift) % digits]++] = number;
    }
}

}  // namespace

void make_ascending(std::vector<std::uint32_t>& numbers, std::uint32_t bound) {
    // Below about a hundred numbers the counters of a digit cost more than comparing.
    if (numbers.size() < 100 || numbers.size() > 0xFFFFFFFFU) {
        std::sort(numbers.begin(), numbers.end());
        return;
    }
    static thread_local std::vector<std::uint32_t> other;
    other.resize(numbers.size());
    for (unsigned shift = 0; shift < 32 && (bound - 1) >> shift != 0; shift += digit_bits) {
        sort_by_digit(numbers, other, shift);
        numbers.swap(other);
    }
}

}  // namespace monnto
