#pragma once

#include "program/recipe.hpp"

#include <monnto/array/trace.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace monnto::cpu {

/// Numbers of the nodes that a step computes, and of those that it reads.
struct StepNodes {
    std::vector<std::uint64_t> results, reads;
};
[[nodiscard]] StepNodes nodes_of(const kernel::Graph& graph, const kernel::Recipe::Step& step);

/// Tells the open legend what casts and windows look at, before their inputs are gone.
void name_windows(const kernel::Graph& graph);
/// Whose statements computed these; nothing where no legend is open.
[[nodiscard]] std::vector<StepOrigin> origins_of(std::span<const std::uint64_t> results);

/// What a step, or the steps of a chain, are going to do.
[[nodiscard]] StepReport description_of(const kernel::Graph& graph,
                                        std::span<const kernel::Recipe::Step> chain);
/// What a rewritten step touched, of the matrix that it would have touched.
void narrow(StepReport& report, std::uint64_t touched) noexcept;

}  // namespace monnto::cpu
