#pragma once

#include <monnto/array/functions.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/synapse_group.hpp>

#include <cmath>

namespace monnto {

/// How vectors of the two ends stand to the matrix of their synapses, in either order of the
/// network.
class SynapseAxes {
public:
    explicit SynapseAxes(const SynapseGroup& synapses)
        : pre_axis_(synapses.network().settings().syn_dim == SynapseOrder::DxS ? 0 : 1) {}

    [[nodiscard]] Array pre(const Array& vector) const { return expand_dims(vector, pre_axis_); }
    [[nodiscard]] Array post(const Array& vector) const {
        return expand_dims(vector, 1 - pre_axis_);
    }

private:
    int pre_axis_;
};

/// The share of a trace that is left after one iteration: exp(-dt/tau), tau in ms.
[[nodiscard]] inline Array kept_share(const Parameter& tau, Object& object, std::string_view name) {
    return exp(object.network().dt() * -1.0 / tau.resolve(object, name));
}

}  // namespace monnto
