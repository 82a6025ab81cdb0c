// A network of leaky integrate-and-fire neurons, 800 that excite and 200 that inhibit.
#include "two_populations.hpp"

#include <monnto/monnto.hpp>

#include <cmath>
#include <memory>

using namespace monnto;  // NOLINT(google-build-using-namespace): a script

int main() {
    Network net({.seed = 1, .dt = 0.1});
    const auto neurons = [&](double threshold) {
        LeakyIntegrateAndFire::Params params;
        // The published script takes Euler steps that keep 0.9 of the distance to the target. Our
        // neuron solves the equation exactly, so its tau is the one that keeps as much.
        params.tau = -0.1 / std::log(0.9);
        params.resistance = 1.0;
        params.threshold = threshold;
        params.reset = -80.0;
        return std::make_shared<LeakyIntegrateAndFire>(params);
    };
    example::add_group(net, "exc", 800, neurons(-10.0),
                       std::make_shared<example::Input>(90.0, 1.0));
    example::add_group(net, "inh", 200, neurons(-30.0),
                       std::make_shared<example::Input>(90.0, 1.0));
    example::connect_all(net);
    net.initialize();
    for (const auto& group : net.neuron_groups()) {
        (*group)["v"] = group->vector("uniform") * -65;
    }
    const RunReport report = net.simulate_iterations(1000, {.progress = false});
    std::printf("1000 iterations in %.1f ms, %s\n", report.milliseconds,
                net.replay_status().c_str());

    auto& exc = net.find<NeuronGroup>("exc");
    auto& inh = net.find<NeuronGroup>("inh");
    example::Published published;
    published.value("exc: share of chances to fire", example::fired_share(exc, 1000), 0.00292,
                    0.00052);
    published.value("inh: share of chances to fire", example::fired_share(inh, 1000), 0.04927,
                    0.0009);
    published.value("exc: mean v (mV)", example::mean_of_mean_v(exc), -25.94, 0.16);
    published.value("inh: mean v (mV)", example::mean_of_mean_v(inh), -49.13, 0.2);
    example::write_spikes("leaky_integrate_and_fire", net);
    return published.code();
}
