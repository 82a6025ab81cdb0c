#pragma once

#include <monnto/expression/ast.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace monnto::expression {

/// One line of a model: `v = 1*mV`, or a differential equation `dv/dt = (0*mV - v)/tau : volt`.
struct Statement {
    std::string target;  // v
    bool is_derivative = false;
    Expression right;
    std::optional<Expression> unit;  // behind the colon
};

/// Throws ParseError whose position is one of `source`.
[[nodiscard]] Statement parse_statement(std::string_view source);

}  // namespace monnto::expression
