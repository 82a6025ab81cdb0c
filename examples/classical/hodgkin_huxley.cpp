// A cable of 20 compartments with Hodgkin and Huxley's channels (1952,
// doi 10.1113/jphysiol.1952.sp004764): spikes enter at one end, and some get lost on the way. Each
// compartment is a neuron of the group.
#include "../support/published.hpp"

#include <monnto/monnto.hpp>

#include <memory>
#include <vector>

using namespace monnto;  // NOLINT(google-build-using-namespace): a script

/// Neighbors pull at each other, in both directions. As in the published script the flow is scaled
/// by dt, which no physics asks for.
class Coupling final : public NeuronBehavior {
public:
    void initialize(NeuronGroup& n) override { n["i"] = n.vector(); }
    void iteration(NeuronGroup& n) override {
        const Array v = n["v"];
        const Array flow = (v(slice({}, -1)).array() - v(slice(1, {})).array()) / 0.15 * 0.01;
        n["i"].fill(0.0);
        n["i"](slice(1, {})) += flow;
        n["i"](slice({}, -1)) -= flow;
    }
    [[nodiscard]] bool is_static() const override { return true; }
};

/// 5 uA/cm^2 from 100 to 200 ms, 10 from 300 to 400 ms, into the first compartment.
class Electrode final : public NeuronBehavior {
public:
    void initialize(NeuronGroup& n) override {
        n["t"] = n.vector();
        n["step"] = zeros({1}, DType::i64);
    }
    void iteration(NeuronGroup& n) override {
        n["step"] += 1;
        const Array t = n["step"] * 0.01;
        n["i"](slice(0, 1)) +=
            5.0 * ((t > 100.0) & (t < 200.0)) + 10.0 * ((t > 300.0) & (t < 400.0));
    }
    [[nodiscard]] bool is_static() const override { return true; }
};

int main() {
    Network net({.dt = 0.01});
    auto recorder = std::make_shared<Recorder>("v");
    net.add_neurons("cable", 20,
                    {{1, std::make_shared<Coupling>()},
                     {2, std::make_shared<Electrode>()},
                     {3, std::make_shared<HodgkinHuxley>()},
                     {9, recorder}});
    net.initialize();
    const RunReport report = net.simulate_iterations(50'000, {.progress = false});
    std::printf("50000 iterations in %.1f ms, %s\n", report.milliseconds,
                net.replay_status().c_str());

    const Array v = recorder->history("v").array();
    example::Published published;
    const auto spikes = [&](int compartment, const std::vector<double>& times) {
        published.times("compartment " + std::to_string(compartment) + ", spikes (ms)",
                        example::crossings(v, 0.0, compartment, 0.01), times, 0.021);
    };
    spikes(0, {103.14, 301.96, 317.64, 332.86, 348.06, 363.88, 379.07, 394.27});
    spikes(5, {120.04, 318.70, 367.59, 413.73});
    spikes(10, {137.38, 336.03, 385.01, 431.12});
    spikes(19, {168.15, 366.80, 415.81, 461.90});
    published.value("compartment 0: highest v (mV)", v(all, 0).array().max().item<double>(), 40.22,
                    0.01);
    example::write_rows("hodgkin_huxley", v.host<float>(), 20, 50);
    return published.code();
}
