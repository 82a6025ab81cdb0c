#include <monnto/expression/evaluate.hpp>

#include "functions.hpp"
#include "operators.hpp"
#include "subscript.hpp"

#include <monnto/base/error.hpp>
#include <monnto/expression/parser.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

namespace monnto::expression {
namespace {

std::string joined(std::span<const std::string> path) {
    return fmt::format("{}", fmt::join(path, "."));
}

// The builtin types as values: v.astype(float).
std::optional<Value> builtin_type(std::string_view name) {
    if (name == "float") {
        return DType::f64;
    }
    if (name == "int") {
        return DType::i64;
    }
    return name == "bool" ? std::optional<Value>(DType::boolean) : std::nullopt;
}

class Evaluator {
public:
    Evaluator(const Expression& expression, const Scope& scope)
        : expression_(expression), scope_(scope) {}

    Value evaluate(NodeId id) {
        if (const std::vector<std::string> path = path_of(expression_, id); !path.empty()) {
            return path_value(path, id);
        }
        return std::visit([&](const auto& node) { return of(node, id); },
                          expression_.node(id).data);
    }

private:
    // ---- literals
    static Value of(const NoneLiteral& /*node*/, NodeId /*id*/) { return {}; }
    static Value of(const EllipsisLiteral& /*node*/, NodeId /*id*/) { return ellipsis; }
    static Value of(const Literal& node, NodeId /*id*/) {
        return std::visit([](const auto& value) { return Value(value); }, node.value);
    }
    Value of(const Sequence& node, NodeId /*id*/) {
        Items items{{}, node.is_list};
        for (const NodeId item : node.items) {
            items.items.push_back(evaluate(item));
        }
        return items;
    }

    // ---- operators
    Value of(const Unary& node, NodeId /*id*/) {
        return apply(node.operation, evaluate(node.operand));
    }
    Value of(const Binary& node, NodeId /*id*/) {
        const Value left = evaluate(node.left);
        const bool is_and = node.operation == BinaryOperator::logical_and;
        if (is_and || node.operation == BinaryOperator::logical_or) {
            return truth_of(left) == is_and ? evaluate(node.right) : left;
        }
        return apply(node.operation, left, evaluate(node.right));
    }
    Value of(const Conditional& node, NodeId /*id*/) {
        return evaluate(truth_of(evaluate(node.test)) ? node.then : node.otherwise);
    }

    // ---- subscripts
    Value of(const Subscript& node, NodeId /*id*/) {
        const Value object = evaluate(node.object);
        const auto* tuple = std::get_if<Sequence>(&expression_.node(node.index).data);
        const bool is_tuple = tuple != nullptr && !tuple->is_list;
        Index index;
        if (is_tuple) {
            for (const NodeId item : tuple->items) {
                index.push_back(index_item(item));
            }
        } else {
            index.push_back(index_item(node.index));
        }
        return subscript(object, index, is_tuple);
    }
    static Value of(const Slice& /*node*/, NodeId /*id*/) {
        throw InternalError("a slice outside of a subscript");
    }
    std::variant<Value, monnto::Slice> index_item(NodeId id) {
        const auto* slice = std::get_if<Slice>(&expression_.node(id).data);
        if (slice == nullptr) {
            return evaluate(id);
        }
        return monnto::Slice{bound_of(slice->start), bound_of(slice->stop), bound_of(slice->step)};
    }
    std::optional<std::ptrdiff_t> bound_of(NodeId id) {
        if (id == no_node) {
            return std::nullopt;
        }
        const Value value = evaluate(id);
        return value.is_none() ? std::nullopt : std::optional(as_integer(value, "[:]"));
    }

    // ---- names
    static Value of(const Name& /*node*/, NodeId /*id*/) {
        throw InternalError("a name is always a path");
    }
    Value of(const Attribute& node, NodeId id) {
        return property(evaluate(node.object), node.name, id);
    }

    Value path_value(const std::vector<std::string>& path, NodeId id) {
        if (path.size() > 1 && is_function_namespace(path.front())) {
            return constant(path, id);
        }
        const bool has_prefix = path.size() > 1 && is_object_prefix(path.front());
        const std::span<const std::string> all = path;
        if (has_prefix) {
            if (auto found = longest(all.subspan(1), id)) {
                return *std::move(found);
            }
        }
        // A variable may be called n or s itself: then `s.T` is its property.
        if (auto found = longest(all, id)) {
            return *std::move(found);
        }
        if (path.size() == 1) {
            if (auto type = builtin_type(path.front())) {
                return *std::move(type);
            }
        }
        fail("variable", joined(has_prefix ? all.subspan(1) : all), id, scope_.variables());
    }

    // The longest beginning of the path that the scope knows, and the rest as properties of it.
    std::optional<Value> longest(std::span<const std::string> path, NodeId id) {
        for (std::size_t size = path.size(); size > 0; --size) {
            if (std::optional<Value> value = scope_.find(path.first(size))) {
                for (const std::string& name : path.subspan(size)) {
                    value = property(*value, name, id);
                }
                return value;
            }
        }
        return std::nullopt;
    }

