#include "mask_bits.hpp"
#include "reference/operand.hpp"
#include "team.hpp"

#include <algorithm>

namespace monnto::cpu {
namespace {

constexpr std::ptrdiff_t word_bits = 64;

}  // namespace

MaskBits::MaskBits(const MaskInMemory& mask)
    : row_words_((mask.columns + word_bits - 1) / word_bits),
      words_(static_cast<std::size_t>(mask.rows * row_words_), 0) {
    in_parallel(mask.rows, word_bits, mask.rows * mask.columns,
                [&](std::ptrdiff_t first, std::ptrdiff_t last) { take_rows(mask, first, last); });
}

/// In squares of 64 elements: a line of memory that is read for one row is there for the next.
void MaskBits::take_rows(const MaskInMemory& mask, std::ptrdiff_t first, std::ptrdiff_t last) {
    reference::dispatch_by_size(mask.width, [&]<class T>() {
        const T* in = reinterpret_cast<const T*>(mask.from);
        for (std::ptrdiff_t word = 0; word < row_words_; ++word) {
            const std::ptrdiff_t columns = std::min(word_bits, mask.columns - word * word_bits);
            const T* at = in + word * word_bits * mask.column;
            for (std::ptrdiff_t row = first; row < last; ++row) {
                std::uint64_t bits = 0;
                for (std::ptrdiff_t k = 0; k < columns; ++k) {
                    const bool is_one = at[row * mask.row + k * mask.column] != 0;
                    bits |= static_cast<std::uint64_t>(is_one) << static_cast<std::uint64_t>(k);
                }
                words_[static_cast<std::size_t>(row * row_words_ + word)] = bits;
            }
        }
    });
}

std::shared_ptr<const MaskBits> MaskShelf::find(std::uint64_t number, const MaskInMemory& mask) {
    constexpr int few = 3;
    constexpr std::size_t most = 4;
    const auto known = std::ranges::find_if(entries_, [&](const Entry& each) {
        return each.number == number && each.is_turned == mask.is_turned;
    });
    if (known == entries_.end()) {
        entries_.push_front({number, mask.is_turned, 0, nullptr});
        entries_.resize(std::min(entries_.size(), most));
    } else {
        entries_.splice(entries_.begin(), entries_, known);
    }
    Entry& entry = entries_.front();
    if (entry.bits == nullptr && ++entry.asked >= few) {
        entry.bits = std::make_shared<MaskBits>(mask);
    }
    return entry.bits;
}

}  // namespace monnto::cpu
