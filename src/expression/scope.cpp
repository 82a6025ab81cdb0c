#include <monnto/expression/scope.hpp>

namespace monnto::expression {

std::optional<Value> Scope::call(std::span<const std::string> /*path*/,
                                 const Arguments& /*arguments*/) const {
    return std::nullopt;
}

std::vector<std::string> Scope::functions() const {
    return {};
}

std::optional<Value> TableScope::find(std::span<const std::string> path) const {
    std::string dotted;
    for (const std::string& name : path) {
        dotted += (dotted.empty() ? "" : ".") + name;
    }
    const auto found = values_.find(dotted);
    return found == values_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> TableScope::variables() const {
    std::vector<std::string> names;
    for (const auto& [name, value] : values_) {
        names.push_back(name);
    }
    return names;
}

}  // namespace monnto::expression
