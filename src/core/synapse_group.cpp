#include <monnto/core/synapse_group.hpp>

#include <monnto/core/network.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/snapshot.hpp>

namespace monnto {

SynapseGroup::SynapseGroup(Population& source, Population& destination, std::string_view tag,
                           std::string_view class_tag)
    : class_tag_(class_tag),
      source_(source.population_holder()),
      destination_(destination.population_holder()) {
    set_tags(tag, class_tag);
    add_tag("syn");
    add_tag(source_group().tag() + "_to_" + destination_group().tag());
    // Everything is connected until a behavior says otherwise.
    (*this)["enabled"] = true;
}

SynapseGroup::~SynapseGroup() = default;

Shape SynapseGroup::matrix_dim() const {
    const bool source_first = has_network() && network().settings().syn_dim == SynapseOrder::SxD;
    return source_first ? Shape{source_->size(), destination_->size()}
                        : Shape{destination_->size(), source_->size()};
}

Array SynapseGroup::matrix(const Mode& mode, const ModeOptions& options) {
    return array_from_mode(*this, mode, matrix_dim(), options);
}

Array SynapseGroup::ignore_transpose_mode(const Array& weights) const {
    return network().settings().syn_dim == SynapseOrder::SxD ? weights.T() : weights;
}

void SynapseGroup::visit_state(StateVisitor& visitor) {
    Object::visit_state(visitor);
    visitor.real("group_weighting", group_weighting_);
}

}  // namespace monnto
