#pragma once

#include <monnto/expression/ast.hpp>

#include <string_view>

namespace monnto {

/// Throws ParseError at the first place where `name` does not enter as a*name + b.
void expect_linear(const expression::Expression& expression, std::string_view name);

}  // namespace monnto
