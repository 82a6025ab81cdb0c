// How long do 300 iterations of the naively written Izhikevich network with trace STDP take, beside
// a plain loop of the same network that knows its events?
#include "plain_networks.hpp"
#include "runs.hpp"

#include <monnto/monnto.hpp>

#include <memory>

namespace {

using monnto::Array;
using monnto::Network;
using monnto::NeuronGroup;
using monnto::SynapseGroup;
using monnto::bench::iterations;
using monnto::bench::report;
using monnto::bench::seconds_of;

class Input final : public monnto::NeuronBehavior {
public:
    void initialize(NeuronGroup& n) override {
        n["v"] = n.vector("normal(-65, 7)");
        n["u"] = n.vector("normal(12, 7)");
        n["spike"] = n["v"] >= 30.0;
        n["pre"] = n.vector();
        n["post"] = n.vector();
        for (SynapseGroup* s : n.synapses(monnto::afferent, "GLU")) {
            (*s)["W"] = s->matrix("uniform");
        }
    }
    void iteration(NeuronGroup& n) override {
        n["I"] = n.vector("normal(0, 1)") + 15.0;
        for (SynapseGroup* s : n.synapses(monnto::afferent, "GLU")) {
            n["I"] += (*s)["W"]->dot(s->source().get("spike")) / n.size();
        }
    }
};

/// dv/dt = 0.04 v^2 + 5 v + 140 - u + I; du/dt = a (b v - u); v >= 30: v <- c, u <- u + d
class Izhikevich final : public monnto::NeuronBehavior {
public:
    void iteration(NeuronGroup& n) override {
        n["spike"] = n["v"] >= 30.0;
        n["v"](n["spike"]) = -65.0;
        n["u"] += n["spike"] * 2.0;
        const Array v = n["v"];
        const Array dv = v * v * 0.04 + v * 5.0 + 140.0 - n["u"] + n["I"];
        const Array du = 0.02 * (0.04 * v - n["u"]);
        n["v"] += dv;
        n["u"] += du;
        spikes += monnto::sum(n["spike"]);
    }
    Array spikes = 0;
};

class Stdp final : public monnto::NeuronBehavior {
public:
    void iteration(NeuronGroup& n) override {
        n["pre"] += n["spike"] - n["pre"] / 20.0;
        n["post"] += n["spike"] - n["post"] / 20.0;
        for (SynapseGroup* s : n.synapses(monnto::afferent, "GLU")) {
            const Array source_spike = row(s->source().get("spike"));
            const Array target_spike = column(s->destination().get("spike"));
            const Array pre = row(s->source().get("pre"));
            const Array post = column(s->destination().get("post"));
            (*s)["W"] -= 0.012 * post * source_spike * (*s)["W"];
            (*s)["W"] += 0.01 * pre * target_spike * (1.0 - (*s)["W"]);
        }
    }

private:
    [[nodiscard]] static Array row(const Array& v) { return v(monnto::newaxis, monnto::all); }
    [[nodiscard]] static Array column(const Array& v) { return v(monnto::all, monnto::newaxis); }
};

void naive(benchmark::State& state) {
    for (auto _ : state) {
        Network net({.seed = 1, .threads = static_cast<int>(state.range(1))});
        auto neurons = std::make_shared<Izhikevich>();
        NeuronGroup& n = net.add_neurons(
            "n", state.range(0),
            {{1, std::make_shared<Input>()}, {2, neurons}, {3, std::make_shared<Stdp>()}});
        net.add_synapses("GLU", n, n);
        net.initialize();
        const double seconds =
            seconds_of([&] { net.simulate_iterations(iterations, {.progress = false}); });
        report(state, seconds, neurons->spikes.item<double>());
    }
}
BENCHMARK(naive)
    ->Args({100, 1})
    ->Args({1000, 1})
    ->Args({10'000, 1})
    ->Args({10'000, 2})
    ->UseManualTime()
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

void plain_loop(benchmark::State& state) {
    for (auto _ : state) {
        monnto::bench::PlainIzhikevich net(static_cast<std::size_t>(state.range(0)),
                                           state.range(1) != 0);
        const double seconds = seconds_of([&] {
            for (int i = 0; i < iterations; ++i) {
                net.iteration();
            }
        });
        report(state, seconds, static_cast<double>(net.spikes()));
    }
}
BENCHMARK(plain_loop)
    ->ArgNames({"size", "lazy"})
    ->ArgsProduct({{100, 1000, 10'000}, {0, 1}})
    ->UseManualTime()
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

}  // namespace
