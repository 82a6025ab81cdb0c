#pragma once

#include <monnto/expression/value.hpp>

#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace monnto::expression {

/// The arguments of a call.
struct Arguments {
    std::vector<Value> positional;
    std::vector<std::pair<std::string, Value>> keywords;
};

/// What the names of an expression mean. A group, a synapse group, the stream that a mode string
/// draws from and Python's live objects each have one.
class Scope {
public:
    Scope() = default;
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    virtual ~Scope() = default;

    /// The value of a path without object prefix: {"voltage"}, {"network", "iteration"}. Nothing
    /// where it is unknown: the evaluator then tries a shorter path and takes the rest as
    /// properties (`v.T`). A name that is a function without arguments (mode 'uniform') is answered
    /// here too.
    [[nodiscard]] virtual std::optional<Value> find(std::span<const std::string> path) const = 0;

    /// The result of a function of this scope (`uniform(0,5)`, `n.vector('normal')`: path as
    /// written), which goes before the functions that every expression knows. Nothing where there
    /// is none of that name.
    [[nodiscard]] virtual std::optional<Value> call(std::span<const std::string> path,
                                                    const Arguments& arguments) const;

    /// "NeuronGroup 'exc'": where a missing name was searched.
    [[nodiscard]] virtual std::string description() const = 0;
    /// What could be meant instead of an unknown name.
    [[nodiscard]] virtual std::vector<std::string> variables() const = 0;
    [[nodiscard]] virtual std::vector<std::string> functions() const;
};

/// A scope that is a table.
class TableScope final : public Scope {
public:
    explicit TableScope(std::map<std::string, Value> values, std::string description = "the table")
        : values_(std::move(values)), description_(std::move(description)) {}

    void set(const std::string& path, Value value) { values_[path] = std::move(value); }

    [[nodiscard]] std::optional<Value> find(std::span<const std::string> path) const override;
    [[nodiscard]] std::string description() const override { return description_; }
    [[nodiscard]] std::vector<std::string> variables() const override;

private:
    std::map<std::string, Value> values_;  // by dotted path
    std::string description_;
};

}  // namespace monnto::expression
