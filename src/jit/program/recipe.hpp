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
        std::optional<Fusion> fusion;  // else the nodes are interpreted
        // What a backend makes of the fusion.
        Function function = nullptr;
        std::optional<Layout> layout;
        std::vector<std::uint64_t> arguments;
        std::vector<Value> results;                // of the run in progress: outputs, then folds
        std::vector<char> taken;                   // donors of the run in progress
        std::shared_ptr<events::Rewrite> rewrite;  // null where events cannot make it smaller
    };
    std::vector<std::uint64_t> signature;
    std::vector<Step> steps;
};

[[nodiscard]] Recipe make_recipe(const Graph& graph, const Abilities& abilities);

}  // namespace monnto::kernel
