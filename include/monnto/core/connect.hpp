#pragma once

#include <monnto/core/fwd.hpp>
#include <monnto/core/parameter.hpp>
#include <monnto/synapse/assemble.hpp>
#include <monnto/synapse/procedural_matrix.hpp>
#include <monnto/synapse/rules.hpp>
#include <monnto/synapse/sparse_matrix.hpp>

#include <array>
#include <optional>
#include <span>

namespace monnto {

/// What the synapses of a rule carry, and what is allowed.
struct ConnectOptions {
    /// Of each synapse: a number, which all share and which costs no memory, a distribution such as
    /// "normal(0.1, 0.01)", or an array with one number per synapse by source and target.
    Parameter weight = 1.0;
    /// Ditto, in ms; rounded to whole steps. Without, spikes arrive as a product says.
    std::optional<Parameter> delay = {};
    bool autapses = true;
    bool multapses = true;
    /// Extent of a space that closes on itself along x, y and z, 0 where it does not.
    std::array<double, 3> period = {};
};

/// One of several rules of a synapse group, for parts of its populations.
struct Projection {
    Rule rule = rules::AllToAll{};
    ConnectOptions options = {};
    /// Selections of the synapse group's populations; all of them where left out.
    const Population* source = nullptr;
    const Population* destination = nullptr;
};

/// The connections of a rule between (parts of) the populations of a synapse group, with weights
/// and delays. Positions are the variables x, y and z. Random numbers come from the running
/// behavior's stream, or the synapse group's (S18): first the connections, then weights, then
/// delays.
///
/// Throws what `connect` of the rules throws; BadDelay for delays that are not a number or that do
/// not round to a step or more; ShapeMismatch for a part of another group.
[[nodiscard]] Piece connected(SynapseGroup& synapses, const Projection& projection);

/// A sparse matrix of one rule, or of several together, in the order of axes of the network.
[[nodiscard]] SparseMatrix connect(SynapseGroup& synapses, const Rule& rule,
                                   const ConnectOptions& options = {});
[[nodiscard]] SparseMatrix connect(SynapseGroup& synapses, std::span<const Projection> projections);

/// Synapses of a rule that are made again at every spike instead of being kept, with values drawn
/// uniformly between `low` and `high` (a number where they are equal) and one delay, if any
/// (`weight` is not asked). Throws as `connect`, and BadParameter for rules that say who a target's
/// sources are, whose rows are not known one by one.
[[nodiscard]] ProceduralMatrix procedural(SynapseGroup& synapses, const Rule& rule, double low,
                                          double high, const ConnectOptions& options = {});

}  // namespace monnto
