#pragma once

#include <monnto/expression/token.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace monnto::expression {

/// The tokens of `source`, closed by one of kind `end`. They point into `source`, which must
/// outlive them. Throws ParseError at a character or a number that no expression can hold, and
/// NotInGrammar at what Python knows but this grammar leaves out (complex numbers, triple quotes).
[[nodiscard]] std::vector<Token> tokenize(std::string_view source);

/// The value of an `integer` token; throws NotInGrammar beyond 64 bits, where Python would go on.
[[nodiscard]] std::int64_t integer_value(std::string_view source, const Token& token);

/// The value of a `real` token, to the nearest double; infinite where it is too large, as in
/// Python.
[[nodiscard]] double real_value(const Token& token);

/// The characters of a `text` token, without quotes and with escapes resolved.
[[nodiscard]] std::string text_value(std::string_view source, const Token& token);

}  // namespace monnto::expression
