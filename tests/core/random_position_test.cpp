// S18: where a draw stands decides its numbers, and nothing else does.
#include <monnto/monnto.hpp>

#include <gtest/gtest.h>
#include <lambda_behavior.hpp>

#include <set>

namespace monnto {
namespace {

using support::both;
using support::every_step;
using Floats = std::vector<float>;

struct Options {
    bool has_other_behavior = false;
    bool has_recorder = false;
    std::int64_t start_iteration = 0;
};

// What a behavior at key 5 draws in each of three steps.
std::vector<Floats> draws(std::uint64_t seed, const Options& options) {
    Network net({.seed = seed});
    NeuronGroup& n = net.add_neurons("n", 4);
    std::vector<Floats> drawn;
    if (options.has_other_behavior) {
        n.add_behavior(1, every_step([](Object& o) {
                           o["noise"] = o.from_mode("uniform") + o.from_mode("normal");
                       }));
    }
    n.add_behavior(
        5, every_step([&](Object& o) { drawn.push_back(o.from_mode("uniform").host<float>()); }));
    if (options.has_recorder) {
        n.add_behavior(9, std::make_shared<Recorder>("np.mean(n.vector('uniform'))"));
    }
    net.initialize();
    net.set_iteration(options.start_iteration);
    net.simulate_iterations(3);
    return drawn;
}

TEST(RandomPositionTest, S18_FixesARunByItsSeed) {
    EXPECT_EQ(draws(7, {}), draws(7, {}));
    EXPECT_NE(draws(7, {}), draws(8, {}));
}

TEST(RandomPositionTest, S18_IsNotMovedByOtherBehaviorsRecordersOrTheIteration) {
    EXPECT_EQ(draws(7, {}), draws(7, {.has_other_behavior = true}));
    EXPECT_EQ(draws(7, {}), draws(7, {.has_recorder = true}));
    EXPECT_EQ(draws(7, {}), draws(7, {.start_iteration = 1000}));
}

TEST(RandomPositionTest, S18_DiffersBetweenStepsCallsKeysObjectsAndPhases) {
    Network net({.seed = 3});
    std::set<Floats> seen;
    std::size_t taken = 0;
    const auto draw = [&](Object& o) {
        for (int i = 0; i < 3; ++i) {
            seen.insert(o.from_mode("uniform").host<float>());
            ++taken;
        }
    };
    for (const char* tag : {"a", "b"}) {
        NeuronGroup& n = net.add_neurons(tag, 4, {{1, both(draw, draw)}, {2, both(draw, draw)}});
        draw(n);
        draw(n);
    }
    net.initialize();
    net.simulate_iterations(5);
    EXPECT_EQ(taken, 2U * (2 * 3 + 2 * 3 + 5 * 2 * 3));
    EXPECT_EQ(seen.size(), taken);
}

TEST(RandomPositionTest, S18_BelongsToTheRunningBehaviorNotToTheGroupThatIsAsked) {
    Network net({.seed = 3});
    NeuronGroup& a = net.add_neurons("a", 2);
    NeuronGroup& b = net.add_neurons("b", 2);
    RandomPosition inside;
    a.add_behavior(1, every_step([&](Object&) { inside = b.next_random_position(); }));
    const std::uint64_t outside = b.next_random_position().key;
    net.simulate_iteration();
    EXPECT_EQ(inside.key, stream_key(3, a.creation_index(), 1.0, Phase::iterate));
    EXPECT_EQ(inside.step, 1U);
    EXPECT_EQ(inside.ordinal, 0U);
    EXPECT_EQ(outside, stream_key(3, b.creation_index(), 0.0, Phase::outside));
    EXPECT_EQ(b.outside_draws(), 1U);
}

TEST(RandomPositionTest, S18_DrawsASeedOfItsOwnAndKeepsIt) {
    const Network first;
    const Network second;
    EXPECT_NE(first.seed(), second.seed());  // equal once in 4 billion runs
}

}  // namespace
}  // namespace monnto
