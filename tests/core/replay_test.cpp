// S21: iterations that repeat are replayed from a plan, with the same bits.
#include "lambda_behavior.hpp"

#include <monnto/array/executor.hpp>
#include <monnto/core/explain.hpp>
#include <monnto/monnto.hpp>

#include <gtest/gtest.h>

#include <vector>

namespace monnto {
namespace {

using support::repeating;

/// Every way in which a variable can go on to the next iteration.
void build(Network& net, bool is_static) {
    NeuronGroup& neurons = net.add_neurons(
        "n", 50,
        {{1, repeating(
                 is_static,
                 [](Object& n) {
                     n["v"] = n.from_mode("uniform");
                     n["w"] = zeros({50}, DType::f32);
                     n["spike"] = n["v"] > 0.5;
                     n["last"] = n["v"];
                     n["trace"] = zeros({50}, DType::f32);
                 },
                 [](Object& n) {
                     n["last"] = n["v"];  // another cell, old content
                     n["v"] = n["v"] * 0.9 + n.from_mode("uniform") * 0.2;  // replaced
                     n["spike"] = n["v"] > 0.8;
                     n["v"](n["spike"]) = 0.0;  // in place, by mask
                     n["trace"] *= 0.95;        // in place
                     n["trace"] += n["spike"];
                     n["w"](slice(0, 10)) = n["trace"](slice(10, 20));  // a window
                 })}});
    net.add_synapses(
        "s", neurons, neurons,
        {{2, repeating(
                 is_static, [](Object& s) { s["W"] = s.from_mode("uniform"); },
                 [&neurons](Object& s) {
                     Object& n = neurons;
                     n["v"] += dot(s["W"], n["spike"].array().astype(DType::f32)) * 0.01;
                     s["W"] += expand_dims(n["trace"], 1) * expand_dims(n["spike"], 0) * 0.001;
                 })}});
    net.initialize();
}

[[nodiscard]] std::vector<double> state_of(Network& net) {
    std::vector<double> values;
    for (Object* object : net.all_objects()) {
        for (const std::string& name : object->variable_names()) {
            for (const double each : (*object)[name].array().astype(DType::f64).host<double>()) {
                values.push_back(each);
            }
        }
    }
    return values;
}

[[nodiscard]] std::uint64_t replayed_in(Network& net, int iterations) {
    const std::uint64_t before = counters().replayed;
    net.simulate_iterations(iterations);
    return counters().replayed - before;
}

class S21ReplayTest : public testing::Test {
protected:
    S21ReplayTest() {
        build(replayed, true);
        build(recorded, false);
        replayed.set_warning_sink([this](const std::string& text) { warnings.push_back(text); });
    }
    void expect_equal() { EXPECT_EQ(state_of(replayed), state_of(recorded)); }

