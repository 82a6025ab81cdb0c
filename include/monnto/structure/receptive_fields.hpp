#pragma once

#include <monnto/core/behavior.hpp>
#include <monnto/core/synapse_group.hpp>
#include <monnto/structure/grid.hpp>

#include <cstddef>

namespace monnto {

// Masks (destination, source) of pairs that may have a synapse: bool.

/// No coordinate differs by more than `range`.
[[nodiscard]] Array within_box(const Coordinates& source, const Coordinates& destination,
                               double range);
/// The distance is at most `radius`.
[[nodiscard]] Array within_circle(const Coordinates& source, const Coordinates& destination,
                                  double radius);
/// The indices of the two neurons differ.
[[nodiscard]] Array off_diagonal(std::ptrdiff_t destinations, std::ptrdiff_t sources);

/// The largest |dx|, |dy|, |dz| over all pairs of a mask (destination, source), at least 1 each.
[[nodiscard]] Vector3 largest_reach(const Array& enabled, const Coordinates& source,
                                    const Coordinates& destination);

/// `synapses.enabled` as a mask (destination, source), also where it is one value for all.
[[nodiscard]] Array enabled_pairs(SynapseGroup& synapses);
/// Multiplies `synapses.enabled` by a mask (destination, source).
void restrict_enabled(SynapseGroup& synapses, const Array& pairs);

/// Behaviors of synapse groups that restrict `enabled` when the group is made. They need x, y and
/// z in both groups, as NeuronDimension gives them.
class ReceptiveField : public Behavior {
public:
    using Behavior::Behavior;
    [[nodiscard]] bool initialize_on_init() const override { return true; }
    [[nodiscard]] bool has_iteration() const override { return false; }
    void initialize(Object& object) override;
    /// The mask (destination, source).
    [[nodiscard]] virtual Array pairs(SynapseGroup& synapses) = 0;
};

/// Parameters: `range` (required), `remove_autapses` (0).
class BoxReceptiveFields final : public ReceptiveField {
public:
    using ReceptiveField::ReceptiveField;
    [[nodiscard]] Array pairs(SynapseGroup& synapses) override;
};

/// Parameters: `radius` (required), `remove_autapses` (0).
class CircleReceptiveFields final : public ReceptiveField {
public:
    using ReceptiveField::ReceptiveField;
    [[nodiscard]] Array pairs(SynapseGroup& synapses) override;
};

/// No synapse from a neuron to the one of the same index.
class RemoveAutapses final : public ReceptiveField {
public:
    using ReceptiveField::ReceptiveField;
    [[nodiscard]] Array pairs(SynapseGroup& synapses) override;
};

}  // namespace monnto
