// Inputs against what they promise. Seeds are fixed; statistical tests would fail for one seed in
// 10^5 if the input were right.
#include <monnto/monnto.hpp>

#include <gtest/gtest.h>

#include <cmath>

namespace monnto {
namespace {

constexpr double far_off = 4.4;  // standard deviations

/// Owns `i`, which inputs add to after it was set back, and what arrived in all.
class Total final : public NeuronBehavior {
public:
    void initialize(NeuronGroup& n) override {
        n["i"] = n.vector();
        n["sum"] = n.vector();
        n["squares"] = n.vector();
    }
    void iteration(NeuronGroup& n) override {
        n["sum"] += n["i"];
        n["squares"] += n["i"] * n["i"];
        n["i"] = n.vector();
    }
    [[nodiscard]] bool is_static() const override { return true; }
};

struct Driven {
    Network net;
    NeuronGroup& n;
    explicit Driven(const std::shared_ptr<Behavior>& input, std::ptrdiff_t size, double dt)
        : net({.seed = 5, .dt = dt}),
          n(net.add_neurons("n", size, {{1, input}, {2, std::make_shared<Total>()}})) {
        net.initialize();
    }
};

void expect_poisson(Driven& s, const std::vector<double>& mean_of_group, std::int64_t steps) {
    s.net.simulate_iterations(steps);
    const auto sums = s.n["sum"].host<float>();
    const auto squares = s.n["squares"].host<float>();
    const std::size_t share = sums.size() / mean_of_group.size();
    for (std::size_t g = 0; g < mean_of_group.size(); ++g) {
        const double mean = mean_of_group[g];
        double sum = 0.0;
        double square = 0.0;
        for (std::size_t i = g * share; i < (g + 1) * share; ++i) {
            sum += sums[i];
            square += squares[i];
        }
        const double draws = static_cast<double>(share) * static_cast<double>(steps);
        EXPECT_NEAR(sum / draws, mean, far_off * std::sqrt(mean / draws));
        // E k^2 = m + m^2; its variance is below 4 m^3 + 6 m^2 + m + what m^4 cancels.
        const double spread = std::sqrt((4 * mean * mean * mean + 6 * mean * mean + mean) / draws);
        EXPECT_NEAR(square / draws, mean + mean * mean, far_off * spread);
    }
}

TEST(PoissonInput, HasTheMeanAndTheVarianceOfItsRate) {
    PoissonInput::Params params;
    params.rate = 8.0;
    params.sources = 2000.0;
    Driven s(std::make_shared<PoissonInput>(params), 1000, 0.1);
    expect_poisson(s, {1.6}, 300);
}

TEST(PoissonInput, TakesARatePerNeuron) {
    std::vector<float> rate(4000, 0.0F);
    for (std::size_t i = 0; i < rate.size(); ++i) {
        rate[i] = i < 1000 ? 0.0F : (i < 2000 ? 300.0F : (i < 3000 ? 12'800.0F : 23'200.0F));
    }
    PoissonInput::Params params;
    params.rate = Array::from(rate);
    Driven s(std::make_shared<PoissonInput>(params), 4000, 0.1);
    expect_poisson(s, {0.0, 0.03, 1.28, 2.32}, 300);
}

TEST(PoissonInput, TakesLargeRatesPerNeuron) {
    std::vector<float> rate(2000, 300'000.0F);
    std::fill(rate.begin(), rate.begin() + 1000, 900'000.0F);
    PoissonInput::Params params;
    params.rate = Array::from(rate);
    Driven s(std::make_shared<PoissonInput>(params), 2000, 0.1);
    expect_poisson(s, {90.0, 30.0}, 30);
}

TEST(PoissonInput, RefusesNegativeRates) {
    PoissonInput::Params params;
    params.rate = -1.0;
    EXPECT_THROW(Driven(std::make_shared<PoissonInput>(params), 10, 0.1), BadParameter);
}

TEST(DirectCurrent, ArrivesInEveryStep) {
    DirectCurrent::Params params;
    params.amplitude = 0.25;
    Driven s(std::make_shared<DirectCurrent>(params), 3, 1.0);
    s.net.simulate_iterations(8);
    EXPECT_EQ(s.n["sum"].host<float>(), std::vector<float>(3, 2.0F));
}

TEST(StepCurrent, HoldsFromTimeToTime) {
    StepCurrent::Params params;
    params.times = Array::from({1.0, 2.0, 3.0});
    params.amplitudes = Array::from({2.0, -1.0, 0.0});
    Driven s(std::make_shared<StepCurrent>(params), 2, 0.5);
    std::vector<float> seen;
    for (int step = 1; step <= 8; ++step) {
        const float before = s.n["sum"].host<float>()[1];
        s.net.simulate_iterations(1);
        seen.push_back(s.n["sum"].host<float>()[1] - before);
    }
    EXPECT_EQ(seen, (std::vector<float>{0, 2, 2, -1, -1, 0, 0, 0}));
    EXPECT_NE(s.net.replay_status().find("replayed"), std::string::npos) << s.net.replay_status();
}

TEST(StepCurrent, RefusesTimesThatDoNotAscend) {
    StepCurrent::Params params;
    params.times = Array::from({1.0, 1.0});
    params.amplitudes = Array::from({2.0, 3.0});
    EXPECT_THROW(Driven(std::make_shared<StepCurrent>(params), 2, 0.5), BadParameter);
    params.amplitudes = Array::from({2.0});
    EXPECT_THROW(Driven(std::make_shared<StepCurrent>(params), 2, 0.5), ShapeMismatch);
}

std::shared_ptr<SpikeArray> spikes(const std::vector<std::int64_t>& indices,
                                   const std::vector<double>& times) {
    SpikeArray::Params params;
    params.indices = Array::from(indices);
    params.times = Array::from(times);
    return std::make_shared<SpikeArray>(params);
}

TEST(SpikeArray, SpikesWhenItWasTold) {
    Network net({.seed = 1, .dt = 0.1});
    auto events = std::make_shared<EventRecorder>("spike");
    net.add_neurons("n", 4, {{1, spikes({3, 0, 0, 2}, {0.5, 0.1, 1.0, 0.54})}, {9, events}});
    net.initialize();
    net.simulate_iterations(20);
    // Pairs of iteration and neuron.
    EXPECT_EQ(events->history("spike").array().host<std::int64_t>(),
              (std::vector<std::int64_t>{1, 0, 5, 2, 5, 3, 10, 0}));
}

TEST(SpikeArray, RefusesNeuronsThatDoNotExist) {
    Network net({.seed = 1});
    net.add_neurons("n", 4, {{1, spikes({4}, {1.0})}});
    EXPECT_THROW(net.initialize(), IndexOutOfRange);
    Network other({.seed = 1});
    other.add_neurons("n", 4, {{1, spikes({1, 2}, {1.0})}});
    EXPECT_THROW(other.initialize(), ShapeMismatch);
}

TEST(Inputs, AreKnownByName) {
    for (const char* name : {"PoissonInput", "SpikeArray", "DirectCurrent", "StepCurrent"}) {
        EXPECT_NO_THROW((void)BehaviorRegistry::create(name)) << name;
    }
    EXPECT_THROW((void)BehaviorRegistry::create("PoissonInput", {{"rat", Number(1.0)}}),
                 UnknownName);
}

TEST(Inputs, ContinueFromASnapshotS19) {
    StepCurrent::Params params;
    params.times = Array::from({1.0, 2.0});
    params.amplitudes = Array::from({2.0, -1.0});
    Driven s(std::make_shared<StepCurrent>(params), 2, 0.5);
    s.net.simulate_iterations(1);
    const Snapshot snapshot = s.net.snapshot();
    s.net.simulate_iterations(5);
    const auto expected = s.n["sum"].host<float>();
    s.net.restore(snapshot);
    s.net.simulate_iterations(5);
    EXPECT_EQ(s.n["sum"].host<float>(), expected);
}

}  // namespace
}  // namespace monnto
