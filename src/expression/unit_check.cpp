#include <monnto/expression/unit_check.hpp>

#include "overloaded.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace monnto::expression {
namespace {

using Known = std::optional<Dimension>;

constexpr std::array<std::string_view, 27> of_plain_numbers = {
    "exp",         "exp2",       "expm1",       "log",         "log2",    "log10",    "log1p",
    "sin",         "cos",        "tan",         "sinh",        "cosh",    "tanh",     "arcsin",
    "arccos",      "arctan",     "arcsinh",     "arccosh",     "arctanh", "sigmoid",  "erf",
    "logical_and", "logical_or", "logical_not", "logical_xor", "exprel",  "heaviside"};
constexpr std::array<std::string_view, 22> keeping = {
    "abs",    "absolute", "negative", "sum",     "mean",  "max",   "min",  "std",
    "median", "floor",    "ceil",     "round",   "rint",  "trunc", "roll", "sort",
    "copy",   "astype",   "ravel",    "reshape", "float", "cumsum"};
constexpr std::array<std::string_view, 10> common_of_all = {
    "maximum", "minimum", "fmax", "fmin", "clip", "where", "hypot", "remainder", "mod", "fmod"};
constexpr std::array<std::string_view, 12> giving_plain_numbers = {
    "sign",    "isnan",  "isinf", "isfinite", "vector", "matrix",
    "uniform", "normal", "ones",  "argmax",   "argmin", "len"};

template <class List>
bool holds(const List& list, std::string_view name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

class Checker {
public:
    Checker(const Expression& expression, const UnitLookup& lookup)
        : expression_(expression), lookup_(lookup) {}

    Known of(NodeId id) {
        if (const std::vector<std::string> path = path_of(expression_, id); !path.empty()) {
            return of_path(path);
        }
        return std::visit(
            Overloaded{[&](const Unary& node) { return of_unary(node); },
                       [&](const Binary& node) { return of_binary(node); },
                       [&](const Call& node) { return of_call(node); },
                       [&](const Conditional& node) {
                           (void)of(node.test);
                           return common({node.then, node.otherwise}, "if");
                       },
                       [&](const Subscript& node) { return of(node.object); },
                       [&](const Attribute& node) { return of(node.object); },
                       [&](const Sequence& node) { return common(node.items, "a list"); },
                       [](const Literal&) { return Known(Dimension()); },
                       [](const auto&) { return Known(); }},
            expression_.node(id).data);
    }

private:
    Known of_path(const std::vector<std::string>& path) {
        if (path.size() > 1 && is_function_namespace(path.front())) {
            return Dimension();  // np.pi
        }
        const std::span<const std::string> all = path;
        const bool has_prefix = path.size() > 1 && is_object_prefix(path.front());
        const auto own = has_prefix ? all.subspan(1) : all;
        if (const VariableUnit found = lookup_(own); found.exists) {
            return found.dimension;
        }
        if (path.size() == 1) {
            if (const auto unit = find_unit(path.front())) {
                return unit->dimension;
            }
        }
        return std::nullopt;  // evaluation says what is wrong with it
    }

    Known of_unary(const Unary& node) {
        const Known operand = of(node.operand);
        const bool keeps =
            node.operation == UnaryOperator::plus || node.operation == UnaryOperator::minus;
        return keeps ? operand : Known(Dimension());
    }

    Known of_binary(const Binary& node) {
        switch (node.operation) {
            case BinaryOperator::add:
            case BinaryOperator::subtract:
            case BinaryOperator::modulo:
                return common({node.left, node.right}, symbol(node.operation));
            case BinaryOperator::multiply:
            case BinaryOperator::matrix_multiply:
                return product(of(node.left), of(node.right), false);
            case BinaryOperator::divide:
            case BinaryOperator::floor_divide:
                return product(of(node.left), of(node.right), true);
            case BinaryOperator::power:
                return of_power(node);
            case BinaryOperator::equal:
            case BinaryOperator::not_equal:
            case BinaryOperator::less:
            case BinaryOperator::less_equal:
            case BinaryOperator::greater:
            case BinaryOperator::greater_equal:
                (void)common({node.left, node.right}, symbol(node.operation));
                return Dimension();
            default:
                (void)of(node.left);
                (void)of(node.right);
                return Dimension();
        }
    }

    static Known product(const Known& left, const Known& right, bool divides) {
        if (!left || !right) {
            return std::nullopt;
        }
        return divides ? *left / *right : *left * *right;
    }

    Known of_power(const Binary& node) {
        expect_plain(node.right, "an exponent");
        const Known base = of(node.left);
        if (!base || base->is_plain()) {
            return base;
        }
        const auto exponent = number_in(node.right);
        const Known result = exponent ? base->to_the_power(*exponent) : std::nullopt;
        if (!result) {
            fail(node.right, "a quantity with a unit needs a number as exponent here",
                 "an expression", "a number");
        }
        return result;
    }

    [[nodiscard]] std::optional<double> number_in(NodeId id) const {
        const NodeData& data = expression_.node(id).data;
        if (const auto* unary = std::get_if<Unary>(&data)) {
            const auto inside = number_in(unary->operand);
            const bool is_negative = unary->operation == UnaryOperator::minus;
            return inside && is_negative ? -*inside : inside;
        }
        if (const auto* binary = std::get_if<Binary>(&data);
            binary != nullptr && binary->operation == BinaryOperator::divide) {
            const auto top = number_in(binary->left);
            const auto bottom = number_in(binary->right);
            return top && bottom ? std::optional(*top / *bottom) : std::nullopt;
        }
        const auto* literal = std::get_if<Literal>(&data);
        if (literal == nullptr) {
            return std::nullopt;
        }
        if (const auto* whole = std::get_if<std::int64_t>(&literal->value)) {
            return static_cast<double>(*whole);
        }
        const auto* real = std::get_if<double>(&literal->value);
        return real != nullptr ? std::optional(*real) : std::nullopt;
    }

    Known of_call(const Call& node) {
        const auto* method = std::get_if<Attribute>(&expression_.node(node.function).data);
        const std::vector<std::string> path = path_of(expression_, node.function);
        const bool is_function =
            path.size() == 1 || (!path.empty() && (is_function_namespace(path.front()) ||
                                                   is_object_prefix(path.front())));
        std::string name = path.empty() ? "" : path.back();
        std::vector<NodeId> arguments = node.arguments;
        if (method != nullptr && !is_function) {
            name = method->name;
            arguments.insert(arguments.begin(), method->object);
        }
        return of_function(name, arguments);
    }

    Known of_function(const std::string& name, const std::vector<NodeId>& arguments) {
        if (holds(of_plain_numbers, name)) {
            for (const NodeId argument : arguments) {
                expect_plain(argument, name + "()");
            }
            return Dimension();
        }
        if (name == "where" && arguments.size() == 3) {
            (void)of(arguments[0]);
            return common({arguments[1], arguments[2]}, name);
        }
        if (holds(common_of_all, name)) {
            return common(arguments, name);
        }
        std::vector<Known> known;
        for (const NodeId argument : arguments) {
            known.push_back(of(argument));
        }
        if (holds(giving_plain_numbers, name)) {
            return Dimension();
        }
        if (known.empty() || !known.front()) {
            return std::nullopt;
        }
        if (holds(keeping, name)) {
            return known.front();
        }
        const double exponent = name == "sqrt"     ? 0.5
                                : name == "cbrt"   ? 1.0 / 3.0
                                : name == "square" ? 2.0
                                                   : 0.0;
        if (exponent != 0.0) {
            return known.front()->to_the_power(exponent);
        }
        const bool is_product = name == "dot" || name == "outer" || name == "multiply";
        return is_product && known.size() == 2 ? product(known[0], known[1], false) : std::nullopt;
    }

    // A bare 0 fits everywhere.
    [[nodiscard]] bool is_zero(NodeId id) const {
        const auto number = number_in(id);
        return number && *number == 0.0;
    }

    Known common(const std::vector<NodeId>& nodes, std::string_view operation) {
        Known agreed;
        for (const NodeId id : nodes) {
            const Known here = of(id);
            if (!here || is_zero(id)) {
                continue;
            }
            if (agreed && *agreed != *here) {
                fail(id,
                     fmt::format("{} with {} cannot stand together in '{}'", here->to_string(),
                                 agreed->to_string(), operation),
                     here->to_string(), agreed->to_string());
            }
            agreed = here;
        }
        return agreed;
    }

    void expect_plain(NodeId id, std::string_view what) {
        const Known here = of(id);
        if (here && !here->is_plain()) {
            fail(id,
                 fmt::format("{} takes plain numbers, not {}; divide by a unit", what,
                             here->to_string()),
                 here->to_string(), "a plain number");
        }
    }

    [[noreturn]] void fail(NodeId id, std::string_view problem, std::string found,
                           std::string expected) const {
        throw UnitMismatch(expression_.source(), expression_.node(id).begin, problem,
                           std::move(found), std::move(expected));
    }

    const Expression& expression_;
    const UnitLookup& lookup_;
};

}  // namespace

UnitMismatch::UnitMismatch(std::string source_, std::size_t position_, std::string_view problem,
                           std::string found_, std::string expected_)
    : ParseError(std::move(source_), position_, problem),
      found(std::move(found_)),
      expected(std::move(expected_)) {}

std::optional<Dimension> dimension_of(const Expression& expression, const UnitLookup& lookup) {
    return Checker(expression, lookup).of(expression.root());
}

void expect_dimension(const Expression& expression, const UnitLookup& lookup,
                      const Dimension& expected, std::string_view what) {
    const Known found = dimension_of(expression, lookup);
    if (found && *found != expected) {
        throw UnitMismatch(expression.source(), expression.node(expression.root()).begin,
                           fmt::format("{} must be {}, but this is {}", what, expected.to_string(),
                                       found->to_string()),
                           found->to_string(), expected.to_string());
    }
}

}  // namespace monnto::expression
