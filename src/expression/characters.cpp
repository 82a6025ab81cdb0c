#include "characters.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace monnto::expression {
namespace {

struct Decoded {
    std::uint32_t code = 0;
    std::size_t size = 0;  // 0: not UTF-8
};

Decoded decode(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const std::uint32_t lead = byte(at);
    const std::size_t size = 2U + (lead >= 0xE0U ? 1U : 0U) + (lead >= 0xF0U ? 1U : 0U);
    if (lead < 0xC2U || lead > 0xF4U) {
        return {};
    }
    std::uint32_t code = lead & (0xFFU >> (size + 1U));
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(at + i) & 0xC0U) != 0x80U) {
            return {};
        }
        code = code << 6U | (byte(at + i) & 0x3FU);
    }
    return {code, size};
}

}  // namespace

std::size_t foreign_letter(std::string_view text, std::size_t at) {
    // Latin supplements, Greek, Cyrillic, kana and Chinese: what people name variables with.
    using Range = std::pair<std::uint32_t, std::uint32_t>;
    constexpr std::array<Range, 10> letters = {{{0xB5, 0xB5},
                                                {0xC0, 0xD6},
                                                {0xD8, 0xF6},
                                                {0xF8, 0x2C1},
                                                {0x370, 0x373},
                                                {0x386, 0x386},
                                                {0x388, 0x481},
                                                {0x48A, 0x52F},
                                                {0x3041, 0x3096},
                                                {0x4E00, 0x9FFF}}};
    const Decoded found = decode(text, at);
    const bool is_foreign_letter = std::any_of(letters.begin(), letters.end(), [&](Range range) {
        return found.code >= range.first && found.code <= range.second;
    });
    return is_foreign_letter ? found.size : 0;
}

std::size_t character_size(std::string_view text, std::size_t at) {
    return std::max<std::size_t>(1, decode(text, at).size);
}

}  // namespace monnto::expression
