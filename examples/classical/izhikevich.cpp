// The published network of 1,000 Izhikevich neurons (doi 10.1109/TNN.2003.820440), from the
// library's neuron model and an input of our own.
#include "two_populations.hpp"

#include <monnto/monnto.hpp>

#include <memory>

using namespace monnto;  // NOLINT(google-build-using-namespace): a script

int main() {
    Network net({.seed = 1, .dt = 0.5});
    example::add_group(net, "exc", 800, std::make_shared<Izhikevich>(),
                       std::make_shared<example::Input>(20.0, 0.5));
    example::add_group(net, "inh", 200, std::make_shared<Izhikevich>(),
                       std::make_shared<example::Input>(20.0, 0.5));
    example::connect_all(net);
    net.initialize();
    for (const auto& group : net.neuron_groups()) {
        (*group)["v"] = group->vector("uniform") * -65;
        (*group)["u"] = group->vector("uniform") * -8;
    }
    const RunReport report = net.simulate_iterations(1000, {.progress = false});
    std::printf("1000 iterations in %.1f ms, %s\n", report.milliseconds,
                net.replay_status().c_str());

    auto& exc = net.find<NeuronGroup>("exc");
    example::Published published;
    published.value("exc: share of chances to fire", example::fired_share(exc, 1000), 0.01374,
                    0.0009);
    published.value("exc: the same, first 200 iterations", example::fired_share(exc, 200), 0.0163,
                    0.0032);
    published.value("inh: share of chances to fire",
                    example::fired_share(net.find<NeuronGroup>("inh"), 1000), 0.01375, 0.0012);
    published.value("exc: mean v (mV)", example::mean_of_mean_v(exc), -64.95, 0.32);
    example::write_spikes("izhikevich", net);
    return published.code();
}
