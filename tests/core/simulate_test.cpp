#include <monnto/monnto.hpp>

#include <gtest/gtest.h>
#include <lambda_behavior.hpp>

#include <cmath>
#include <stdexcept>
#include <thread>

namespace monnto {
namespace {

using support::at_start;
using support::every_step;

TEST(SimulateTest, CountsTheFirstStepAsOne) {
    Network net({.seed = 1});
    std::vector<std::int64_t> seen;
    net.add_behavior(1, every_step([&](Object& o) { seen.push_back(o.iteration()); }));
    net.simulate_iterations(2);
    net.set_iteration(100);
    net.simulate_iteration();
    EXPECT_EQ(seen, (std::vector<std::int64_t>{1, 2, 101}));
    EXPECT_EQ(net.engine_step(), 3U);
}

TEST(SimulateTest, CallsBackAfterEachFullBatch) {
    Network net({.seed = 1});
    std::vector<double> percents;
    const RunOptions options{.callback = [&](double p) { percents.push_back(p); }};
    EXPECT_EQ(net.simulate_iterations(250, options).iterations, 250);
    EXPECT_EQ(percents, (std::vector<double>{40.0, 80.0}));
    EXPECT_TRUE(net.simulate_iterations(250, options).last_batch_ms.has_value());
    EXPECT_FALSE(net.simulate_iterations(10, options).last_batch_ms.has_value());
    EXPECT_EQ(net.current_iteration(), 510);
    percents.clear();
    net.simulate_iterations(7, {.batch_size = -1, .callback = options.callback});
    EXPECT_EQ(percents, std::vector<double>{100.0});
    EXPECT_THROW(net.simulate_iterations(-1), BadParameter);
    EXPECT_THROW(net.simulate_iterations(1, {.batch_size = 0}), BadParameter);
}

TEST(SimulateTest, EvaluatesEverythingAtTheEndOfAStep) {
    Network net({.seed = 1});
    NeuronGroup& n = net.add_neurons("n", 3);
    n["v"] = n.vector();
    n.add_behavior(1, every_step([](Object& o) { o["v"] = o["v"] + 1.0; }));
    net.simulate_iteration();
    EXPECT_TRUE(n["v"]->node()->is_settled());
}

TEST(SimulateTest, StopsBetweenStepsOnRequest) {
    Network net({.seed = 1});
    net.add_behavior(1, every_step([&](Object& o) {
                         if (o.iteration() == 5) {
                             net.request_stop();
                         }
                     }));
    const RunReport report = net.simulate_iterations(100);
    EXPECT_TRUE(report.stopped);
    EXPECT_EQ(report.iterations, 5);
    EXPECT_FALSE(net.simulate_iterations(3).stopped);  // an old request does not stop a new run
    int polls = 0;
    EXPECT_EQ(net.simulate_iterations(100, {.poll = [&] { return ++polls == 4; }}).iterations, 3);
    std::stop_source source;
    source.request_stop();
    EXPECT_EQ(net.simulate_iterations(100, {.stop = source.get_token()}).iterations, 0);
}

TEST(SimulateTest, PausesRecordingAndMeasuresOnRequest) {
    Network net({.seed = 1});
    NeuronGroup& n = net.add_neurons("n", 2);
    auto recorder = std::make_shared<Recorder>("iteration");
    n.add_behavior(9, recorder);
    net.simulate_iterations(3, {.disable_recording = true});
    EXPECT_EQ(recorder->history("iteration").length(), 0);
    EXPECT_TRUE(n.recording());
    net.simulate_iterations(2, {.measure = true});
    EXPECT_EQ(recorder->history("iteration").length(), 2);
    ASSERT_EQ(net.times().size(), 1U);
    EXPECT_EQ(net.times()[0].behavior, "Recorder");
    EXPECT_EQ(net.times()[0].key, 9.0);
    EXPECT_EQ(net.times()[0].calls, 2);
    EXPECT_GT(net.times()[0].milliseconds, 0.0);
    net.clear_times();
    EXPECT_TRUE(net.times().empty());
}

TEST(SimulateTest, S22_RoundsTimeToStepsAndWarnsWhereItDoesNotFit) {
    Network net({.seed = 1, .dt = 0.1});
    std::vector<std::string> warnings;
    net.set_warning_sink([&](const std::string& text) { warnings.push_back(text); });
    EXPECT_EQ(net.run_for(0.3).iterations, 3);
    EXPECT_TRUE(warnings.empty());
    EXPECT_EQ(net.run_for(0.26).iterations, 3);
    EXPECT_EQ(warnings.size(), 1U);
    EXPECT_THROW(net.set_dt(0.0), BadParameter);
    EXPECT_THROW(net.run_for(-1.0), BadParameter);
}

TEST(FailureTest, NamesObjectBehaviorKeyAndIterationAndLeavesEverythingInspectable) {
    Network net({.seed = 1});
    NeuronGroup& n = net.add_neurons("exc", 3);
    n["v"] = n.vector();
    n.add_behavior(1, every_step([](Object& o) { o["v"] += 1.0; }));
    auto recorder = std::make_shared<Recorder>("v[0]");
    n.add_behavior(1.5, recorder);
    n.add_behavior(2, every_step([](Object& o) {
                       if (o.iteration() == 4) {
                           o["v"] = o["v"] + Array::from<float>({1, 2});
                       }
                   }));
    net.initialize();
    try {
        net.simulate_iterations(10);
        FAIL() << "added shapes (3,) and (2,)";
    } catch (const ShapeMismatch& error) {
        EXPECT_EQ(error.left, std::vector<std::ptrdiff_t>{3});
        EXPECT_EQ(error.right, std::vector<std::ptrdiff_t>{2});
        const std::string text = error.what();
        for (const char* part : {"NeuronGroup 'exc'", "LambdaBehavior", "key 2", "iteration 4"}) {
            EXPECT_NE(text.find(part), std::string::npos) << text;
        }
    }
    EXPECT_EQ(net.last_failure(),
              "NeuronGroup 'exc', behavior LambdaBehavior at key 2, iteration 4");
    EXPECT_EQ(net.current_iteration(), 4);
    EXPECT_EQ(n["v"].host<float>()[0], 4.0F);
    EXPECT_EQ(recorder->history("v[0]").length(), 4);
    EXPECT_FALSE(net.is_running());
    n.remove_behavior(2.0);
    net.simulate_iterations(2);
    EXPECT_EQ(recorder->history("v[0]").array().host<float>(),
              (std::vector<float>{1, 2, 3, 4, 5, 6}));
}

TEST(FailureTest, PassesForeignExceptionsOnUnchanged) {
    Network net({.seed = 1});
    net.add_behavior(3, every_step([](Object&) { throw std::domain_error("mine"); }));
    EXPECT_THROW(net.simulate_iteration(), std::domain_error);
    EXPECT_NE(net.last_failure().find("key 3, iteration 1"), std::string::npos);
}

TEST(FailureTest, NamesTheDtypeThatDoesNotFit) {
    Network net({.seed = 1});
    NeuronGroup& n = net.add_neurons("n", 2);
    n["count"] = n.vector("int");
    n.add_behavior(1, every_step([](Object& o) { o["count"] += 0.5; }));
    try {
        net.simulate_iteration();
        FAIL() << "added a float to int64 in place";
    } catch (const TypeMismatch& error) {
        EXPECT_NE(std::string(error.what()).find("iteration 1"), std::string::npos);
    }
}

TEST(FailureTest, InInitializeSaysSo) {
    Network net({.seed = 1});
    net.add_neurons("n", 2, {{7, at_start([](Object& o) { (void)o["nothing"].array(); })}});
    try {
        net.initialize();
        FAIL();
    } catch (const UnknownName& error) {
        EXPECT_NE(std::string(error.what()).find("key 7, initialize"), std::string::npos)
            << error.what();
    }
}

TEST(FailureTest, RefusesASecondStepInsideAStep) {
    Network net({.seed = 1});
    net.add_behavior(1, every_step([&](Object&) { net.simulate_iteration(); }));
    EXPECT_THROW(net.simulate_iteration(), BadState);
}

TEST(BuildingTest, RefusesSizesKeysAndSettingsThatCannotBe) {
    Network net({.seed = 1});
    EXPECT_THROW(net.add_neurons("n", 0), BadParameter);
    EXPECT_THROW(net.add_neurons("n", -5), BadParameter);
    EXPECT_TRUE(net.neuron_groups().empty());
    EXPECT_THROW(net.add_behavior(std::nan(""), every_step({})), BadParameter);
    net.add_behavior(2, every_step({}));
    try {
        net.add_behavior(2, every_step({}));
        FAIL() << "took an occupied key";
    } catch (const OccupiedKey& error) {
        EXPECT_EQ(error.key, 2.0);
        EXPECT_EQ(error.occupant, "LambdaBehavior");
    }
    EXPECT_EQ(net.behaviors().size(), 1U);
    EXPECT_THROW(Network({.dtype = DType::i32}), BadParameter);
    EXPECT_THROW(Network({.dt = -1.0}), BadParameter);
    EXPECT_THROW(Network({.threads = -1}), BadParameter);
}

TEST(BuildingTest, SummarizesEveryGroupAndBehavior) {
    Network net({.seed = 5, .tag = "mynet"});
    const auto given = every_step({});
    given->set_parameters({{"mode", std::string("normal(0, 1)")},
                           {"tag", std::string("x")},
                           {"tau", Number(2.5)},
                           {"w", Array::from({1.0F, 2.0F})}});
    NeuronGroup& a = net.add_neurons("a", 4, {{1, given}, {2, every_step({})}});
    NeuronGroup& b = net.add_neurons("b", 1);
    net.add_synapses("GLU", a, b);
    EXPECT_EQ(net.summary(),
              "Network 'mynet': 5 neurons in 2 groups, 4 synapses in 1 group, seed 5\n"
              "  NeuronGroup 'a' (4 neurons)\n"
              "    1 LambdaBehavior(mode='normal(0, 1)', tau=2.5, w=array of shape (2,))\n"
              "    2 LambdaBehavior\n"
              "  NeuronGroup 'b' (1 neuron)\n"
              "  SynapseGroup 'GLU' a -> b (D1xS4)\n");
    SynapseGroup& few = *net.synapse_groups().front();
    SparseOptions options;
    options.rule.emplace(rules::FixedIndegree{2});
    few.sparse("W") = few.sparse_matrix(1.0, options);
    EXPECT_NE(net.summary().find("2 synapses in 1 group"), std::string::npos) << net.summary();
    EXPECT_NE(net.summary().find("(D1xS4, 2 synapses)"), std::string::npos) << net.summary();
}

TEST(MemoryTest, OfNetworksThatWereDroppedIsGivenBack) {
    const auto build = [] {
        Network net({.seed = 1});
        NeuronGroup& n = net.add_neurons("n", 50, {{9, std::make_shared<Recorder>("v")}});
        n["v"] = n.vector("uniform");
        net.add_synapses("S", n, n).add_behavior(
            1, every_step([](Object& o) { o["W"] = o.from_mode("uniform"); }));
        net.initialize();
        net.simulate_iterations(3);
        (void)net.snapshot();
    };
    build();
    const std::size_t bytes = Buffer::bytes_alive();
    const std::size_t nodes = nodes_alive();
    for (int i = 0; i < 100; ++i) {
        build();
    }
    EXPECT_EQ(Buffer::bytes_alive(), bytes);
    EXPECT_EQ(nodes_alive(), nodes);
}

}  // namespace
}  // namespace monnto
