// How long do 300 iterations of the naively written LIF network with one-step STDP take, beside a
// plain loop of the same network that knows its events?
#include "plain_networks.hpp"
#include "runs.hpp"

#include <monnto/monnto.hpp>

#include <benchmark/benchmark.h>

#include <memory>

namespace {

using monnto::Array;
using monnto::Network;
using monnto::NeuronGroup;
using monnto::SynapseGroup;
using monnto::bench::iterations;
using monnto::bench::report;
using monnto::bench::seconds_of;

/// v > 6 spikes and is reset; v leaks.
class Membrane final : public monnto::NeuronBehavior {
public:
    void initialize(NeuronGroup& n) override {
        n["v"] = n.vector();
        n["spike"] = n["v"] > 6.0;
    }
    void iteration(NeuronGroup& n) override {
        n["spike_old"] = n["spike"];
        n["spike"] = n["v"] > 6.0;
        n["v"] *= !n["spike"];
        n["v"] *= 0.9;
        spikes += monnto::sum(n["spike"]);
    }
    Array spikes = 0;
};

class Input final : public monnto::NeuronBehavior {
public:
    void initialize(NeuronGroup& n) override {
        for (SynapseGroup* s : n.synapses(monnto::afferent, "GLU")) {
            (*s)["W"] = s->matrix("uniform") / static_cast<double>(n.size());
        }
    }
    void iteration(NeuronGroup& n) override {
        n["v"] += n.vector("uniform");
        for (SynapseGroup* s : n.synapses(monnto::afferent, "GLU")) {
            n["v"] += (*s)["W"]->dot(s->source().get("spike"));
        }
    }
};

class Stdp final : public monnto::NeuronBehavior {
public:
    void iteration(NeuronGroup& n) override {
        for (SynapseGroup* s : n.synapses(monnto::afferent, "GLU")) {
            const Array post = s->destination().get("spike");
            const Array pre = s->source().get("spike_old");
            (*s)["W"] +=
                post(monnto::all, monnto::newaxis) * pre(monnto::newaxis, monnto::all) * 0.001;
            (*s)["W"] = monnto::clip((*s)["W"], 0, 1);
        }
    }
};

void naive(benchmark::State& state) {
    for (auto _ : state) {
        Network net({.seed = 1, .threads = static_cast<int>(state.range(1))});
        auto membrane = std::make_shared<Membrane>();
        NeuronGroup& n = net.add_neurons(
            "n", state.range(0),
            {{1, membrane}, {2, std::make_shared<Input>()}, {3, std::make_shared<Stdp>()}});
        net.add_synapses("GLU", n, n);
        net.initialize();
        const double seconds =
            seconds_of([&] { net.simulate_iterations(iterations, {.progress = false}); });
        report(state, seconds, membrane->spikes.item<double>());
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
        monnto::bench::PlainLif net(static_cast<std::size_t>(state.range(0)));
        const double seconds = seconds_of([&] {
            for (int i = 0; i < iterations; ++i) {
                net.iteration();
            }
        });
        report(state, seconds, static_cast<double>(net.spikes()));
    }
}
BENCHMARK(plain_loop)
    ->Arg(100)
    ->Arg(1000)
    ->Arg(10'000)
    ->UseManualTime()
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

}  // namespace