    Value property(const Value& value, const std::string& name, NodeId id) {
        if (auto found = property_of(value, name)) {
            return *std::move(found);
        }
        fail("property", name, id, property_names());
    }

    static std::optional<Value> constant_of(std::string_view space, std::string_view name) {
        return space == "torch" ? torch_constant_named(name) : constant_named(name);
    }

    Value constant(const std::vector<std::string>& path, NodeId id) {
        const std::string name = joined(std::span(path).subspan(1));
        if (auto found = constant_of(path.front(), name)) {
            return *std::move(found);
        }
        fail("constant", name, id, constant_names());
    }

    // ---- calls
    Value of(const Call& node, NodeId id) {
        const Arguments arguments = arguments_of(node);
        const std::vector<std::string> path = path_of(expression_, node.function);
        if (!path.empty()) {
            if (auto result = scope_.call(path, arguments)) {
                return *std::move(result);
            }
            if (path.size() == 1 || is_function_namespace(path.front())) {
                return call_function(path, arguments, id);
            }
        }
        if (const auto* method = std::get_if<Attribute>(&expression_.node(node.function).data)) {
            return call_method(evaluate(method->object), method->name, arguments, id);
        }
        throw TypeMismatch("()", kind_of(evaluate(node.function)), "only functions can be called");
    }

    Arguments arguments_of(const Call& node) {
        Arguments arguments;
        for (const NodeId argument : node.arguments) {
            arguments.positional.push_back(evaluate(argument));
        }
        for (const Keyword& keyword : node.keywords) {
            arguments.keywords.emplace_back(keyword.name, evaluate(keyword.value));
        }
        return arguments;
    }

    // A bare name is its own `space`.
    static const Function* find_function(const std::string& space, const std::string& name,
                                         const Arguments& arguments) {
        const Function* function = nullptr;
        // Only without keywords: sum(v, axis=0) is NumPy's under its bare name.
        if (space == name && arguments.keywords.empty()) {
            function = builtin_functions().find(name);
        } else if (space == "torch") {
            function = torch_functions().find(name);
        }
        return function != nullptr ? function : array_functions().find(name);
    }

    Value call_function(const std::vector<std::string>& path, const Arguments& arguments,
                        NodeId id) {
        const bool is_bare = path.size() == 1;
        const std::string name = is_bare ? path[0] : joined(std::span(path).subspan(1));
        if (const Function* function = find_function(path.front(), name, arguments)) {
            return call(*function, joined(path), arguments);
        }
        const auto type = is_bare ? std::nullopt : constant_of(path.front(), name);
        const DType* dtype = type ? type->get_if<DType>() : nullptr;
        if (dtype != nullptr && arguments.positional.size() == 1) {
            return as_array(arguments.positional[0], joined(path)).astype(*dtype);
        }
        std::vector<std::string> known = known_functions();
        if (is_bare) {
            const std::vector<std::string> ours = scope_.functions();
            known.insert(known.begin(), ours.begin(), ours.end());
        }
        fail("function", name, id, known);
    }

    Value call_method(const Value& object, const std::string& name, Arguments arguments,
                      NodeId id) {
        // The keyword tells the dialect: max(dim=0) is a pair, max(axis=0) is not.
        const bool is_torch =
            std::any_of(arguments.keywords.begin(), arguments.keywords.end(),
                        [](const auto& keyword) { return keyword.first == "dim"; });
        const Function* function = is_torch ? torch_functions().find(name) : nullptr;
        function = function != nullptr ? function : array_methods().find(name);
        if (function == nullptr || !object.is_array()) {
            fail("method", name, id,
                 object.is_array() ? known_methods() : std::vector<std::string>());
        }
        arguments.positional.insert(arguments.positional.begin(), object);
        return call(*function, name, arguments);
    }

    static Value call(const Function& function, const std::string& name,
                      const Arguments& arguments) {
        return function.body(Bound(name, function.parameters, arguments));
    }

    [[noreturn]] void fail(std::string kind, std::string name, NodeId id,
                           const std::vector<std::string>& known) const {
        const std::string place = fmt::format("{} (column {} of '{}')", scope_.description(),
                                              expression_.node(id).begin + 1, expression_.source());
        throw UnknownName(std::move(kind), std::move(name), place, known);
    }

    const Expression& expression_;
    const Scope& scope_;
};

}  // namespace

Value evaluate(const Expression& expression, const Scope& scope) {
    return Evaluator(expression, scope).evaluate(expression.root());
}

Array evaluate_array(const Expression& expression, const Scope& scope) {
    return as_array(evaluate(expression, scope), expression.source());
}

bool lies_outside(const Error& error) {
    if (dynamic_cast<const NotInGrammar*>(&error) != nullptr) {
        return true;
    }
    const auto* unknown = dynamic_cast<const UnknownName*>(&error);
    return unknown != nullptr && unknown->kind != "variable";
}

std::vector<std::string> known_functions() {
    return array_functions().names();
}

std::vector<std::string> known_methods() {
    return array_methods().names();
}

}  // namespace monnto::expression
