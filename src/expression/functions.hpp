#pragma once

#include <monnto/array/functions.hpp>
#include <monnto/expression/scope.hpp>
#include <monnto/expression/value.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace monnto::expression {

/// The arguments of one call, matched to the function's parameters as Python matches them.
/// torch's names dim, keepdim and input stand for axis, keepdims and the first parameter.
class Bound {
public:
    /// `function` is the name for messages. A last parameter "*rest" takes any number of arguments.
    /// Throws UnknownName (kind "argument") and BadParameter (too many, given twice).
    Bound(std::string function, const std::vector<std::string>& parameters,
          const Arguments& arguments);

    [[nodiscard]] const std::string& function() const { return function_; }
    /// Given, and not None.
    [[nodiscard]] bool has(std::string_view parameter) const;
    /// Given, also as None: axis=None is not the same as no axis to sort.
    [[nodiscard]] bool is_given(std::string_view parameter) const;
    /// Throws BadParameter where a parameter that is needed was not given.
    [[nodiscard]] const Value& value(std::string_view parameter) const;

    [[nodiscard]] Array array(std::string_view parameter) const;
    [[nodiscard]] Operand operand(std::string_view parameter) const;
    [[nodiscard]] std::vector<Array> arrays(std::string_view parameter) const;
    [[nodiscard]] std::int64_t integer(std::string_view parameter) const;
    [[nodiscard]] std::int64_t integer(std::string_view parameter, std::int64_t otherwise) const;
    [[nodiscard]] double real(std::string_view parameter, double otherwise) const;
    [[nodiscard]] bool flag(std::string_view parameter) const;  // false where not given
    [[nodiscard]] std::vector<std::ptrdiff_t> integers(std::string_view parameter) const;
    [[nodiscard]] Shape shape(std::string_view parameter) const;
    [[nodiscard]] std::optional<DType> dtype() const;          // parameter "dtype"
    [[nodiscard]] std::optional<std::ptrdiff_t> axis() const;  // parameter "axis"
    [[nodiscard]] std::optional<std::vector<std::ptrdiff_t>> axes() const;
    [[nodiscard]] Over over() const;  // parameters "axis" and "keepdims"

private:
    [[nodiscard]] std::optional<std::size_t> index_of(std::string_view parameter) const;
    [[nodiscard]] std::string place(std::string_view parameter) const;
    void bind_keyword(const std::string& keyword, const Value& value);

    std::string function_;
    const std::vector<std::string>& parameters_;  // of the table, which outlives every call
    std::vector<std::optional<Value>> values_;
};

struct Function {
    std::vector<std::string> parameters;
    std::function<Value(const Bound&)> body;
};

/// Functions by name, without the namespace they are written with.
class FunctionTable {
public:
    using Body = std::function<Value(const Bound&)>;

    /// `names` and `parameters` are lists with blanks between: add("abs absolute", "x", ...).
    void add(std::string_view names, std::string_view parameters, const Body& body);
    void add_function(const std::string& name, Function function) {
        functions_[name] = std::move(function);
    }

    [[nodiscard]] const Function* find(const std::string& name) const;
    [[nodiscard]] std::vector<std::string> names() const;  // sorted

private:
    std::unordered_map<std::string, Function> functions_;
};

/// np.name and bare names; also torch's, where NumPy has nothing else under that name.
[[nodiscard]] const FunctionTable& array_functions();
/// What torch. means differently: std divides by n-1, max with dim gives a pair, ...
[[nodiscard]] const FunctionTable& torch_functions();
/// Python's builtins, for bare names only: len, abs, sum, ...
[[nodiscard]] const FunctionTable& builtin_functions();
/// Methods of arrays; the array is the first argument.
[[nodiscard]] const FunctionTable& array_methods();

void add_elementwise_functions(FunctionTable& table);
void add_reductions(FunctionTable& table);
void add_creating_functions(FunctionTable& table);
void add_shape_functions(FunctionTable& table);
void add_ordering_functions(FunctionTable& table);
void add_product_functions(FunctionTable& table);

/// np.pi, np.float32, np.newaxis: nothing where the name is unknown.
[[nodiscard]] std::optional<Value> constant_named(std::string_view name);
[[nodiscard]] std::vector<std::string> constant_names();
/// torch.float is 32 bits wide, np.float64 is what Python calls float.
[[nodiscard]] std::optional<Value> torch_constant_named(std::string_view name);
/// v.T, v.shape, v.size: nothing where the name is unknown.
[[nodiscard]] std::optional<Value> property_of(const Value& value, std::string_view name);
[[nodiscard]] std::vector<std::string> property_names();

}  // namespace monnto::expression
