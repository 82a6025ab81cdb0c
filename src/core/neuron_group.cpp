#include <monnto/core/neuron_group.hpp>

#include <monnto/array/functions.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/neuron_subgroup.hpp>
#include <monnto/core/snapshot.hpp>
#include <monnto/core/synapse_group.hpp>

namespace monnto {
namespace {

std::ptrdiff_t checked_size(std::ptrdiff_t size) {
    if (size < 1) {
        throw BadParameter("size", std::to_string(size), "a group has at least 1 neuron");
    }
    return size;
}

}  // namespace

NeuronGroup::NeuronGroup(std::ptrdiff_t size, std::string_view tag, std::string_view class_tag)
    : class_tag_(class_tag), size_(checked_size(size)) {
    set_tags(tag, class_tag);
    add_tag("ng");
}

NeuronGroup::NeuronGroup(SizeLater /*later*/, std::string_view tag, std::string_view class_tag)
    : class_tag_(class_tag), size_(0) {
    set_tags(tag, class_tag);
    add_tag("ng");
}

NeuronGroup::~NeuronGroup() = default;

void NeuronGroup::set_size(std::ptrdiff_t size) {
    size_ = checked_size(size);
}

Array NeuronGroup::vector(const Mode& mode, const ModeOptions& options) {
    return array_from_mode(*this, mode, {size_}, options);
}

Array NeuronGroup::vector_buffer(std::ptrdiff_t rows) {
    return zeros({rows, size_}, default_dtype());
}

std::vector<SynapseGroup*> NeuronGroup::synapses(Direction direction, std::string_view tag) const {
    std::vector<SynapseGroup*> matches;
    for (const auto& synapse : network().synapse_groups()) {
        const NeuronGroup& end = direction == Direction::afferent ? synapse->destination_group()
                                                                  : synapse->source_group();
        if (&end == this && (tag == "All" || synapse->has_tag(tag))) {
            matches.push_back(synapse.get());
        }
    }
    return matches;
}

std::shared_ptr<NeuronSubGroup> NeuronGroup::subgroup(const Array& mask) {
    return std::make_shared<NeuronSubGroup>(
        std::dynamic_pointer_cast<NeuronGroup>(shared_from_this()), mask);
}

std::shared_ptr<NeuronSubGroup> NeuronGroup::subgroup(const Slice& range) {
    const Array mask = zeros({size_}, DType::boolean);
    mask(range) = true;
    return subgroup(mask);
}

Array NeuronGroup::get(std::string_view name) const {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): looking up a slot may make it
    return const_cast<NeuronGroup&>(*this)[name].array();
}

std::shared_ptr<Population> NeuronGroup::population_holder() {
    return std::dynamic_pointer_cast<Population>(holder());
}

void NeuronGroup::visit_state(StateVisitor& visitor) {
    Object::visit_state(visitor);
    std::int64_t size = size_;
    visitor.integer("size", size);
    size_ = size;
}

}  // namespace monnto
