#include "connect_ends.hpp"

#include <monnto/core/network.hpp>
#include <monnto/core/synapse_group.hpp>

namespace monnto {

ProceduralMatrix procedural(SynapseGroup& synapses, const Rule& rule, double low, double high,
                            const ConnectOptions& options) {
    const Ends ends = ends_between(synapses.source(), synapses.destination(), rule, options);
    const DType dtype = synapses.default_dtype() == DType::f64 ? DType::f64 : DType::f32;
    std::int32_t delay = 1;
    if (options.delay) {
        delay = delay_in_steps(options.delay->number("delay"), synapses.network().dt(), 1);
    }
    return {ProceduralMatrix::synapses_of(rule, ends, synapses.next_random_position(), low, high,
                                          {options.autapses, options.multapses}, dtype),
            delay, synapses.network().settings().syn_dim == SynapseOrder::SxD};
}

}  // namespace monnto
