#pragma once

#include <monnto/base/error.hpp>
#include <monnto/expression/ast.hpp>

#include <string>
#include <string_view>

namespace monnto::expression {

/// Text that Python would understand (a lambda, a comprehension, a < b < c) but this grammar leaves
/// out. The Python face then walks Python's own tree (S25); elsewhere it is a ParseError like any.
class NotInGrammar : public ParseError {
public:
    using ParseError::ParseError;
};

/// Parses one expression: Python's operators, precedence and literals, calls, attributes,
/// subscripts with slices, tuples, lists and `x if c else y`. docs/expression.md has the grammar.
/// Throws ParseError (or NotInGrammar) whose position lies in `source` or at its end; nesting
/// beyond 200 levels is such an error too, so any text may be passed, also one from a network.
[[nodiscard]] Expression parse(std::string_view source);

}  // namespace monnto::expression
