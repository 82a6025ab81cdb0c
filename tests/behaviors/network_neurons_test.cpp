#include <monnto/monnto.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <vector>

namespace monnto {
namespace {

TEST(NoisyLeakyIntegrateAndFire, HasTheVarianceOfAnOrnsteinUhlenbeckProcess) {
    // One step keeps k = 1 - dt/tau of v and adds sigma^2 dt/tau: the variance is sigma^2/(1 + k).
    Network net({.seed = 3, .dt = 2.0});
    NeuronGroup& n = net.add_neurons(
        "n", 100000,
        {{1, std::make_shared<NoisyLeakyIntegrateAndFire>(NoisyLeakyIntegrateAndFire::Params{
                 .tau = 20.0, .drive = 5.0, .sigma = 3.0, .threshold = 1e9, .reset = 5.0})}});
    net.initialize();
    net.simulate_iterations(100);
    EXPECT_NEAR(mean(n["v"]).item<double>(), 5.0, 5 * 2.2 / std::sqrt(1e5));
    // Five standard deviations of the variance of 100,000 normal numbers.
    const double variance = 9.0 / 1.9;
    EXPECT_NEAR(var(n["v"]).item<double>(), variance, 5 * variance * std::sqrt(2.0 / 1e5));
}

TEST(NoisyLeakyIntegrateAndFire, FiresAtTheIntervalThatItsPeriodAndMembraneAllow) {
    Network net({.dt = 0.01});
    auto spikes = std::make_shared<EventRecorder>("spike");
    NeuronGroup& n = net.add_neurons(
        "n", 2,
        {{1, std::make_shared<NoisyLeakyIntegrateAndFire>(NoisyLeakyIntegrateAndFire::Params{
                 .sigma = 0.0, .refractory = Array::from({0.0F, 35.0F})})},
         {9, spikes}});
    net.initialize();
    net.run_for(200.0);
    const auto pairs = spikes->history("spike").array().host<std::int64_t>();
    std::vector<std::vector<std::int64_t>> times(2);
    for (std::size_t k = 0; k + 1 < pairs.size(); k += 2) {
        times[static_cast<std::size_t>(pairs[k + 1])].push_back(pairs[k]);
    }
    // From reset to threshold: tau ln((25 - 10)/(25 - 20)).
    EXPECT_NEAR(static_cast<double>(times[0][2] - times[0][1]) * 0.01, 20.0 * std::log(3.0), 0.02);
    // The membrane is above the threshold long before the period ends.
    EXPECT_EQ(times[1][2] - times[1][1], 3501);
    EXPECT_EQ(net.replay_status(), "replayed as a plan");
    EXPECT_EQ(n["v"].dtype(), DType::f32);
}

TEST(AlphaLeakyIntegrateAndFire, AnswersAPulseByAnAlphaFunction) {
    Network net({.dt = 0.001});
    auto x = std::make_shared<Recorder>("x");
    NeuronGroup& n = net.add_neurons("n", 1,
                                     {{1, std::make_shared<AlphaLeakyIntegrateAndFire>(
                                              AlphaLeakyIntegrateAndFire::Params{.tau_psp = 0.5})},
                                      {9, x}});
    net.initialize();
    n["y"] += 100.0;
    net.run_for(5.0);
    const std::vector<float> found = x->history("x").array()(all, 0).array().host<float>();
    for (const int i : {99, 499, 999, 2999}) {
        const double t = (i + 1) * 0.001;
        EXPECT_NEAR(found[static_cast<std::size_t>(i)], 100.0 * t / 0.5 * std::exp(-t / 0.5), 0.1);
    }
    // tau dv/dt = x - (v - rest): both exponentials by partial fractions.
    const double a = 1.0 / 0.5;
    const double b = 1.0 / 10.0;
    const double t = 5.0;
    const double lift =
        a * b * (std::exp(-b * t) - std::exp(-a * t) * (1.0 + (a - b) * t)) / ((a - b) * (a - b));
    EXPECT_NEAR(n["v"].host<float>()[0], -70.0 + 100.0 * lift, 0.01);
}

TEST(AlphaLeakyIntegrateAndFire, FiresOnceItsInputLiftsItToTheThreshold) {
    Network net({.dt = 0.01});
    NeuronGroup& n = net.add_neurons("n", 2, {{1, std::make_shared<AlphaLeakyIntegrateAndFire>()}});
    // A lasting input of i moves v by i tau_psp in the end.
    n["i"] = Array::from({14.9F / 0.325F, 15.1F / 0.325F});
    auto spikes = std::make_shared<EventRecorder>("spike");
    n.add_behavior(9, spikes, false);
    net.initialize();
    net.run_for(120.0);
    const Array who = net.find<EventColumn>("spike.i").array();
    EXPECT_EQ(count_nonzero(who == 0).item<int>(), 0);
    EXPECT_EQ(count_nonzero(who == 1).item<int>(), 2);  // tau ln(15.1/0.1) = 50.2 ms, and the ramp
}

}  // namespace
}  // namespace monnto
