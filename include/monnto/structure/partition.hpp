#pragma once

#include <monnto/core/behavior.hpp>
#include <monnto/core/synapse_group.hpp>
#include <monnto/structure/boxes.hpp>

#include <optional>
#include <vector>

namespace monnto {

/// One of the synapse groups that a large one is split into: which neurons of its destination, and
/// which of its source can reach them. Both bool, one per neuron of the population.
struct Part {
    Array destination;
    Array source;
};

/// How `synapses` would be split: the destination in boxes, each with the sources in reach of it.
/// Boxes without neurons are left out; every enabled pair is in exactly one part.
[[nodiscard]] std::vector<Part> parts_of(SynapseGroup& synapses, const Steps& steps);

/// Boxes of about seven places an axis, averaged over both ends; nothing where that would be fewer
/// than three along every axis, so that splitting is not worth it.
[[nodiscard]] std::optional<Steps> automatic_steps(const Coordinates& source,
                                                   const Coordinates& destination);

/// The synapses of a part as a group of their own: `enabled` and every other variable of the shape
/// of the matrix are cut out, other variables are shared. It has the tags of the whole and
/// `partitioned`. Behaviors that are registered by name are made anew with the same parameters,
/// others are attached to both.
SynapseGroup& add_part(SynapseGroup& whole, const Part& part);

/// Replaces a synapse group by its parts and returns these; the whole leaves the network. What the
/// parts deliver to a neuron is, to the last bit, what the whole did.
std::vector<SynapseGroup*> split(SynapseGroup& whole, const std::vector<Part>& parts);

/// A behavior that splits its synapse group when that is made; give it a key behind the receptive
/// field's. Nothing happens where no steps are given and automatic_steps() has none.
class Partition final : public Behavior {
public:
    explicit Partition(std::optional<Steps> steps = {}) : steps_(steps) {}

    [[nodiscard]] bool initialize_on_init() const override { return true; }
    [[nodiscard]] bool has_iteration() const override { return false; }
    void initialize(Object& object) override;

private:
    std::optional<Steps> steps_;
};

}  // namespace monnto
