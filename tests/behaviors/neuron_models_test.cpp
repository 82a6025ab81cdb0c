#include <monnto/monnto.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <vector>

namespace monnto {
namespace {

/// Iterations after which v lies above `level` and before below it.
std::vector<int> crossings(const Recording& recording, float level, std::ptrdiff_t neuron = 0) {
    const Array column = recording.array()(all, neuron);
    const std::vector<float> v = column.host<float>();
    std::vector<int> found;
    for (std::size_t i = 1; i < v.size(); ++i) {
        if (v[i] > level && v[i - 1] <= level) {
            found.push_back(static_cast<int>(i));
        }
    }
    return found;
}

TEST(LeakyIntegrateAndFire, DecaysAtTheAnalyticRateForAnyStep) {
    for (const double dt : {0.1, 1.0, 5.0}) {
        SCOPED_TRACE(dt);
        Network net({.dt = dt});
        NeuronGroup& n = net.add_neurons(
            "n", 1,
            {{1, BehaviorRegistry::create("LeakyIntegrateAndFire", {{"tau", Number(20.0)}})}});
        net.initialize();
        n["v"].fill(-55.0);
        net.run_for(20.0);
        EXPECT_NEAR(n["v"].host<float>()[0], -65.0 + 10.0 / std::exp(1.0), 1e-4);
    }
}

TEST(LeakyIntegrateAndFire, FiresAtTheAnalyticInterval) {
    // tau ln((R i + rest - reset)/(R i + rest - threshold)) from reset to threshold
    Network net({.dt = 0.01});
    NeuronGroup& n = net.add_neurons(
        "n", 1, {{1, std::make_shared<LeakyIntegrateAndFire>(LeakyIntegrateAndFire::Params{})}});
    auto spikes = std::make_shared<EventRecorder>("spike");
    n.add_behavior(9, spikes, false);
    n["i"] = n.vector(2.0);
    net.initialize();
    net.simulate_iterations(20000);
    const Array times = net.find<EventColumn>("spike.t").array();
    const double interval = 20.0 * std::log(25.0 / 5.0);
    EXPECT_NEAR((times(2).array() - times(1).array()).item<double>() * 0.01, interval, 0.011);
    EXPECT_EQ(net.replay_status(), "replayed as a plan");
}

TEST(WangBuzsaki, FiresAsItsPublishedModel) {
    Network net({.dt = 0.01});
    auto v = std::make_shared<Recorder>("v");
    net.add_neurons("n", 1, {{1, std::make_shared<WangBuzsaki>()}, {9, v}});
    net.initialize();
    net.simulate_iterations(10000);
    const std::vector<int> expected = {892, 1906, 2918, 3930, 4941, 5953, 6964, 7976, 8988, 9999};
    const std::vector<int> found = crossings(v->history("v"), 0.0F);
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        EXPECT_NEAR(found[i], expected[i], 1);
    }
    EXPECT_NEAR(v->history("v").array().max().item<double>(), 31.85, 0.01);
    EXPECT_NEAR(v->history("v").array().min().item<double>(), -69.97, 0.01);
}

TEST(HindmarshRose, IsQuietBurstsOrFires) {
    Network net;
    auto x = std::make_shared<Recorder>("x");
    net.add_neurons("n", 3,
                    {{1, std::make_shared<HindmarshRose>(
                             HindmarshRose::Params{.current = Array::from({0.4F, 2.0F, 4.0F})})},
                     {9, x}});
    net.initialize();
    net.simulate_iterations(200000);
    const std::vector<std::size_t> spikes = {7, 92, 258};
    const std::vector<int> first = {4158, 650, 300};
    for (int i = 0; i < 3; ++i) {
        const std::vector<int> found = crossings(x->history("x"), 1.0F, i);
        EXPECT_EQ(found.size(), spikes[i]);
        EXPECT_NEAR(found.at(0), first[i], 2);
    }
}

TEST(HodgkinHuxley, FiresOnceCurrentFlows) {
    Network net({.dt = 0.01});
    auto spikes = std::make_shared<EventRecorder>("spike");
    NeuronGroup& n = net.add_neurons("n", 2, {{1, std::make_shared<HodgkinHuxley>()}, {9, spikes}});
    n["i"] = Array::from({0.0F, 10.0F});
    net.initialize();
    net.simulate_iterations(10000);
    const Array who = net.find<EventColumn>("spike.i").array();
    EXPECT_EQ(count_nonzero(who == 0).item<int>(), 0);  // rests
    // 10 uA/cm^2 make about 68 spikes per second (Hodgkin, Huxley 1952; textbooks give 65 to 70).
    EXPECT_NEAR(count_nonzero(who == 1).item<double>(), 7.0, 1.0);
    EXPECT_NEAR(n["v"].host<float>()[0], -65.0F, 0.2F);
}

TEST(Izhikevich, FiresRegularlyAndAdapts) {
    Network net({.dt = 0.5});
    auto spikes = std::make_shared<EventRecorder>("spike");
    NeuronGroup& n = net.add_neurons("n", 1, {{1, std::make_shared<Izhikevich>()}, {9, spikes}});
    n["i"] = n.vector(10.0);
    net.initialize();
    net.simulate_iterations(2000);
    const std::vector<std::int64_t> times =
        net.find<EventColumn>("spike.t").array().host<std::int64_t>();
    ASSERT_GT(times.size(), 10U);
    EXPECT_GT(times.back() - times[times.size() - 2], times[1] - times[0]);
}

TEST(AdaptiveExponential, FiresAboveItsRheobase) {
    // Brette and Gerstner's neuron fires tonically from about 0.5 to 0.65 nA on, rests at less.
    Network net({.dt = 0.05});
    auto spikes = std::make_shared<EventRecorder>("spike");
    NeuronGroup& n =
        net.add_neurons("n", 2, {{1, std::make_shared<AdaptiveExponential>()}, {9, spikes}});
    n["i"] = Array::from({0.4F, 1.0F});
    net.initialize();
    net.simulate_iterations(20000);
    const Array who = net.find<EventColumn>("spike.i").array();
    EXPECT_EQ(count_nonzero(who == 0).item<int>(), 0);
    EXPECT_GT(count_nonzero(who == 1).item<int>(), 5);
    EXPECT_TRUE(all_of(isfinite(n["v"])).item<bool>());
}

}  // namespace
}  // namespace monnto
