#pragma once

#include <monnto/core/behavior.hpp>
#include <monnto/core/object.hpp>
#include <monnto/core/population.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace monnto {

/// Which end of a synapse group a neuron group is. The values are those of the constants in Python.
enum class Direction : unsigned char {
    afferent = 0,  // synapses that arrive
    efferent = 1,  // synapses that leave
};
inline constexpr Direction afferent = Direction::afferent;
inline constexpr Direction efferent = Direction::efferent;

/// Neurons that share their variables and behaviors.
class NeuronGroup : public Object, public Population {
public:
    /// Without a network: Network::add_neurons or Network::adopt gives it one. Throws BadParameter
    /// for a size below 1.
    NeuronGroup(std::ptrdiff_t size, std::string_view tag,
                std::string_view class_tag = "NeuronGroup");
    /// Of a size that a behavior will set (set_size) while it is attached.
    struct SizeLater {};
    NeuronGroup(SizeLater /*marker*/, std::string_view tag,
                std::string_view class_tag = "NeuronGroup");
    ~NeuronGroup() override;

    [[nodiscard]] std::ptrdiff_t size() const noexcept override { return size_; }
    void set_size(std::ptrdiff_t size);  ///< throws BadParameter below 1

    /// An array with one value per neuron: n.vector("uniform", {.density = 0.1}).
    [[nodiscard]] Array vector(const Mode& mode = 0.0, const ModeOptions& options = {});
    /// Zeros of shape (rows, size).
    [[nodiscard]] Array vector_buffer(std::ptrdiff_t rows);

    /// Synapse groups that arrive or leave, in order of creation, with that tag ("All": any). Empty
    /// for an unknown tag. A synapse group on a subgroup counts for the group it was selected from.
    [[nodiscard]] std::vector<SynapseGroup*> synapses(Direction direction,
                                                      std::string_view tag = "All") const;

    /// Neurons where `mask` (bool, one per neuron) is true, or a slice of them.
    [[nodiscard]] std::shared_ptr<NeuronSubGroup> subgroup(const Array& mask);
    [[nodiscard]] std::shared_ptr<NeuronSubGroup> subgroup(const Slice& range);

    [[nodiscard]] NeuronGroup& base_group() const override {
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): views lead to their mutable group
        return const_cast<NeuronGroup&>(*this);
    }
    [[nodiscard]] bool is_subgroup() const noexcept override { return false; }
    [[nodiscard]] Array get(std::string_view name) const override;
    [[nodiscard]] std::shared_ptr<Population> population_holder() override;
    [[nodiscard]] Shape natural_shape() const override { return {size_}; }
    [[nodiscard]] std::string class_name() const override { return class_tag_; }
    void visit_state(StateVisitor& visitor) override;

private:
    std::string class_tag_;
    std::ptrdiff_t size_;
};

}  // namespace monnto
