#include <monnto/structure/neuron_dimension.hpp>

#include <monnto/array/functions.hpp>
#include <monnto/core/registry.hpp>
#include <monnto/structure/boxes.hpp>

namespace monnto {
namespace {

void place(NeuronGroup& neurons, const Coordinates& places) {
    // In the network's dtype: a factor of double would widen them.
    neurons["x"] = places.x.astype(neurons.default_dtype());
    neurons["y"] = places.y.astype(neurons.default_dtype());
    neurons["z"] = places.z.astype(neurons.default_dtype());
}

}  // namespace

void NeuronDimension::initialize(Object& object) {
    auto* neurons = dynamic_cast<NeuronGroup*>(&object);
    if (neurons == nullptr) {
        throw TypeMismatch("NeuronDimension", object.class_name(), "attach it to a neuron group");
    }
    const auto extent = [this](std::string_view name, std::ptrdiff_t fallback) {
        const double value = parameter(name, static_cast<double>(fallback)).number(name);
        return static_cast<std::ptrdiff_t>(value);
    };
    grid_ = {.width = extent("width", grid_.width),
             .height = extent("height", grid_.height),
             .depth = extent("depth", grid_.depth),
             .centered = extent("centered", grid_.centered ? 1 : 0) != 0};
    neurons->set_size(grid_.size());
    place(*neurons, grid_.positions(neurons->default_dtype()));
    (*neurons)["width"] = grid_.width;
    (*neurons)["height"] = grid_.height;
    (*neurons)["depth"] = grid_.depth;
}

NeuronGroup& add_neurons(Network& network, std::string_view tag,
                         const std::shared_ptr<NeuronDimension>& dimension,
                         const Behaviors& behaviors) {
    const auto group = std::make_shared<NeuronGroup>(NeuronGroup::SizeLater{}, tag);
    network.adopt(group);
    Behaviors every = {{0.0, dimension}};
    every.insert(every.end(), behaviors.begin(), behaviors.end());
    try {
        group->attach_initial_behaviors(every);
    } catch (...) {
        network.remove(*group);
        throw;
    }
    return *group;
}

void move(NeuronGroup& neurons, const Vector3& by) {
    place(neurons, moved(coordinates_of(neurons), by));
}

void scale(NeuronGroup& neurons, const Vector3& factors) {
    place(neurons, scaled(coordinates_of(neurons), factors));
}

void rotate(NeuronGroup& neurons, const Vector3& axis, double angle) {
    place(neurons, rotated(coordinates_of(neurons), axis, angle));
}

void jitter(NeuronGroup& neurons, const Vector3& widths, bool centered) {
    const double shift = centered ? 0.5 : 0.0;
    const Coordinates at = coordinates_of(neurons);
    const auto noisy = [&](const Array& axis, double width) -> Array {
        return axis + (neurons.vector("uniform") - shift) * width;
    };
    place(neurons, {noisy(at.x, widths[0]), noisy(at.y, widths[1]), noisy(at.z, widths[2])});
}

MONNTO_BEHAVIOR(NeuronDimension);

}  // namespace monnto
