#include <monnto/core/neuron_subgroup.hpp>

#include <monnto/array/functions.hpp>

namespace monnto {

NeuronSubGroup::NeuronSubGroup(std::shared_ptr<NeuronGroup> base, const Array& mask)
    : base_(std::move(base)) {
    if (mask.dtype() != DType::boolean) {
        throw TypeMismatch("subgroup", std::string(name_of(mask.dtype())),
                           "give a mask of bool, one per neuron");
    }
    if (mask.shape() != Shape{base_->size()}) {
        throw ShapeMismatch("subgroup", mask.shape().to_vector(), {base_->size()},
                            "a mask has one bool per neuron of the group");
    }
    mask_ = mask.copy();
    indices_ = flatnonzero(mask_);
    size_ = indices_.size();
}

int NeuronSubGroup::selected_axis(const Array& of_group) const {
    // The first axis where it fits, else the second: vectors, (neurons, k) and (k, neurons).
    const Shape& shape = of_group.shape();
    for (int axis = 0; axis < std::min(shape.size(), 2); ++axis) {
        if (shape[axis] == base_->size()) {
            return axis;
        }
    }
    return -1;
}

Array NeuronSubGroup::select(const Array& of_group) const {
    const int axis = selected_axis(of_group);
    return axis < 0 ? of_group : take(of_group, indices_, axis);
}

Array NeuronSubGroup::get(std::string_view name) const {
    return select(base_->get(name));
}

void NeuronSubGroup::set(std::string_view name, const Operand& value) const {
    const Slot& slot = (*base_)[name];
    if (!slot.is_assigned()) {
        throw UnknownName("variable", std::string(name),
                          base_->description() + " (a subgroup cannot make new ones)",
                          base_->variable_names());
    }
    const Array target = slot.array();
    switch (selected_axis(target)) {
        case 0:
            target(mask_) = value;
            return;
        case 1:
            target(monnto::all, mask_) = value;
            return;
        default:
            throw ShapeMismatch("write to '" + std::string(name) + "' through a subgroup",
                                target.shape().to_vector(), {base_->size()},
                                "only variables with a value per neuron can be selected from");
    }
}

NeuronSubGroup::Variable& NeuronSubGroup::Variable::operator=(const Operand& value) {
    group_->set(name_, value);
    return *this;
}

Array NeuronSubGroup::vector(const Mode& mode, const ModeOptions& options) const {
    return base_->vector(mode, options);
}

std::shared_ptr<Population> NeuronSubGroup::population_holder() {
    return std::dynamic_pointer_cast<Population>(holder());
}

}  // namespace monnto
