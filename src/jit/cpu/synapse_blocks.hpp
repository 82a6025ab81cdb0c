#pragma once

#include "program/graph.hpp"
#include "program/recipe.hpp"

#include <monnto/array/facts.hpp>
#include <monnto/array/pattern.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace monnto::cpu {

/// The synapses that a kernel can change: all others keep their bits.
struct SynapseRegion {
    enum class Shape : std::uint8_t {
        rows,     // of the sources listed
        columns,  // of the targets listed
        pairs,    // between sources and targets listed
        cross,    // rows, and columns of all other sources
    };
    Shape shape = Shape::rows;
    bool walks_targets = false;           // pairs: columns are fewer synapses than rows
    std::vector<std::int32_t> sources;    // ascending
    std::vector<std::int32_t> targets;    // ditto
    std::ptrdiff_t synapses = 0;          // that are looked at
    std::ptrdiff_t synapses_in_rows = 0;  // cross: those of the sources
};

/// Runs a kernel on some synapses of a pattern: picks blocks of them out of its operands, computes
/// there as if that were the whole space, and puts the results back.
class SynapseBlocks {
public:
    /// `out` holds all values: those of the changed operand, or a copy. Contract: nothing is
    /// pending for those of the regions.
    SynapseBlocks(const kernel::Graph& graph, const kernel::Recipe::Step& step,
                  const Pattern& pattern, std::byte* out)
        : graph_(graph), step_(step), pattern_(pattern), out_(out) {}

    /// Gives the facts of what was written where `looks`.
    [[nodiscard]] std::optional<Facts> run(const SynapseRegion& region, bool looks) const;

private:
    class Block;  // synapse_blocks.cpp
    /// The synapses of a source, or those with targets that are wanted.
    void add_row(Block& block, std::int32_t of, const std::vector<char>* wanted) const;
    const kernel::Graph& graph_;
    const kernel::Recipe::Step& step_;
    const Pattern& pattern_;
    std::byte* out_;
};

}  // namespace monnto::cpu
