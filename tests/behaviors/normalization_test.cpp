#include "lambda_behavior.hpp"

#include <monnto/monnto.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <vector>

namespace monnto {
namespace {

/// Two groups of synapses onto one of neurons, in either order of matrices.
class Normalization : public testing::TestWithParam<SynapseOrder> {
protected:
    Normalization() : net_({.syn_dim = GetParam(), .seed = 5}) {
        src_ = &net_.add_neurons("src", 4);
        dst_ = &net_.add_neurons("dst", 3);
        for (SynapseGroup*& s : groups_) {
            s = &net_.add_synapses("GLU", *src_, *dst_);
            (*s)["W"] = s->matrix("uniform") - 0.25;
        }
    }
    /// Sums of |W| by destination (rows) or by source, of both groups together.
    [[nodiscard]] std::vector<float> sums(int axis) const {
        Array total = zeros({}, DType::f32);
        for (SynapseGroup* s : groups_) {
            total = total + sum(abs(s->ignore_transpose_mode((*s)["W"])), axis);
        }
        return total.host<float>();
    }

    Network net_;
    NeuronGroup* src_ = nullptr;
    NeuronGroup* dst_ = nullptr;
    SynapseGroup* groups_[2] = {};
};

TEST_P(Normalization, SharesTheSumAmongAllGroups) {
    normalize_synapse_attr("W", "W", 3.0, *dst_, "GLU");
    for (const float each : sums(1)) {
        EXPECT_NEAR(each, 3.0F, 1e-5F);
    }
}

TEST_P(Normalization, TakesOneTargetPerNeuron) {
    normalize_synapse_attr("W", "W", Array::from({1.0F, 2.0F, 3.0F}), *dst_, "GLU");
    const std::vector<float> found = sums(1);
    for (int i = 0; i < 3; ++i) {
        EXPECT_NEAR(found[i], static_cast<float>(i + 1), 1e-5F);
    }
}

TEST_P(Normalization, WorksOnWhatLeaves) {
    normalize_synapse_attr_efferent("W", "W", 2.0, *src_, "GLU");
    for (const float each : sums(0)) {
        EXPECT_NEAR(each, 2.0F, 1e-5F);
    }
}

TEST_P(Normalization, LeavesNeuronsWithoutInputAlone) {
    for (SynapseGroup* s : groups_) {
        (*s)["W"] *= 0.0;
    }
    normalize_synapse_attr("W", "W", 3.0, *dst_, "GLU");
    EXPECT_EQ(sums(1), (std::vector<float>{0, 0, 0}));
}

TEST_P(Normalization, IsABehaviorThatAlsoClips) {
    dst_->add_behavior(
        1, BehaviorRegistry::create("Synaptic_Normalization",
                                    {{"norm_factor", Number(3.0)}, {"clip_max", Number(0.5)}}));
    net_.initialize();
    net_.simulate_iterations(20);
    for (SynapseGroup* s : groups_) {
        EXPECT_GE((*s)["W"]->min().item<float>(), 0.0F);
        EXPECT_LE((*s)["W"]->max().item<float>(), 0.5F);
    }
    EXPECT_EQ(net_.replay_status(), "replayed as a plan");
}

INSTANTIATE_TEST_SUITE_P(Orders, Normalization,
                         testing::Values(SynapseOrder::DxS, SynapseOrder::SxD));

TEST(CreateWeights, BalancesRowsAndColumns) {
    Network net({.seed = 1});
    NeuronGroup& n = net.add_neurons("n", 5);
    SynapseGroup& s = net.add_synapses(
        "s", n, n, {{1, BehaviorRegistry::create("CreateWeights", {{"nomr_fac", Number(2.0)}})}});
    net.initialize();
    for (const int axis : {0, 1}) {
        for (const float each : sum(s["W"], axis).host<float>()) {
            EXPECT_NEAR(each, 2.0F, 1e-6F);
        }
    }
}

TEST(CreateWeights, KeepsToWhatIsEnabled) {
    Network net({.seed = 1});
    NeuronGroup& n = net.add_neurons("n", 5);
    SynapseGroup& s = net.add_synapses("s", n, n);
    s["enabled"] = eye(5, 5, 0, DType::boolean) == false;
    s.add_behavior(1, std::make_shared<CreateWeights>(
                          CreateWeights::Params{.distribution = "normal(0.9,0.1)"}));
    EXPECT_EQ(trace(s["W"]).item<float>(), 0.0F);
    EXPECT_NEAR(s["W"]->sum().item<float>(), 5.0F, 1e-5F);
    EXPECT_THROW(
        s.add_behavior(2, std::make_shared<CreateWeights>(CreateWeights::Params{.density = 2.0})),
        BadParameter);
}

TEST(Refractory, LowersActivityAfterOutput) {
    Network net;
    NeuronGroup& n = net.add_neurons("n", 2, {{1, BehaviorRegistry::create("refractory")}});
    n["output"] = Array::from({1.0F, 0.0F});
    n["activity"] = n.vector();
    net.initialize();
    for (const float expected : {-1.0F, -2.5F, -4.25F}) {
        net.simulate_iteration();
        EXPECT_EQ(n["activity"].host<float>(), (std::vector<float>{expected, 0.0F}));
    }
}

TEST(NoxDiffusion, FollowsTheMeanOfItsNeighborhood) {
    // On a line of 41 neurons, 5 boxes 8 wide, each enlarged by 5: box 0 holds the places 0 to 8
    // and measures 0 to 13.
    Network net;
    NeuronGroup& n = net.add_neurons("n", 41);
    n["x"] = arange(41).astype(DType::f32);
    n["y"] = n.vector();
    n["z"] = n.vector();
    n["output_new"] = n.vector();
    n["output_new"](0) = 1.0;
    n.add_behavior(1, BehaviorRegistry::create("NOX_Diffusion", {{"eta_nox", Number(0.5)}}), false);
    net.initialize();
    net.simulate_iteration();
    const std::vector<float> nox = n["nox"].host<float>();
    EXPECT_NEAR(nox[0], 0.5F / 14.0F, 1e-7F);
    EXPECT_NEAR(nox[8], 0.5F / 14.0F, 1e-7F);
    EXPECT_EQ(nox[9], 0.0F);  // box 1 measures 3 to 21
    EXPECT_EQ(nox[40], 0.0F);
}

}  // namespace
}  // namespace monnto
