#include "lambda_behavior.hpp"

#include <monnto/monnto.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <memory>
#include <vector>

namespace monnto {
namespace {

using support::every_step;

/// One synapse (of two by two, the others silent) whose ends spike in given iterations.
class Pair {
public:
    Pair(const char* rule, ParameterMap parameters, std::vector<int> pre, std::vector<int> post,
         SynapseOrder order = SynapseOrder::DxS)
        : net_({.syn_dim = order}) {
        NeuronGroup& src = net_.add_neurons("src", 2, {{1, spikes(std::move(pre))}});
        NeuronGroup& dst = net_.add_neurons("dst", 2, {{1, spikes(std::move(post))}});
        synapses_ = &net_.add_synapses("s", src, dst);
        (*synapses_)["W"] = synapses_->matrix(0.5);
        for (NeuronGroup* n : {&src, &dst}) {
            (*n)["spike"] = n->vector(DType::boolean);
        }
        synapses_->add_behavior(2, BehaviorRegistry::create(rule, parameters), false);
        net_.initialize();
    }
    /// How much the weight of the synapse between the first neurons changed.
    double change_after(int iterations) {
        net_.simulate_iterations(iterations);
        const std::vector<float> weights = (*synapses_)["W"].host<float>();
        EXPECT_EQ(weights[3], 0.5F);  // between the silent ones
        return static_cast<double>(weights[0]) - 0.5;
    }

private:
    static std::shared_ptr<Behavior> spikes(std::vector<int> when) {
        return every_step([when = std::move(when)](Object& n) {
            const bool now = std::find(when.begin(), when.end(), n.iteration()) != when.end();
            n["spike"] = Array::from({static_cast<std::uint8_t>(now), std::uint8_t{0}})
                             .astype(DType::boolean);
        });
    }
    Network net_;
    SynapseGroup* synapses_ = nullptr;
};

TEST(OneStepStdp, ComparesWithTheIterationBefore) {
    const ParameterMap rule = {{"strength", Number(0.1)}};
    EXPECT_NEAR(Pair("OneStepSTDP", rule, {3}, {4}).change_after(6), 0.1, 1e-6);
    EXPECT_NEAR(Pair("OneStepSTDP", rule, {4}, {3}).change_after(6), -0.1, 1e-6);
    EXPECT_NEAR(Pair("OneStepSTDP", rule, {4}, {4}).change_after(6), 0.1, 1e-6);
    EXPECT_NEAR(Pair("OneStepSTDP", rule, {3}, {5}).change_after(6), 0.0, 1e-7);
}

class TraceStdpRule : public testing::TestWithParam<SynapseOrder> {};

TEST_P(TraceStdpRule, FollowsTheExponentialWindow) {
    const ParameterMap rule = {{"a_plus", Number(0.1)},
                               {"a_minus", Number(0.2)},
                               {"tau_plus", Number(10.0)},
                               {"tau_minus", Number(30.0)}};
    for (const int delay : {1, 5, 20}) {
        Pair causal("TraceSTDP", rule, {3}, {3 + delay}, GetParam());
        EXPECT_NEAR(causal.change_after(30), 0.1 * std::exp(-delay / 10.0), 1e-6);
        Pair acausal("TraceSTDP", rule, {3 + delay}, {3}, GetParam());
        EXPECT_NEAR(acausal.change_after(30), -0.2 * std::exp(-delay / 30.0), 1e-6);
    }
    Pair together("TraceSTDP", rule, {3}, {3}, GetParam());
    EXPECT_NEAR(together.change_after(30), 0.0, 1e-7);
}

INSTANTIATE_TEST_SUITE_P(Orders, TraceStdpRule,
                         testing::Values(SynapseOrder::DxS, SynapseOrder::SxD));

TEST(TraceStdp, DependsOnTheWeightAsTheRuleSays) {
    struct Case {
        const char* dependence;
        double plus, minus;  // factors at W = 0.5, w_max = 2, mu = 0.3, w_0 = 0.7
    };
    const std::vector<Case> cases = {
        {"additive", 2.0, 2.0},
        {"multiplicative", 1.5, 0.5},
        {"power", 2.0 * std::pow(0.75, 0.3), 2.0 * std::pow(0.25, 0.3)},
        {"power_law", 0.7 * std::pow(0.5 / 0.7, 0.3), 0.5}};
    for (const Case& c : cases) {
        SCOPED_TRACE(c.dependence);
        const ParameterMap rule = {
            {"a_plus", Number(0.01)}, {"a_minus", Number(0.02)},
            {"w_max", Number(2.0)},   {"mu", Number(0.3)},
            {"w_0", Number(0.7)},     {"dependence", std::string(c.dependence)}};
        EXPECT_NEAR(Pair("TraceSTDP", rule, {3}, {4}).change_after(6),
                    0.01 * std::exp(-1.0 / 20.0) * c.plus, 1e-6);
        EXPECT_NEAR(Pair("TraceSTDP", rule, {4}, {3}).change_after(6),
                    -0.02 * std::exp(-1.0 / 20.0) * c.minus, 1e-6);
    }
    EXPECT_THROW(TraceStdp({.dependence = "aditive"}), UnknownName);
}

TEST(TraceStdp, StaysWithinItsBounds) {
    const ParameterMap rule = {{"a_plus", Number(0.4)}, {"a_minus", Number(0.4)}};
    EXPECT_NEAR(Pair("TraceSTDP", rule, {1, 2, 3, 4}, {5, 6, 7, 8}).change_after(10), 0.5, 1e-6);
    EXPECT_NEAR(Pair("TraceSTDP", rule, {5, 6, 7, 8}, {1, 2, 3, 4}).change_after(10), -0.5, 1e-6);
}

TEST(TripletStdp, AddsTheThirdSpike) {
    // post at 3, pre at 5, post at 8: the closed form of Pfister and Gerstner, equation 3 and 4.
    const double a2p = 0.01, a3p = 0.05, a2m = 0.02, a3m = 0.03;
    const ParameterMap rule = {{"a2_plus", Number(a2p)},
                               {"a3_plus", Number(a3p)},
                               {"a2_minus", Number(a2m)},
                               {"a3_minus", Number(a3m)}};
    const double depression = a2m * std::exp(-2 / 33.7);  // no earlier pre-synaptic spike
    const double potentiation = std::exp(-3 / 16.8) * (a2p + a3p * std::exp(-5 / 125.0));
    EXPECT_NEAR(Pair("TripletSTDP", rule, {5}, {3, 8}).change_after(10), potentiation - depression,
                1e-6);
    // pre at 3, post at 5, pre at 8
    const double first = std::exp(-2 / 16.8) * a2p;
    const double second = std::exp(-3 / 33.7) * (a2m + a3m * std::exp(-5 / 101.0));
    EXPECT_NEAR(Pair("TripletSTDP", rule, {3, 8}, {5}).change_after(10), first - second, 1e-6);
}

}  // namespace
}  // namespace monnto
