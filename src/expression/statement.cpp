#include <monnto/expression/statement.hpp>

#include <monnto/base/error.hpp>
#include <monnto/expression/lexer.hpp>
#include <monnto/expression/parser.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace monnto::expression {
namespace {

constexpr std::string_view advice = "write 'v = 1*mV' or 'dv/dt = -v/tau'";

// The message without its column and caret, which follow from the position.
std::string_view problem_of(const ParseError& error) {
    const std::string_view all = error.bare_message();
    return all.substr(0, all.rfind(", at column "));
}

// The part of the source from `begin` to `end`, at its columns.
Expression part(std::string_view source, std::size_t begin, std::size_t end) {
    std::string padded(source.substr(0, end));
    std::fill_n(padded.begin(), begin, ' ');
    try {
        Expression expression = parse(padded);
        expression.set_source(std::string(source));
        return expression;
    } catch (const NotInGrammar& error) {
        throw NotInGrammar(std::string(source), error.position, problem_of(error));
    } catch (const ParseError& error) {
        throw ParseError(std::string(source), error.position, problem_of(error));
    }
}

class StatementParser {
public:
    explicit StatementParser(std::string_view source)
        : source_(source), tokens_(tokenize(source)) {}

    Statement parse() {
        const auto equals = std::ranges::find_if(tokens_, [](const Token& t) { return t.is("="); });
        if (equals == tokens_.end()) {
            fail(source_.size(), fmt::format("a statement needs '='; {}", advice));
        }
        Statement statement{{}, false, Expression(""), {}};
        read_target(statement, static_cast<std::size_t>(equals - tokens_.begin()));
        const std::size_t colon = place_of_colon(equals);
        statement.right = part(source_, equals->end(), colon);
        if (colon < source_.size()) {
            statement.unit = part(source_, colon + 1, source_.size());
        }
        return statement;
    }

private:
    [[noreturn]] void fail(std::size_t at, std::string_view problem) const {
        throw ParseError(std::string(source_), at, problem);
    }

    // v, or d v / d t written as dv/dt.
    void read_target(Statement& statement, std::size_t equals) const {
        if (equals > 0 && tokens_[0].kind == TokenKind::name) {
            const std::string_view first = tokens_[0].text;
            if (equals == 1) {
                statement.target = first;
                return;
            }
            const bool is_derivative = equals == 3 && tokens_[1].is("/") &&
                                       tokens_[2].text == "dt" && first.size() > 1 &&
                                       first.front() == 'd';
            if (is_derivative) {
                statement.target = first.substr(1);
                statement.is_derivative = true;
                return;
            }
        }
        fail(tokens_.front().begin,
             fmt::format("left of '=' stands a name or a derivative; {}", advice));
    }

    // Outside of brackets, where it cannot be a slice.
    [[nodiscard]] std::size_t place_of_colon(std::vector<Token>::const_iterator from) const {
        int depth = 0;
        for (auto token = from; token != tokens_.end(); ++token) {
            depth += token->is("(") || token->is("[") ? 1 : 0;
            depth -= token->is(")") || token->is("]") ? 1 : 0;
            if (depth == 0 && token->is(":")) {
                return token->begin;
            }
        }
        return source_.size();
    }

    std::string_view source_;
    std::vector<Token> tokens_;
};

}  // namespace

Statement parse_statement(std::string_view source) {
    return StatementParser(source).parse();
}

}  // namespace monnto::expression
