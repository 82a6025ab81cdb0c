// Wang and Buzsaki's interneuron (1996, doi 10.1523/JNEUROSCI.16-20-06402.1996) under a constant
// current.
#include "../support/published.hpp"

#include <monnto/monnto.hpp>

#include <memory>

using namespace monnto;  // NOLINT(google-build-using-namespace): a script

int main() {
    Network net({.dt = 0.01});
    auto recorder = std::make_shared<Recorder>("v");
    net.add_neurons("neuron", 1, {{1, std::make_shared<WangBuzsaki>()}, {9, recorder}});
    net.initialize();
    const RunReport report = net.simulate_iterations(10'000, {.progress = false});
    std::printf("10000 iterations in %.1f ms, %s\n", report.milliseconds,
                net.replay_status().c_str());

    const Array v = recorder->history("v").array();
    example::Published published;
    published.times("spikes (ms)", example::crossings(v, 0.0, 0, 0.01),
                    {8.92, 19.06, 29.18, 39.30, 49.41, 59.53, 69.64, 79.76, 89.88, 99.99}, 0.011);
    published.value("highest v (mV)", v.max().item<double>(), 31.85, 0.01);
    published.value("lowest v (mV)", v.min().item<double>(), -69.97, 0.01);
    example::write_rows("wang_buzsaki", v.host<float>(), 1, 5);
    return published.code();
}
