#pragma once

#include <monnto/core/object_scope.hpp>
#include <monnto/expression/scope.hpp>
#include <monnto/expression/unit_check.hpp>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace monnto {

/// What names mean in an equation: variables of the object, then `t`, `dt` and `xi`, then units.
class EquationScope final : public expression::Scope {
public:
    /// `object` may be null: a text with units only.
    EquationScope(Object* object, double step) : object_(object), step_(step) {}

    /// Another value for a variable: what derivatives are found with.
    void replace(std::string name, expression::Value value) {
        replaced_ = std::move(name);
        value_ = std::move(value);
    }

    [[nodiscard]] std::optional<expression::Value> find(
        std::span<const std::string> path) const override;
    [[nodiscard]] std::optional<expression::Value> call(
        std::span<const std::string> path, const expression::Arguments& arguments) const override;
    [[nodiscard]] std::string description() const override;
    [[nodiscard]] std::vector<std::string> variables() const override;
    [[nodiscard]] std::vector<std::string> functions() const override;

private:
    [[nodiscard]] std::optional<expression::Value> special(const std::string& name) const;

    Object* object_;
    double step_;  // s
    std::string replaced_;
    expression::Value value_;
};

/// What is known of the units of names on `object` (may be null).
[[nodiscard]] expression::UnitLookup units_on(Object* object);

}  // namespace monnto