    Network replayed{{.seed = 3}};
    Network recorded{{.seed = 3}};
    std::vector<std::string> warnings;
};

TEST_F(S21ReplayTest, GivesTheBitsOfRecording) {
    EXPECT_EQ(replayed_in(recorded, 50), 0U);
    EXPECT_GE(replayed_in(replayed, 50), 44U) << replayed.replay_status();
    expect_equal();
    EXPECT_EQ(warnings, std::vector<std::string>());
}

TEST_F(S21ReplayTest, RecordsNoNodesAndAllocatesNoBuffersThatItDoesNotFree) {
    replayed.simulate_iterations(100);  // until the matrix lies as its products ask for
    const std::size_t nodes = nodes_alive();
    const std::size_t bytes = Buffer::bytes_alive();
    const std::uint64_t recorded_before = counters().nodes;
    EXPECT_EQ(replayed_in(replayed, 50), 50U);
    EXPECT_EQ(counters().nodes, recorded_before);
    EXPECT_EQ(nodes_alive(), nodes);
    EXPECT_EQ(Buffer::bytes_alive(), bytes);
}

TEST_F(S21ReplayTest, AnAttributeThatIsSetCounts) {
    for (Network* net : {&replayed, &recorded}) {
        net->simulate_iterations(20);
        Object& n = *net->neuron_groups()[0];
        n["v"] = zeros({50}, DType::f32);
        net->simulate_iterations(5);
        n["trace"](slice(0, 3)) = 7.0;  // written into, not set
        net->simulate_iterations(20);
    }
    expect_equal();
    EXPECT_EQ(replayed.replay_status(), "replayed as a plan");
}

TEST_F(S21ReplayTest, WhoHoldsAnArrayKeepsWhatItHolds) {
    for (Network* net : {&replayed, &recorded}) {
        net->simulate_iterations(20);
    }
    const Array v = (*replayed.neuron_groups()[0])["v"];
    const Array trace = (*replayed.neuron_groups()[0])["trace"];
    const Array sum = v + trace;  // not evaluated yet
    const Array v_there = (*recorded.neuron_groups()[0])["v"];
    const Array trace_there = (*recorded.neuron_groups()[0])["trace"];
    const Array sum_there = v_there + trace_there;
    for (Network* net : {&replayed, &recorded}) {
        net->simulate_iterations(20);
    }
    EXPECT_EQ(v.host<float>(), v_there.host<float>());          // replaced: the old one stays
    EXPECT_EQ(trace.host<float>(), trace_there.host<float>());  // in place: the new one shows
    EXPECT_EQ(sum.host<float>(), sum_there.host<float>());
    expect_equal();
}

TEST_F(S21ReplayTest, SnapshotsMayBeTakenAndRestored) {
    replayed.simulate_iterations(20);
    recorded.simulate_iterations(20);
    const Snapshot early = replayed.snapshot();
    replayed.simulate_iterations(10);
    replayed.restore(early);
    EXPECT_GT(replayed_in(replayed, 30), 0U);
    recorded.simulate_iterations(10);
    recorded.simulate_iterations(20);
    EXPECT_NE(state_of(replayed), std::vector<double>());
    expect_equal();
}

TEST_F(S21ReplayTest, ThreadsAreNoDifference) {
    Network alone({.seed = 3, .threads = 1});
    build(alone, true);
    alone.simulate_iterations(30);
    replayed.simulate_iterations(30);
    EXPECT_EQ(state_of(alone), state_of(replayed));
}

class Observer final : public Behavior {
public:
    void iteration(Object& object) override {
        seen.push_back((object["v"] + object["trace"]).host<float>());
    }
    [[nodiscard]] bool is_observer() const override { return true; }
    std::vector<std::vector<float>> seen;
};

TEST(S21ReplayedFromTest, TheThirdIterationIsReplayed) {
    Network net{{.seed = 3}};
    net.add_neurons("n", 50,
                    {{1, repeating(
                             true, [](Object& n) { n["v"] = zeros({50}); },
                             [](Object& n) { n["v"] += n.from_mode("uniform"); })}});
    net.initialize();
    EXPECT_EQ(replayed_in(net, 2), 0U);
    EXPECT_EQ(replayed_in(net, 1), 1U) << net.replay_status();
}

/// Spikes are recorded as flags and taken as numbers: zeros of the first iteration are an array
/// too.
TEST(S21ReplayedFromTest, ArraysThatAreFilledAtFirstAreLikeOthers) {
    Network net{{.seed = 3}};
    NeuronGroup& neurons =
        net.add_neurons("n", 50,
                        {{1, repeating(
                                 true, [](Object& n) { n["spike"] = zeros({50}, DType::boolean); },
                                 [](Object& n) {
                                     n["sum"] = n["spike"].array().astype(DType::f32) * 2.0;
                                     n["spike"] = n.from_mode("uniform") > 0.5;
                                 })}});
    neurons["sum"] = zeros({50}, DType::f32);
    net.initialize();
    EXPECT_EQ(replayed_in(net, 3), 1U) << net.replay_status();
}

/// A first iteration of its own kind costs one more; where all differ it is given up for a while.
TEST(S21ReplayedFromTest, IterationsAreComparedUntilTwoAgree) {
    Network late{{.seed = 3}};
    late.add_neurons("n", 50,
                     {{1, repeating(
                              true, [](Object& n) { n["v"] = zeros({50}, DType::i32); },
                              [](Object& n) { n["v"] = n["v"] * 0.5; })}});
    late.initialize();
    EXPECT_EQ(replayed_in(late, 4), 1U) << late.replay_status();

    Network never{{.seed = 3}};
    never.add_neurons(
        "n", 50,
        {{1, repeating(
                 true, [](Object& n) { n["v"] = zeros({50}); },
                 [&never](Object& n) { n["v"] += static_cast<double>(never.iteration()); })}});
    never.initialize();
    EXPECT_EQ(replayed_in(never, 20), 0U);
}

TEST_F(S21ReplayTest, ObserversSeeEveryIteration) {
    const auto watch = [](Network& net, double key) {
        const auto observer = std::make_shared<Observer>();
        net.neuron_groups()[0]->add_behavior(key, observer);
        return observer;
    };
    const auto there = watch(recorded, 100);
    const auto here = watch(replayed, 100);
    EXPECT_GE(replayed_in(replayed, 40), 30U) << replayed.replay_status();
    recorded.simulate_iterations(40);
    EXPECT_EQ(here->seen, there->seen);
    // Between two behaviors there is something that only recording can show.
    watch(replayed, 1.5);
    EXPECT_EQ(replayed_in(replayed, 40), 0U);
    EXPECT_NE(replayed.replay_status().find("looks into the middle"), std::string::npos);
}

/// Populations of one model, of so many neurons each, whose numbers may differ by `spread`.
struct Populations {
    std::vector<std::ptrdiff_t> sizes;
    double spread = 0.0;
    std::string noise = "uniform";
    DType dtype = DType::f32;
};

void build(Network& net, bool is_static, const Populations& populations) {
    for (std::size_t i = 0; i < populations.sizes.size(); ++i) {
        const double leak = 0.9 + populations.spread * static_cast<double>(i);
        net.add_neurons("p" + std::to_string(i), populations.sizes[i],
                        {{1, repeating(
                                 is_static,
                                 [](Object& n) {
                                     n["v"] = n.from_mode("uniform");
                                     n["spike"] = n["v"] > 0.5;
                                 },
                                 [leak, noise = populations.noise](Object& n) {
                                     n["spike"] = n["v"] > 0.5;
                                     n["v"](n["spike"]) = 0.0;
                                     n["v"] *= leak;
                                     n["v"] += n.from_mode(noise) * 0.1;
                                 })}});
    }
    net.initialize();
}

void expect_one_launch(const Populations& populations) {
    SCOPED_TRACE(populations.noise + ", spread " + std::to_string(populations.spread) + ", " +
                 std::to_string(populations.sizes.front()) + " neurons");
    Network replayed({.dtype = populations.dtype, .seed = 7, .threads = 2});
    Network recorded({.dtype = populations.dtype, .seed = 7, .threads = 1});
    build(replayed, true, populations);
    build(recorded, false, populations);
    recorded.simulate_iterations(20);
    replayed.simulate_iterations(20);
    const std::uint64_t kernels = counters().kernels;
    EXPECT_EQ(replayed_in(replayed, 10), 10U) << replayed.replay_status();
    if (executor().name() == "llvm") {
        EXPECT_EQ(counters().kernels - kernels, 10U);
    }
    recorded.simulate_iterations(10);
    EXPECT_EQ(state_of(replayed), state_of(recorded));
}

[[nodiscard]] std::vector<std::ptrdiff_t> unequal_sizes() {
    std::vector<std::ptrdiff_t> sizes;
    for (int i = 0; i < 20; ++i) {
        sizes.push_back(i == 5 ? 200 : 30 + i % 3);
    }
    return sizes;
}

TEST(S21PopulationsTest, EqualGroupsAreOneLaunch) {
    for (const double spread : {0.0, 0.001}) {
        for (const char* noise : {"uniform", "normal(0,1)", "poisson(2)"}) {
            expect_one_launch({unequal_sizes(), spread, noise});
        }
    }
}

TEST(S21PopulationsTest, SizesAndTypesAreNoDifference) {
    for (const std::ptrdiff_t size : {3, 50, 65, 400}) {
        for (const char* noise : {"uniform", "normal(0,1)", "exponential(1)", "poisson(2)"}) {
            for (const DType dtype : {DType::f32, DType::f64}) {
                const std::vector<std::ptrdiff_t> sizes(7, size);
                expect_one_launch({sizes, size == 50 ? 0.001 : 0.0, noise, dtype});
            }
        }
    }
}

/// The kernel of the only launch of a replayed iteration.
[[nodiscard]] std::string kernel_for(const std::vector<std::ptrdiff_t>& sizes) {
    Network net({.seed = 7});
    build(net, true, {sizes});
    const Explanation explanation = explain(net);
    EXPECT_EQ(explanation.steps.size(), 1U);
    EXPECT_EQ(explanation.steps.front().groups, sizes.size());
    return explanation.steps.front().kernel;
}

TEST(S21PopulationsTest, FewVectorsAreWrittenWithoutALoop) {
#ifdef __SANITIZE_ADDRESS__
    GTEST_SKIP() << "memory is not padded to whole vectors, and lies anew in each network";
#endif
    if (executor().name() != "llvm") {
        GTEST_SKIP() << "there is no compiler";
    }
    const std::string of_four_vectors = kernel_for({64, 64, 64});
    EXPECT_EQ(kernel_for({64, 64}), of_four_vectors);
    EXPECT_NE(kernel_for({80, 80}), of_four_vectors);
    // Unequal or large ones share a kernel with a loop.
    const std::string with_loop = kernel_for({64, 80});
    EXPECT_NE(with_loop, of_four_vectors);
    EXPECT_EQ(kernel_for({5120, 5120}), with_loop);
    EXPECT_EQ(kernel_for({50, 50, 50}), of_four_vectors);
}

struct Refusal {
    const char* name;
    support::LambdaBehavior::Function iteration;
    const char* reason;
};

class S21RefusalTest : public testing::TestWithParam<Refusal> {};

TEST_P(S21RefusalTest, SaysWhyAndRunsAllTheSame) {
    std::vector<std::string> warnings;
    std::vector<std::vector<double>> states;
    for (const bool is_static : {true, false}) {
        Network net({.seed = 5});
        net.set_warning_sink([&](const std::string& text) { warnings.push_back(text); });
        net.add_neurons("n", 8,
                        {{1, repeating(
                                 is_static,
                                 [](Object& n) {
                                     n["v"] = n.from_mode("uniform");
                                     n["count"] = zeros({8}, DType::f32);
                                 },
                                 GetParam().iteration)}});
        net.initialize();
        EXPECT_EQ(replayed_in(net, 40), 0U);
        states.push_back(state_of(net));
        if (is_static) {
            EXPECT_NE(net.replay_status().find(GetParam().reason), std::string::npos)
                << net.replay_status();
        }
    }
    EXPECT_EQ(states[0], states[1]);
    ASSERT_EQ(warnings.size(), 1U);
    EXPECT_NE(warnings[0].find(GetParam().reason), std::string::npos) << warnings[0];
}

INSTANTIATE_TEST_SUITE_P(
    Behaviors, S21RefusalTest,
    testing::Values(Refusal{"Branch",
                            [](Object& n) {
                                n["v"] = n["v"] * 0.5;
                                if (n["v"].array().sum().item<float>() > 0.1F) {
                                    n["count"] += 1.0;
                                }
                            },
                            "needs a value inside its iteration"},
                    Refusal{"Iteration",
                            [](Object& n) {
                                if (n.iteration() % 5 == 0) {
                                    n["count"] += 1.0;
                                }
                            },
                            "asks for the number of the iteration"},
                    Refusal{"Number",
                            [x = 0.0](Object& n) mutable {
                                x += 1.0;
                                n["count"] += x;
                            },
                            "a number changes from iteration to iteration"},
                    Refusal{"Operations",
                            [odd = false](Object& n) mutable {
                                odd = !odd;
                                n["count"] = odd ? n["count"] + 2.0 : n["count"] * 2.0;
                            },
                            "its operations change"},
                    Refusal{"HiddenArray",
                            [hidden = Array()](Object& n) mutable {
                                hidden = hidden.is_empty_handle() ? n["v"] * 1.0 : hidden * 0.5;
                                n["count"] += hidden;
                            },
                            "no attribute holds"}),
    [](const auto& each) { return std::string(each.param.name); });

}  // namespace
}  // namespace monnto
