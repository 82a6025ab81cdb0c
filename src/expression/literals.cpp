// The values of number and text tokens.
#include "characters.hpp"

#include <monnto/expression/lexer.hpp>
#include <monnto/expression/parser.hpp>

#include <algorithm>
#include <charconv>
#include <limits>

namespace monnto::expression {
namespace {

std::string without_underscores(std::string_view text) {
    std::string digits(text);
    std::erase(digits, '_');
    return digits;
}

int base_of(std::string_view digits) {
    switch (digits.size() > 1 ? digits[1] : '\0') {
        case 'x':
        case 'X':
            return 16;
        case 'o':
        case 'O':
            return 8;
        case 'b':
        case 'B':
            return 2;
        default:
            return 10;
    }
}

// from_chars says only "out of range"; whether that means huge or tiny follows from the power of
// ten of the first digit that is not zero.
double beyond_range(std::string_view digits) {
    const std::size_t letter = std::min(digits.find_first_of("eE"), digits.size());
    const std::string_view mantissa = digits.substr(0, letter);
    const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
    const std::size_t first = mantissa.find_first_not_of("0.");
    if (first == std::string_view::npos) {
        return 0.0;
    }
    std::string_view exponent_text = digits.substr(std::min(letter + 1, digits.size()));
    const bool is_negative = exponent_text.starts_with('-');
    if (is_negative || exponent_text.starts_with('+')) {
        exponent_text.remove_prefix(1);
    }
    // An exponent that does not fit is larger than any mantissa could balance.
    long long exponent = std::numeric_limits<int>::max();
    std::from_chars(exponent_text.data(), exponent_text.data() + exponent_text.size(), exponent);
    exponent = exponent_text.empty() ? 0 : is_negative ? -exponent : exponent;
    const auto magnitude = static_cast<long long>(point) - static_cast<long long>(first);
    return exponent + magnitude > 0 ? std::numeric_limits<double>::infinity() : 0.0;
}

}  // namespace

std::int64_t integer_value(std::string_view source, const Token& token) {
    const std::string digits = without_underscores(token.text);
    const int base = base_of(digits);
    const char* begin = digits.data() + (base == 10 ? 0 : 2);
    std::int64_t value = 0;
    const auto result = std::from_chars(begin, digits.data() + digits.size(), value, base);
    if (result.ec == std::errc::result_out_of_range) {
        throw NotInGrammar(std::string(source), token.begin,
                           "this number needs more than 64 bits; write it as a float (1e30)");
    }
    return value;
}

double real_value(const Token& token) {
    const std::string digits = without_underscores(token.text);
    double value = 0.0;
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return result.ec == std::errc::result_out_of_range ? beyond_range(digits) : value;
}

std::string text_value(std::string_view source, const Token& token) {
    const std::string_view inside = token.text.substr(1, token.text.size() - 2);
    std::string value;
    for (std::size_t i = 0; i < inside.size(); ++i) {
        if (inside[i] != '\\') {
            value += inside[i];
            continue;
        }
        switch (inside[++i]) {
            case '\\':
            case '\'':
            case '"':
                value += inside[i];
                break;
            case 'n':
                value += '\n';
                break;
            case 't':
                value += '\t';
                break;
            default:
                throw NotInGrammar(std::string(source), token.begin + i,
                                   R"(only \\, \', \", \n and \t are escapes here)");
        }
    }
    return value;
}

}  // namespace monnto::expression
