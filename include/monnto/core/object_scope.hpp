#pragma once

#include <monnto/core/fwd.hpp>
#include <monnto/expression/scope.hpp>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace monnto {

/// What the names of an expression mean on an object: its variables (`voltage`), its settings
/// (`size`, `iteration`), its neighbors (`network.iteration`, `src.spike`, `dst.size`), groups of a
/// network by tag (`exc.voltage`), and vector() or matrix().
class ObjectScope final : public expression::Scope {
public:
    explicit ObjectScope(Object& object) : object_(&object) {}

    [[nodiscard]] std::optional<expression::Value> find(
        std::span<const std::string> path) const override;
    [[nodiscard]] std::optional<expression::Value> call(
        std::span<const std::string> path, const expression::Arguments& arguments) const override;
    [[nodiscard]] std::string description() const override;
    [[nodiscard]] std::vector<std::string> variables() const override;
    [[nodiscard]] std::vector<std::string> functions() const override;

private:
    Object* object_;
};

}  // namespace monnto
