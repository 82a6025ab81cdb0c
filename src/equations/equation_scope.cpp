#include "equation_scope.hpp"

#include <monnto/array/functions.hpp>
#include <monnto/core/object.hpp>
#include <monnto/equations/variable.hpp>

#include <cmath>

namespace monnto {
namespace {

using Path = std::span<const std::string>;

std::optional<expression::Value> variable(Object* object, Path path) {
    return object == nullptr ? std::nullopt : ObjectScope(*object).find(path);
}

std::optional<expression::Dimension> special_dimension(const std::string& name) {
    if (name == "t" || name == "dt") {
        return expression::time_dimension;
    }
    return name == "xi" ? expression::time_dimension.to_the_power(-0.5) : std::nullopt;
}

}  // namespace

std::optional<expression::Value> EquationScope::find(Path path) const {
    if (path.size() == 1 && path[0] == replaced_) {
        return value_;
    }
    if (auto value = variable(object_, path)) {
        return value;
    }
    return path.size() == 1 ? special(path[0]) : std::nullopt;
}

std::optional<expression::Value> EquationScope::special(const std::string& name) const {
    if (object_ != nullptr && name == "dt") {
        return expression::Value(step_);
    }
    if (object_ != nullptr && name == "xi") {
        return expression::Value(object_->from_mode("normal(0, 1)") * (1.0 / std::sqrt(step_)));
    }
    if (const auto unit = expression::find_unit(name)) {
        return expression::Value(unit->scale);
    }
    return std::nullopt;
}

std::optional<expression::Value> EquationScope::call(Path path,
                                                     const expression::Arguments& arguments) const {
    return object_ == nullptr ? std::nullopt : ObjectScope(*object_).call(path, arguments);
}

std::string EquationScope::description() const {
    return object_ == nullptr ? "the units" : object_->description();
}

std::vector<std::string> EquationScope::variables() const {
    std::vector<std::string> names = expression::common_units();
    if (object_ != nullptr) {
        const std::vector<std::string> own = ObjectScope(*object_).variables();
        names.insert(names.begin(), own.begin(), own.end());
    }
    return names;
}

std::vector<std::string> EquationScope::functions() const {
    return object_ == nullptr ? std::vector<std::string>() : ObjectScope(*object_).functions();
}

expression::UnitLookup units_on(Object* object) {
    return [object](Path path) -> expression::VariableUnit {
        if (path.size() == 1 && object != nullptr) {
            for (const auto& [key, behavior] : object->behaviors()) {
                const auto* declared = dynamic_cast<const Variable*>(behavior.get());
                if (declared != nullptr && declared->name() == path[0]) {
                    return {true, declared->dimension()};
                }
            }
            if (const auto dimension = special_dimension(path[0])) {
                return {true, dimension};
            }
        }
        return {variable(object, path).has_value(), {}};
    };
}

}  // namespace monnto
