#include <monnto/expression/lexer.hpp>

#include "characters.hpp"

#include <monnto/expression/parser.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace monnto::expression {
namespace {

// Every reserved word of Python, so that no name of a model is one that Python cannot say.
constexpr std::array<std::string_view, 35> keywords = {
    "False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
    "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
    "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
    "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield"};

// Longest first: `**` must not be read as two `*`.
constexpr std::array<std::string_view, 39> symbols = {
    "...", "**", "//", "<<", ">>", "<=", ">=", "==", "!=", ":=", "+=", "-=", "*=",
    "/=",  "->", "&&", "||", "+",  "-",  "*",  "/",  "%",  "@",  "&",  "|",  "^",
    "~",   "<",  ">",  "(",  ")",  "[",  "]",  "{",  "}",  ",",  ":",  ".",  "="};

class Lexer {
public:
    explicit Lexer(std::string_view source) : source_(source) {}

    std::vector<Token> all() {
        for (skip_blanks(); at_ < source_.size(); skip_blanks()) {
            next();
        }
        tokens_.push_back({TokenKind::end, source_.size(), source_.substr(source_.size())});
        return std::move(tokens_);
    }

private:
    [[nodiscard]] char peek(std::size_t ahead = 0) const {
        return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
    }
    [[noreturn]] void fail(std::string_view problem) const {
        throw ParseError(std::string(source_), at_, problem);
    }
    void skip_blanks() {
        while (at_ < source_.size() && is_blank(source_[at_])) {
            ++at_;
        }
    }
    void push(TokenKind kind, std::size_t size) {
        tokens_.push_back({kind, at_, source_.substr(at_, size)});
        at_ += size;
    }

    void next() {
        if (is_digit(peek()) || (peek() == '.' && is_digit(peek(1)))) {
            number();
        } else if (word_size(at_) > 0) {
            word();
        } else if (peek() == '\'' || peek() == '"') {
            text();
        } else {
            sign();
        }
    }

    // The length of the longest name that begins at `at`.
    [[nodiscard]] std::size_t word_size(std::size_t at) const {
        std::size_t size = 0;
        while (at + size < source_.size()) {
            const char c = source_[at + size];
            const bool is_ours = size == 0 ? is_letter(c) : is_word(c);
            const std::size_t step = is_ours ? 1 : foreign_letter(source_, at + size);
            if (step == 0) {
                break;
            }
            size += step;
        }
        return size;
    }

    void word() {
        const std::size_t size = word_size(at_);
        const std::string_view word = source_.substr(at_, size);
        const bool is_keyword = std::find(keywords.begin(), keywords.end(), word) != keywords.end();
        push(is_keyword ? TokenKind::keyword : TokenKind::name, size);
    }

    void sign() {
        const std::string_view rest = source_.substr(at_);
        for (const std::string_view symbol : symbols) {
            if (rest.starts_with(symbol)) {
                push(TokenKind::symbol, symbol.size());
                return;
            }
        }
        if (rest.front() == '#') {
            fail("'#' belongs to a gene, as in [0.5#key], which has no value here");
        }
        if (static_cast<unsigned char>(rest.front()) < 0x20U) {
            fail("a control character is no part of an expression");
        }
        fail(fmt::format("'{}' is no part of an expression",
                         rest.substr(0, character_size(source_, at_))));
    }

    void text() {
        const char quote = peek();
        if (peek(1) == quote && peek(2) == quote) {
            throw NotInGrammar(std::string(source_), at_, "triple quotes are left out here");
        }
        std::size_t size = 1;
        while (peek(size) != quote) {
            if (at_ + size >= source_.size() || peek(size) == '\n') {
                fail("the closing quote is missing");
            }
            size += peek(size) == '\\' ? 2 : 1;
        }
        push(TokenKind::text, size + 1);
    }

    // One run of digits with single underscores between them; returns its length from `ahead`.
    [[nodiscard]] std::size_t digits(std::size_t ahead, bool (*is_digit_of_base)(char)) const {
        std::size_t size = 0;
        while (is_digit_of_base(peek(ahead + size)) || (size > 0 && peek(ahead + size) == '_' &&
                                                        is_digit_of_base(peek(ahead + size + 1)))) {
            ++size;
        }
        return size;
    }

    void number() {
        std::size_t size = prefixed_integer();
        const bool is_prefixed = size > 0;
        bool is_real = false;
        if (!is_prefixed) {
            size = digits(0, is_digit);
            if (peek(size) == '.') {
                is_real = true;
                ++size;
                size += digits(size, is_digit);
            }
            const std::size_t exponent_size = exponent(size);
            is_real = is_real || exponent_size > 0;
            size += exponent_size;
        }
        check_end_of_number(size);
        if (!is_real && !is_prefixed) {
            check_leading_zeros(size);
        }
        push(is_real ? TokenKind::real : TokenKind::integer, size);
    }

    // 0x1F, 0o17 or 0b11; 0 where the number has no such prefix.
    [[nodiscard]] std::size_t prefixed_integer() const {
        if (peek() != '0') {
            return 0;
        }
        bool (*is_digit_of_base)(char) = nullptr;
        switch (peek(1)) {
            case 'x':
            case 'X':
                is_digit_of_base = [](char c) {
                    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
                };
                break;
            case 'o':
            case 'O':
                is_digit_of_base = [](char c) { return c >= '0' && c <= '7'; };
                break;
            case 'b':
            case 'B':
                is_digit_of_base = [](char c) { return c == '0' || c == '1'; };
                break;
            default:
                return 0;
        }
        const std::size_t underscore = peek(2) == '_' ? 1 : 0;
        const std::size_t size = digits(2 + underscore, is_digit_of_base);
        if (size == 0) {
            fail("the digits of this number are missing");
        }
        return 2 + underscore + size;
    }

    [[nodiscard]] std::size_t exponent(std::size_t ahead) const {
        if (peek(ahead) != 'e' && peek(ahead) != 'E') {
            return 0;
        }
        const std::size_t sign_size = peek(ahead + 1) == '-' || peek(ahead + 1) == '+' ? 1 : 0;
        const std::size_t size = digits(ahead + 1 + sign_size, is_digit);
        return size == 0 ? 0 : 1 + sign_size + size;
    }

    void check_end_of_number(std::size_t size) const {
        const std::size_t word = word_size(at_ + size);
        if (word == 0 && !is_digit(peek(size))) {
            return;
        }
        const std::string_view number = source_.substr(at_, size);
        const std::string_view follows = source_.substr(at_ + size, std::max<std::size_t>(word, 1));
        if (follows == "j" || follows == "J") {
            throw NotInGrammar(std::string(source_), at_, "complex numbers are left out here");
        }
        throw ParseError(std::string(source_), at_ + size,
                         fmt::format("'{}' follows the number at once; write {}*{} if a product "
                                     "is meant",
                                     follows, number, follows));
    }

    void check_leading_zeros(std::size_t size) const {
        const std::string_view number = source_.substr(at_, size);
        if (number.front() == '0' && number.find_first_not_of("0_") != std::string_view::npos) {
            fail("a whole number has no leading zeros");
        }
    }

    std::string_view source_;
    std::size_t at_ = 0;
    std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize(std::string_view source) {
    return Lexer(source).all();
}

}  // namespace monnto::expression
