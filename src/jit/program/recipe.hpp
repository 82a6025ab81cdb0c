#pragma once

#include "fusion.hpp"

#include <cstdint>
#include <memory>
#include <vector>

namespace monnto::events {
struct Rewrite;
}

namespace monnto::kernel {

/// How a graph of one signature is evaluated.
struct Recipe {
    struct Step {
        std::vector<std::uint32_t> nodes;
        std::vector<Op> operations;    // of the nodes, for explanations
        std::optional<Fusion> fusion;  // else the nodes are interpreted
        std::size_t chain = 1;         // steps from here on that go through a matrix together
        std::ptrdiff_t block = 0;      // rows or columns of it that they take at a time
        // What a backend makes of the fusion.
        Function function = nullptr;
        std::optional<Layout> layout;
        std::vector<std::uint64_t> arguments;
        std::vector<Value> results;  // of the run in progress: outputs, then folds
        std::vector<char> taken;     // donors of the run in progress
        // Of members of chains, in the run in progress: memory of the operands and of the results.
        std::vector<const std::byte*> read, written;
        /// Per operand whether a plan's result may take its memory over; empty outside of plans,
        /// where the holders of a node tell.
        std::vector<char> is_last_use;
        std::shared_ptr<events::Rewrite> rewrite;  // null where events cannot make it smaller
    };
    std::vector<std::uint64_t> signature;
    std::vector<Step> steps;
};

/// Of a step that is a kernel, as all steps of chains are.
[[nodiscard]] inline const Fusion& fusion_of(const Recipe::Step& step) noexcept {
    return *step.fusion;  // NOLINT(bugprone-unchecked-optional-access): the contract
}

/// The number of the step that reads a source last; 0 also where none does.
struct LastReaders {
    std::vector<std::size_t> of_node, of_leaf;

    [[nodiscard]] std::size_t& at(Source source) noexcept {
        return source.is_leaf() ? of_leaf[source.index()] : of_node[source.index()];
    }
    [[nodiscard]] std::size_t at(Source source) const noexcept {
        return source.is_leaf() ? of_leaf[source.index()] : of_node[source.index()];
    }
};

/// For graphs of lasting nodes, whose holders do not tell when a value has been read for the last
/// time: fills `is_last_use` of the steps.
LastReaders mark_last_uses(const Graph& graph, Recipe& recipe);

[[nodiscard]] Recipe make_recipe(const Graph& graph, const Abilities& abilities);

}  // namespace monnto::kernel
