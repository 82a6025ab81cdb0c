#pragma once

#include <monnto/core/mode.hpp>
#include <monnto/core/parameter.hpp>
#include <monnto/synapse/rules.hpp>
#include <monnto/synapse/sparse_matrix.hpp>

#include <optional>

namespace monnto {

/// How a sparse matrix is made (SynapseGroup::sparse_matrix).
struct SparseOptions {
    /// Which synapses exist; where left out, each pair with probability `density`, or all of them.
    std::optional<Rule> rule = {};
    std::optional<double> density = {};
    /// Autapses are the diagonal of a population's synapses onto itself.
    Allowed allowed = {};
    /// Where neurons are, for rules that ask for distances.
    Positions source_at = {};
    Positions target_at = {};
    std::array<double, 3> period = {};

    std::optional<Operand> scale = {};
    std::optional<DType> dtype = {};  // the network's where left out

    /// Per synapse, in ms: a number, a distribution such as "normal(1.5, 0.75)" (draws below one
    /// step become one step), or an array of one per synapse in the order of positions.
    std::optional<Parameter> delay = {};
    /// Instead of it, in ms: one for all or one per source (target). The delay of a synapse is
    /// their sum: plasticity that knows both sees the spike at the synapse after the axonal part.
    std::optional<Parameter> axonal_delay = {};
    std::optional<Parameter> dendritic_delay = {};
};

/// The synapses of a rule between populations of a synapse group, with values of a mode. A mode
/// that is a number costs no memory: all synapses share it. Random numbers come from the stream of
/// the running behavior or of the group (S18): synapses first, then values, then delays.
///
/// Throws BadParameter for a density outside [0, 1], BadDelay for delays shorter than a step or
/// NaN, ShapeMismatch for arrays of other lengths, NotEnoughMemory before anything is allocated.
[[nodiscard]] SparseMatrix sparse_from_mode(SynapseGroup& synapses, const Mode& mode,
                                            const SparseOptions& options);

/// Delays in whole steps of the network. Throws BadDelay for NaN and less than `shortest`.
[[nodiscard]] std::int32_t delay_in_steps(double milliseconds, double dt, std::int32_t shortest);

}  // namespace monnto
