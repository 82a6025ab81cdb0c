#pragma once

#include <monnto/base/error.hpp>
#include <monnto/expression/ast.hpp>
#include <monnto/expression/units.hpp>

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace monnto::expression {

/// Quantities that cannot be combined; `position` is the column of the one that does not fit.
class UnitMismatch : public ParseError {
public:
    UnitMismatch(std::string source, std::size_t position, std::string_view problem,
                 std::string found, std::string expected);

    std::string found;
    std::string expected;
};

/// What a check knows of a variable. Without a dimension it may hold anything: an array that a
/// script made.
struct VariableUnit {
    bool exists = false;
    std::optional<Dimension> dimension = {};
};
/// Asked for each path without object prefix; variables go before units of the same name.
using UnitLookup = std::function<VariableUnit(std::span<const std::string> path)>;

/// The dimension of an expression; nothing where it depends on what is not known. Throws
/// UnitMismatch where quantities of different kinds are added, compared or put into exp().
[[nodiscard]] std::optional<Dimension> dimension_of(const Expression& expression,
                                                    const UnitLookup& lookup);

/// Throws UnitMismatch, pointing at the whole expression, where it is known to be no `expected`.
void expect_dimension(const Expression& expression, const UnitLookup& lookup,
                      const Dimension& expected, std::string_view what);

}  // namespace monnto::expression
