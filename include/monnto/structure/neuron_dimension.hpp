#pragma once

#include <monnto/core/behavior.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/structure/grid.hpp>

#include <memory>
#include <string_view>

namespace monnto {

/// Sets the size of a group to that of a grid, and its variables x, y and z to the places.
///
///     add_neurons(net, "retina", std::make_shared<NeuronDimension>(Grid{.width = 10, .height =
///     5}));
class NeuronDimension final : public Behavior {
public:
    explicit NeuronDimension(const Grid& grid) : grid_(grid) {}
    /// Parameters: width, height, depth (1), centered (1).
    explicit NeuronDimension(ParameterMap parameters) : Behavior(std::move(parameters)) {}

    [[nodiscard]] const Grid& grid() const noexcept { return grid_; }
    [[nodiscard]] bool initialize_on_init() const override { return true; }
    [[nodiscard]] bool has_iteration() const override { return false; }
    void initialize(Object& object) override;

private:
    Grid grid_;
};

/// A group whose size `dimension` sets; it gets key 0 before all others.
NeuronGroup& add_neurons(Network& network, std::string_view tag,
                         const std::shared_ptr<NeuronDimension>& dimension,
                         const Behaviors& behaviors = {});

// Move, stretch and turn the places of a group's neurons: new arrays in x, y and z.
void move(NeuronGroup& neurons, const Vector3& by);
void scale(NeuronGroup& neurons, const Vector3& factors);
void rotate(NeuronGroup& neurons, const Vector3& axis, double angle);
/// Adds uniform noise of these widths, around 0 or, with `centered` off, above it.
void jitter(NeuronGroup& neurons, const Vector3& widths, bool centered = true);

}  // namespace monnto
