#pragma once

#include <monnto/expression/ast.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace monnto::expression {

/// "2", "1e-3" or "50%" (which is 0.5).
struct NumberText {
    std::variant<std::int64_t, double> value;
};
/// "same(Tag, attr)": the attribute of the first object that carries the tag.
struct SameAs {
    std::string tag;
    std::string attribute;
};
/// "normal(0.9,0.1)": one value per neuron or synapse. ";plot" asks for a histogram of them.
struct Drawn {
    Expression expression;
    bool is_plotted = false;
};
/// Anything else stays what it is: a file name, a tag, an option.
struct PlainText {
    std::string text;
};

using ParameterText = std::variant<PlainText, NumberText, SameAs, Drawn>;

/// What a string means that is given as a parameter. Genes must have been replaced before.
/// A text with parentheses is an expression: ParseError where it does not follow the grammar.
[[nodiscard]] ParameterText parse_parameter(std::string_view text);

/// The number that arithmetic on numbers comes to: 15 for "10+5". Nothing for every other text.
[[nodiscard]] std::optional<NumberText> computed(std::string_view text);

}  // namespace monnto::expression
