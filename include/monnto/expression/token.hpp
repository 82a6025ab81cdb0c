#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace monnto::expression {

enum class TokenKind : std::uint8_t { end, name, keyword, integer, real, text, symbol };

/// A piece of source with its place in it. `text` is a view into the source, quotes included.
struct Token {
    TokenKind kind = TokenKind::end;
    std::size_t begin = 0;  // in bytes, from 0
    std::string_view text;

    [[nodiscard]] std::size_t end() const { return begin + text.size(); }
    /// True for the symbol or keyword `wanted`, never for a name or a quoted text.
    [[nodiscard]] bool is(std::string_view wanted) const {
        return (kind == TokenKind::symbol || kind == TokenKind::keyword) && text == wanted;
    }
};

}  // namespace monnto::expression
