// Hindmarsh and Rose's neuron (1984, doi 10.1098/rspb.1984.0024) under three currents: it bursts
// once, goes on bursting, or fires.
#include "../support/published.hpp"

#include <monnto/monnto.hpp>

#include <array>
#include <memory>

using namespace monnto;  // NOLINT(google-build-using-namespace): a script

int main() {
    Network net;
    auto recorder = std::make_shared<Recorder>("x");
    HindmarshRose::Params params;
    params.current = Array::from({0.4F, 2.0F, 4.0F});
    net.add_neurons("neurons", 3, {{1, std::make_shared<HindmarshRose>(params)}, {9, recorder}});
    net.initialize();
    const RunReport report = net.simulate_iterations(200'000, {.progress = false});
    std::printf("200000 iterations in %.1f ms, %s\n", report.milliseconds,
                net.replay_status().c_str());

    struct Known {
        double current, spikes, first, lowest, highest;
    };
    const std::array<Known, 3> known = {{{0.4, 7, 4158, -1.671, 1.850},
                                         {2.0, 92, 650, -1.608, 2.234},
                                         {4.0, 258, 300, -1.560, 2.477}}};
    const Array x = recorder->history("x").array();
    example::Published published;
    for (int i = 0; i < 3; ++i) {
        const Known& of = known.at(static_cast<std::size_t>(i));
        const std::string name = "current " + std::to_string(of.current).substr(0, 3) + ": ";
        const std::vector<double> found = example::crossings(x, 1.0, i, 1.0);
        published.value(name + "spikes", static_cast<double>(found.size()), of.spikes, 0);
        published.value(name + "first one, iteration", found.empty() ? 0.0 : found[0], of.first, 2);
        published.value(name + "lowest x", x(all, i).array().min().item<double>(), of.lowest,
                        0.001);
        published.value(name + "highest x", x(all, i).array().max().item<double>(), of.highest,
                        0.001);
    }
    example::write_rows("hindmarsh_rose", x.host<float>(), 3, 50);
    return published.code();
}
