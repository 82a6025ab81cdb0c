#include <monnto/expression/parameter_text.hpp>

#include "characters.hpp"

#include <monnto/expression/evaluate.hpp>
#include <monnto/expression/lexer.hpp>
#include <monnto/expression/parser.hpp>

#include <optional>
#include <utility>
#include <vector>

namespace monnto::expression {
namespace {

// An int or a float with at most one sign, and nothing else.
std::optional<NumberText> number_of(std::string_view text) {
    const bool is_negative = text.starts_with('-');
    if (is_negative || text.starts_with('+')) {
        text.remove_prefix(1);
    }
    if (text.empty() || !(is_digit(text.front()) || text.front() == '.')) {
        return std::nullopt;
    }
    try {
        const std::vector<Token> tokens = tokenize(text);
        if (tokens.size() == 2 && tokens[0].kind == TokenKind::integer) {
            const std::int64_t value = integer_value(text, tokens[0]);
            return NumberText{is_negative ? -value : value};
        }
        if (tokens.size() == 2 && tokens[0].kind == TokenKind::real) {
            const double value = real_value(tokens[0]);
            return NumberText{is_negative ? -value : value};
        }
    } catch (const ParseError&) {
        // "3d_grid" is a text that begins with a digit.
    }
    return std::nullopt;
}

std::optional<NumberText> percentage_of(std::string_view text) {
    if (!text.ends_with('%')) {
        return std::nullopt;
    }
    text.remove_suffix(1);
    const std::optional<NumberText> number = number_of(trimmed(text));
    if (!number) {
        return std::nullopt;
    }
    const auto percent =
        std::visit([](auto value) { return static_cast<double>(value); }, number->value);
    return NumberText{percent / 100.0};
}

// Cuts ";plot" off.
bool take_plot(std::string_view& text) {
    const std::size_t semicolon = text.rfind(';');
    if (semicolon == std::string_view::npos || trimmed(text.substr(semicolon + 1)) != "plot") {
        return false;
    }
    text = trimmed(text.substr(0, semicolon));
    return true;
}

std::string name_of(const Expression& expression, NodeId argument) {
    if (const auto* literal = std::get_if<Literal>(&expression.node(argument).data)) {
        if (const auto* text = std::get_if<std::string>(&literal->value)) {
            return *text;
        }
    }
    const Node& node = expression.node(argument);
    if (path_of(expression, argument).empty()) {
        throw ParseError(expression.source(), node.begin, "a tag or a name is expected here");
    }
    return std::string(expression.text(argument));
}

std::optional<SameAs> same_of(const Expression& expression) {
    const Node& root = expression.node(expression.root());
    const auto* call = std::get_if<Call>(&root.data);
    if (call == nullptr ||
        path_of(expression, call->function) != std::vector<std::string>{"same"}) {
        return std::nullopt;
    }
    if (call->arguments.size() != 2 || !call->keywords.empty()) {
        throw ParseError(expression.source(), root.begin,
                         "same takes a tag and an attribute: same(Tag, attr)");
    }
    return SameAs{name_of(expression, call->arguments[0]), name_of(expression, call->arguments[1])};
}

}  // namespace

ParameterText parse_parameter(std::string_view whole) {
    std::string_view text = trimmed(whole);
    if (const auto number = number_of(text)) {
        return *number;
    }
    if (const auto number = percentage_of(text)) {
        return *number;
    }
    if (text.find('(') == std::string_view::npos || text.find(')') == std::string_view::npos) {
        return PlainText{std::string(whole)};
    }
    const bool is_plotted = take_plot(text);
    Expression expression = parse(text);
    if (auto same = same_of(expression)) {
        return std::move(*same);
    }
    return Drawn{std::move(expression), is_plotted};
}

std::optional<NumberText> computed(std::string_view text) {
    try {
        const Value value = evaluate(parse(trimmed(text)), TableScope({}));
        if (const auto* whole = value.get_if<std::int64_t>()) {
            return NumberText{*whole};
        }
        if (const auto* real = value.get_if<double>()) {
            return NumberText{*real};
        }
    } catch (const Error&) {
        // A text that means something else.
    }
    return std::nullopt;
}

}  // namespace monnto::expression
