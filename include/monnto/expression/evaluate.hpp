#pragma once

#include <monnto/base/error.hpp>
#include <monnto/expression/ast.hpp>
#include <monnto/expression/scope.hpp>
#include <monnto/expression/value.hpp>

#include <string>
#include <vector>

namespace monnto::expression {

/// Lowers an expression to arrays: walks the tree and calls the functions of the array module,
/// which record what is to be done; nothing is computed here except where Python's meaning needs a
/// value
/// (`if`, `and`, `or`, `not`, an index, nonzero).
///
/// Throws UnknownName of kind "variable", "function", "method", "property", "constant" or
/// "argument" with the nearest name, and whatever the array functions throw (ShapeMismatch,
/// TypeMismatch, ...).
[[nodiscard]] Value evaluate(const Expression& expression, const Scope& scope);

/// The result as an array; TypeMismatch where it is a text, None, ...
[[nodiscard]] Array evaluate_array(const Expression& expression, const Scope& scope);

/// Whether the error says that the text leaves the grammar or the table of functions, which
/// Python's own evaluation may still understand (S25), and not that the expression is wrong.
[[nodiscard]] bool lies_outside(const Error& error);

/// Every function that expressions know, without namespace, sorted: "mean", "linalg.norm".
[[nodiscard]] std::vector<std::string> known_functions();
/// Every method of arrays that expressions know, sorted.
[[nodiscard]] std::vector<std::string> known_methods();

}  // namespace monnto::expression
