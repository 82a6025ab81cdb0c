#include "distributions.hpp"
#include "mode_scope.hpp"

#include <monnto/core/object.hpp>
#include <monnto/expression/evaluate.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace monnto {
namespace {

using expression::Arguments;

// "uniform" of np.random.uniform, numpy.uniform, torch.rand, random.normal or plain uniform.
std::optional<std::string> function_of(std::span<const std::string> path) {
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
        const std::string& outer = path[i];
        if (outer != "np" && outer != "numpy" && outer != "torch" && outer != "random") {
            return std::nullopt;
        }
    }
    return path.empty() ? std::nullopt : std::optional(path.back());
}

std::vector<Operand> ordered(const NativeDistribution& distribution, const Arguments& arguments) {
    const std::string name(distribution.name);
    const auto& known = distribution.parameters;
    if (arguments.positional.size() > known.size()) {
        throw BadParameter(name, fmt::format("{} arguments", arguments.positional.size()),
                           fmt::format("it takes at most {}", known.size()));
    }
    std::vector<std::optional<Operand>> values(known.size());
    for (std::size_t i = 0; i < arguments.positional.size(); ++i) {
        values[i] = expression::as_operand(arguments.positional[i], name);
    }
    for (const auto& [keyword, value] : arguments.keywords) {
        const auto at = std::find_if(known.begin(), known.end(),
                                     [&](const auto& p) { return p.name == keyword; });
        if (at == known.end()) {
            std::vector<std::string> names;
            names.reserve(known.size());
            for (const auto& p : known) {
                names.emplace_back(p.name);
            }
            throw UnknownName("argument", keyword, name, names);
        }
        values[static_cast<std::size_t>(at - known.begin())] = expression::as_operand(value, name);
    }
    std::vector<Operand> complete;
    for (std::size_t i = 0; i < known.size(); ++i) {
        const auto& fallback = known[i].fallback;
        if (const auto& value = values[i]) {
            complete.push_back(*value);
        } else if (fallback) {
            complete.emplace_back(*fallback);
        } else if (i < distribution.required) {
            throw BadParameter(name, fmt::format("no {}", known[i].name),
                               "this argument is needed");
        }
    }
    return complete;
}

Number as_number(const expression::Value& value, const std::string& function) {
    const Operand operand = expression::as_operand(value, function);
    if (!operand.is_number()) {
        throw TypeMismatch(function, expression::kind_of(value),
                           "this distribution is drawn by the host and takes numbers only");
    }
    return operand.number();
}

}  // namespace

std::optional<expression::Value> ModeScope::find(std::span<const std::string> path) const {
    if (path.size() == 1 && path[0] == "bool") {
        return expression::Value(DType::boolean);
    }
    if (path.size() == 1 && path[0] == "int") {
        return expression::Value(DType::i64);
    }
    return call(path, {});
}

std::optional<expression::Value> ModeScope::call(std::span<const std::string> path,
                                                 const Arguments& arguments) const {
    const std::optional<std::string> name = function_of(path);
    if (!name) {
        return std::nullopt;
    }
    if (const NativeDistribution* distribution = native_distribution(*name)) {
        return expression::Value(
            distribution->make({object_, shape_, dtype_}, ordered(*distribution, arguments)));
    }
    if (auto drawn = drawn_by_host(*name, arguments)) {
        return expression::Value(std::move(*drawn));
    }
    return std::nullopt;
}

std::optional<Array> ModeScope::drawn_by_host(const std::string& name,
                                              const Arguments& arguments) const {
    if (!host_distribution()) {
        return std::nullopt;
    }
    const std::vector<std::string> functions = expression::known_functions();
    if (std::binary_search(functions.begin(), functions.end(), name)) {
        return std::nullopt;  // abs(...) is a function of arrays, no distribution
    }
    HostDraw draw{name, {}, {}, shape_, {}};
    for (const expression::Value& value : arguments.positional) {
        draw.arguments.push_back(as_number(value, name));
    }
    for (const auto& [keyword, value] : arguments.keywords) {
        draw.keywords.emplace_back(keyword, as_number(value, name));
    }
    draw.position = object_.next_random_position();
    return host_distribution()(draw);
}

}  // namespace monnto
