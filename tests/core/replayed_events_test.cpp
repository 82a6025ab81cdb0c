// Replayed iterations (S21) read and change as little of their matrices as recorded ones (D5).
#include "lambda_behavior.hpp"

#include <monnto/array/executor.hpp>
#include <monnto/monnto.hpp>

#include <gtest/gtest.h>

#include <set>
#include <string_view>

namespace monnto {
namespace {

using support::repeating;

constexpr std::ptrdiff_t size = 100;

/// Every tenth neuron spikes, each time another; the matrix delivers and learns. Beside it lies a
/// matrix that is drawn anew each time, out of nothing that lasts.
void build(Network& net, bool is_static) {
    net.add_neurons("n", size,
                    {{1, repeating(
                             is_static,
                             [](Object& n) {
                                 n["W"] = ones({size, size}, DType::f32) * 0.5;
                                 n["phase"] = arange(size).astype(DType::f32);
                                 n["spike"] = n["phase"] < 0.0;
                                 n["input"] = zeros({size}, DType::f32);
                                 n["noise"] = zeros({size, size}, DType::f32);
                             },
                             [](Object& n) {
                                 n["phase"] = (n["phase"] + 1.0) % 10.0;
                                 n["spike"] = n["phase"].array() == 0.0;
                                 n["input"] = matmul(n["W"], n["spike"]);
                                 n["W"] +=
                                     expand_dims(n["spike"], 1) * expand_dims(n["input"], 0) * 1e-4;
                                 n["W"] = clip(n["W"], 0, 1);
                             })},
                     {2, repeating(
                             is_static, [](Object& /*n*/) {},
                             [](Object& n) { n["noise"] = n.from_mode("normal(0, 1)"); })}});
    net.initialize();
}

[[nodiscard]] EvaluationCounters added_by(Network& net, int iterations) {
    const EvaluationCounters before = counters();
    net.simulate_iterations(iterations);
    EvaluationCounters added = counters();
    added.replayed -= before.replayed;
    added.touched -= before.touched;
    added.scanned -= before.scanned;
    added.relocated -= before.relocated;
    return added;
}

TEST(S21EventsTest, ReplaysTouchWhatRecordedIterationsTouch) {
    if (std::string_view(executor().name()) != "llvm") {
        GTEST_SKIP() << "the interpreter rewrites nothing";
    }
    Network recorded({.seed = 3});
    build(recorded, false);
    recorded.simulate_iterations(30);
    const EvaluationCounters expected = added_by(recorded, 20);
    EXPECT_EQ(expected.replayed, 0U);
    // Ten of a hundred sources for all targets, and whole rows of the ten.
    EXPECT_EQ(expected.touched, 20U * (10U * 100U + 10U * 100U));

    Network replayed({.seed = 3});
    build(replayed, true);
    replayed.simulate_iterations(30);
    const EvaluationCounters added = added_by(replayed, 20);
    EXPECT_EQ(added.replayed, 20U) << replayed.replay_status();
    EXPECT_EQ(added.touched, expected.touched);
    EXPECT_EQ(added.scanned, 0U);
    EXPECT_EQ(added.relocated, 0U);
    for (const char* name : {"W", "input", "noise"}) {
        EXPECT_EQ((*replayed.neuron_groups()[0])[name].array().astype(DType::f32).host<float>(),
                  (*recorded.neuron_groups()[0])[name].array().astype(DType::f32).host<float>())
            << name;
    }
}

TEST(S21EventsTest, NoIterationCopiesAMatrix) {
    if (std::string_view(executor().name()) != "llvm") {
        GTEST_SKIP() << "the interpreter rewrites nothing";
    }
    for (const bool is_static : {true, false}) {
        Network net({.seed = 3});
        build(net, is_static);
        std::set<const std::byte*> places;
        // Recorded, taped twice, laid out along the other axis, taped again, replayed.
        for (int i = 0; i < 12; ++i) {
            net.simulate_iterations(1);
            places.insert((*net.neuron_groups()[0])["W"].array().node()->value().buffer->data());
        }
        EXPECT_EQ(places.size(), 1U) << (is_static ? "static" : "recorded");
    }
}

TEST(S21EventsTest, AMatrixDrawnOutOfNothingIsReplayed) {
    for (const bool is_static : {false, true}) {
        Network net({.seed = 3});
        net.add_neurons("n", size,
                        {{1, repeating(
                                 is_static, [](Object& n) { n["noise"] = zeros({size, size}); },
                                 [](Object& n) { n["noise"] = ones({size, size}) * 0.5; })}});
        net.initialize();
        net.simulate_iterations(20);
        EXPECT_EQ((*net.neuron_groups()[0])["noise"].array().host<double>(),
                  std::vector<double>(static_cast<std::size_t>(size * size), 0.5));
    }
}

}  // namespace
}  // namespace monnto
