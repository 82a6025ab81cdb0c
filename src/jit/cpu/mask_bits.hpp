#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <span>
#include <vector>

namespace monnto::cpu {

/// A mask in memory: bytes of an element, and elements from one to the next.
struct MaskInMemory {
    const std::byte* from;
    std::size_t width;
    std::ptrdiff_t rows, columns;
    std::ptrdiff_t row, column;
    bool is_turned;  // rows of the kernel's space are columns of the matrix
};

/// A mask of zeros and ones, a bit an element and row by row: what waiting updates read of it. A
/// copy, so that the matrix may be written over meanwhile.
class MaskBits {
public:
    explicit MaskBits(const MaskInMemory& mask);

    /// Elements of a row at these columns, as `one` or 0.
    template <class T>
    void pick(std::ptrdiff_t row, std::span<const std::int32_t> columns, T one, T* to) const {
        const std::uint64_t* words = words_.data() + row * row_words_;
        for (const std::int32_t column : columns) {
            const auto at = static_cast<std::uint32_t>(column);
            const std::uint64_t bit = words[at / 64] >> (at % 64) & 1U;
            *to++ = bit != 0 ? one : T{0};
        }
    }

private:
    void take_rows(const MaskInMemory& mask, std::ptrdiff_t first, std::ptrdiff_t last);

    std::ptrdiff_t row_words_;
    std::vector<std::uint64_t> words_;
};

/// The masks that updates read again and again.
class MaskShelf {
public:
    /// The bits of the mask of that number (Facts::mask); null until it was asked for a few times,
    /// because a mask that is new each time is not worth copying.
    [[nodiscard]] std::shared_ptr<const MaskBits> find(std::uint64_t number,
                                                       const MaskInMemory& mask);

private:
    struct Entry {
        std::uint64_t number = 0;
        bool is_turned = false;
        int asked = 0;
        std::shared_ptr<const MaskBits> bits;
    };
    std::list<Entry> entries_;  // those asked for last come first
};

}  // namespace monnto::cpu
