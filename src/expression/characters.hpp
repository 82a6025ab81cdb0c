#pragma once

#include <cstddef>
#include <string_view>

// ASCII only and free of locales: the same text must parse alike on every machine.
namespace monnto::expression {

[[nodiscard]] constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
[[nodiscard]] constexpr bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}
[[nodiscard]] constexpr bool is_word(char c) {
    return is_letter(c) || is_digit(c);
}

/// `text` without blanks at either end.
[[nodiscard]] constexpr std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && is_blank(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

/// Length in bytes of the letter of another script (Greek tau in a formula) that begins at `at`, or
/// 0 where there is none. Signs that only look like ASCII ones (a typographic minus) are no
/// letters.
[[nodiscard]] std::size_t foreign_letter(std::string_view text, std::size_t at);

/// Length in bytes of the whole character at `at`, for quoting it in a message.
[[nodiscard]] std::size_t character_size(std::string_view text, std::size_t at);

}  // namespace monnto::expression
