#include "functions.hpp"

#include <monnto/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace monnto::expression {
namespace {

bool is_variadic(const std::vector<std::string>& parameters) {
    return !parameters.empty() && parameters.back().starts_with('*');
}

// f(2, 3) and f((2, 3)) mean the same to functions that take a shape.
Value gathered(const std::vector<Value>& positional, std::size_t first) {
    if (positional.size() == first + 1 && positional[first].get_if<Items>() != nullptr) {
        return positional[first];
    }
    const auto begin = positional.begin() + static_cast<std::ptrdiff_t>(first);
    return Items{{begin, positional.end()}, false};
}

}  // namespace

Bound::Bound(std::string function, const std::vector<std::string>& parameters,
             const Arguments& arguments)
    : function_(std::move(function)), parameters_(parameters), values_(parameters.size()) {
    const std::size_t plain = parameters.size() - (is_variadic(parameters) ? 1 : 0);
    const std::vector<Value>& positional = arguments.positional;
    if (positional.size() > plain && !is_variadic(parameters)) {
        throw BadParameter(function_, fmt::format("{} arguments", positional.size()),
                           plain == 0 ? "it takes none"
                                      : fmt::format("it takes at most {}: {}", plain,
                                                    fmt::join(parameters, ", ")));
    }
    std::copy_n(positional.begin(), std::min(plain, positional.size()), values_.begin());
    if (positional.size() > plain) {
        values_[plain] = gathered(positional, plain);
    }
    for (const auto& [keyword, value] : arguments.keywords) {
        bind_keyword(keyword, value);
    }
    // They hold a place among NumPy's positional arguments, but an expression has nothing to write
    // to.
    for (const std::string_view left_out : {"out", "overwrite_input"}) {
        if (has(left_out)) {
            throw UnknownName("argument", std::string(left_out), function_, {});
        }
    }
}

void Bound::bind_keyword(const std::string& keyword, const Value& value) {
    std::optional<std::size_t> index = index_of(keyword);
    if (!index && keyword == "dim") {
        index = index_of("axis");
    } else if (!index && keyword == "keepdim") {
        index = index_of("keepdims");
    } else if (!index && keyword == "input" && !parameters_.empty()) {
        index = 0;
    }
    if (!index) {
        throw UnknownName("argument", keyword, function_, parameters_);
    }
    if (values_[*index]) {
        throw BadParameter(function_, keyword, "this argument is given twice");
    }
    values_[*index] = value;
}

std::optional<std::size_t> Bound::index_of(std::string_view parameter) const {
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        std::string_view name = parameters_[i];
        name.remove_prefix(name.starts_with('*') ? 1 : 0);
        if (name == parameter) {
            return i;
        }
    }
    return std::nullopt;
}

std::string Bound::place(std::string_view parameter) const {
    return fmt::format("{}({}=)", function_, parameter);
}

bool Bound::is_given(std::string_view parameter) const {
    const auto index = index_of(parameter);
    return index && values_[*index];
}

bool Bound::has(std::string_view parameter) const {
    return is_given(parameter) && !value(parameter).is_none();
}

const Value& Bound::value(std::string_view parameter) const {
    const auto index = index_of(parameter);
    if (index) {
        if (const auto& given = values_[*index]) {
            return *given;
        }
    }
    throw BadParameter(function_, "nothing", fmt::format("'{}' is missing", parameter));
}

Array Bound::array(std::string_view parameter) const {
    // The place is text for a message: it costs more than the rest of the call.
    const Value& given = value(parameter);
    const auto* array = given.get_if<Array>();
    return array != nullptr ? *array : as_array(given, place(parameter));
}

Operand Bound::operand(std::string_view parameter) const {
    const Value& given = value(parameter);
    const auto* array = given.get_if<Array>();
    return array != nullptr ? Operand(*array) : as_operand(given, place(parameter));
}

std::vector<Array> Bound::arrays(std::string_view parameter) const {
    const auto* items = value(parameter).get_if<Items>();
    if (items == nullptr) {
        throw TypeMismatch(place(parameter), kind_of(value(parameter)),
                           "a tuple or a list of arrays is needed");
    }
    std::vector<Array> all;
    all.reserve(items->items.size());
    for (const Value& item : items->items) {
        all.push_back(as_array(item, place(parameter)));
    }
    return all;
}

std::int64_t Bound::integer(std::string_view parameter) const {
    return as_integer(value(parameter), place(parameter));
}

std::int64_t Bound::integer(std::string_view parameter, std::int64_t otherwise) const {
    return has(parameter) ? integer(parameter) : otherwise;
}

double Bound::real(std::string_view parameter, double otherwise) const {
    return has(parameter) ? as_real(value(parameter), place(parameter)) : otherwise;
}

bool Bound::flag(std::string_view parameter) const {
    return has(parameter) && truth_of(value(parameter));
}

std::vector<std::ptrdiff_t> Bound::integers(std::string_view parameter) const {
    const auto* items = value(parameter).get_if<Items>();
    if (items == nullptr) {
        return {integer(parameter)};
    }
    std::vector<std::ptrdiff_t> all;
    all.reserve(items->items.size());
    for (const Value& item : items->items) {
        all.push_back(as_integer(item, place(parameter)));
    }
    return all;
}

Shape Bound::shape(std::string_view parameter) const {
    return Shape::from(integers(parameter));
}

std::optional<DType> Bound::dtype() const {
    return has("dtype") ? std::optional(as_dtype(value("dtype"), place("dtype"))) : std::nullopt;
}

std::optional<std::ptrdiff_t> Bound::axis() const {
    return has("axis") ? std::optional<std::ptrdiff_t>(integer("axis")) : std::nullopt;
}

std::optional<std::vector<std::ptrdiff_t>> Bound::axes() const {
    return has("axis") ? std::optional(integers("axis")) : std::nullopt;
}

Over Bound::over() const {
    return {axes(), flag("keepdims")};
}

}  // namespace monnto::expression
