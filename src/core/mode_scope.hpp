#pragma once

#include <monnto/core/mode.hpp>
#include <monnto/expression/scope.hpp>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace monnto {

/// The names of a mode text: distributions drawn for one object, in one shape and dtype.
class ModeScope final : public expression::Scope {
public:
    ModeScope(Object& object, const Shape& shape, DType dtype)
        : object_(object), shape_(shape), dtype_(dtype) {}

    /// A distribution without parentheses: "uniform".
    [[nodiscard]] std::optional<expression::Value> find(
        std::span<const std::string> path) const override;
    [[nodiscard]] std::optional<expression::Value> call(
        std::span<const std::string> path, const expression::Arguments& arguments) const override;
    [[nodiscard]] std::string description() const override { return "modes"; }
    [[nodiscard]] std::vector<std::string> variables() const override { return mode_functions(); }
    [[nodiscard]] std::vector<std::string> functions() const override { return mode_functions(); }

private:
    [[nodiscard]] std::optional<Array> drawn_by_host(const std::string& name,
                                                     const expression::Arguments& arguments) const;

    Object& object_;
    Shape shape_;
    DType dtype_;
};

}  // namespace monnto
