#include <monnto/monnto.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <vector>

namespace monnto {
namespace {

using Values = std::vector<float>;

/// Three neurons with act = (0, 1, 2), whose target is adjusted.
class Homeostasis : public testing::Test {
protected:
    template <class B>
    void attach(typename B::Params params) {
        params.adjustment_param = "target";
        params.measurement_param = "n.act";
        n_ = &net_.add_neurons("n", 3);
        (*n_)["act"] = Array::from({0.0F, 1.0F, 2.0F});
        (*n_)["target"] = n_->vector();
        behavior_ = std::make_shared<B>(params);
        n_->add_behavior(1, behavior_, false);
        net_.initialize();
    }
    Values step() {
        net_.simulate_iteration();
        return (*n_)["target"].host<float>();
    }

    Network net_;
    NeuronGroup* n_ = nullptr;
    std::shared_ptr<InstantHomeostasis> behavior_;
};

TEST_F(Homeostasis, MovesTheTargetByTheDistance) {
    attach<InstantHomeostasis>({.threshold = 1.0});
    EXPECT_EQ(step(), (Values{1, 0, -1}));
    EXPECT_EQ(step(), (Values{2, 0, -2}));
    EXPECT_EQ(step(), (Values{3, 0, -3}));
}

TEST_F(Homeostasis, LeavesAGapAroundTheThreshold) {
    attach<InstantHomeostasis>({.threshold = 1.0, .gap_percent = 50.0});
    EXPECT_EQ(step(), (Values{0.5, 0, -0.5}));
    behavior_->set_threshold(Array(2.0F));
    EXPECT_EQ(step(), (Values{2.5, 1, -0.5}));
    behavior_->set_threshold(Array(1.0F), 100.0);
    EXPECT_EQ(step(), (Values{2.5, 1, -0.5}));
}

TEST_F(Homeostasis, MayIgnoreTheDistance) {
    attach<InstantHomeostasis>({.threshold = 1.0,
                                .distance_sensitive = false,
                                .inc = 0.1,
                                .dec = 0.2,
                                .adj_strength = 0.5});
    const Values target = step();
    EXPECT_FLOAT_EQ(target[0], 0.05F);
    EXPECT_FLOAT_EQ(target[1], 0.0F);
    EXPECT_FLOAT_EQ(target[2], -0.1F);
}

TEST_F(Homeostasis, ClipsTargetAndMeasurement) {
    attach<InstantHomeostasis>({.threshold = 1.0,
                                .measurement_max = 1.25,
                                .target_clip_min = -0.5,
                                .target_clip_max = 0.5});
    EXPECT_EQ(step(), (Values{0.5, 0, -0.25}));
    EXPECT_EQ(step(), (Values{0.5, 0, -0.5}));
    EXPECT_EQ(step(), (Values{0.5, 0, -0.5}));
}

TEST_F(Homeostasis, IntegratesOverTime) {
    TimeIntegrationHomeostasis::Params params;
    params.threshold = 1.0;
    params.integration_length = 3.0;
    attach<TimeIntegrationHomeostasis>(params);
    EXPECT_EQ(step(), (Values{0.25, 0, -0.25}));
    EXPECT_EQ(step(), (Values{0.6875, 0, -0.6875}));
    EXPECT_EQ(step(), (Values{1.265625, 0, -1.265625}));
}

TEST_F(Homeostasis, IsReplayedWithTheSameNumbers) {
    TimeIntegrationHomeostasis::Params params;
    params.threshold = 1.0;
    params.integration_length = 3.0;
    attach<TimeIntegrationHomeostasis>(params);
    net_.simulate_iterations(30);
    EXPECT_EQ(net_.replay_status(), "replayed as a plan");
    float average = 1.0F;
    float target = 0.0F;
    for (int i = 0; i < 30; ++i) {
        average = average * 3.0F / 4.0F;
        target += 1.0F - average;
    }
    EXPECT_NEAR((*n_)["target"].host<float>()[0], target, 1e-5F);
}

TEST(HomeostasisParameters, AreCheckedWhereTheyArrive) {
    const auto refuses = [](InstantHomeostasis::Params params) {
        try {
            Network net;
            NeuronGroup& n = net.add_neurons("n", 3);
            n["act"] = n.vector();
            n.add_behavior(1, std::make_shared<InstantHomeostasis>(std::move(params)));
        } catch (const BadParameter& error) {
            return error.name;
        }
        return std::string();
    };
    EXPECT_EQ(refuses({.threshold = 1.0, .adjustment_param = "x"}), "measurement_param");
    EXPECT_EQ(refuses({.threshold = 1.0, .measurement_param = "act"}), "adjustment_param");
    EXPECT_EQ(refuses({.adjustment_param = "x", .measurement_param = "act"}), "threshold");
    EXPECT_THROW(InstantHomeostasis({.adjustment_param = "x", .measurement_param = "act +"}),
                 ParseError);
}

}  // namespace
}  // namespace monnto
