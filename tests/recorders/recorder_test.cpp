#include <monnto/monnto.hpp>

#include <gtest/gtest.h>
#include <lambda_behavior.hpp>

namespace monnto {
namespace {

using support::every_step;
using Doubles = std::vector<double>;
using Floats = std::vector<float>;
using Integers = std::vector<std::int64_t>;

class RecorderTest : public ::testing::Test {
protected:
    RecorderTest() {
        n_["v"] = n_.vector();
        n_.add_behavior(1, every_step([](Object& o) { o["v"] += Array::from<float>({1, 2, 3}); }));
    }
    std::shared_ptr<Recorder> record(std::vector<std::string> variables,
                                     RecorderOptions options = {}) {
        auto recorder = std::make_shared<Recorder>(std::move(variables), std::move(options));
        n_.add_behavior(100 + count_++, recorder);
        return recorder;
    }
    int count_ = 0;
    Network net_{Settings{.seed = 1}};
    NeuronGroup& n_ = net_.add_neurons("n", 3);
};

TEST_F(RecorderTest, KeepsScalarsVectorsAndMatricesOverTime) {
    const auto recorder =
        record({"v", "np.mean(v)", "np.outer(v, v)", "v > 2", "iteration", "v*2+1"});
    net_.simulate_iterations(2);
    EXPECT_EQ(recorder->history("v").array().host<float>(), (Floats{1, 2, 3, 2, 4, 6}));
    EXPECT_EQ(recorder->history("v").array().shape(), (Shape{2, 3}));
    EXPECT_EQ(recorder->history("np.mean(v)").array().host<float>(), (Floats{2, 4}));
    EXPECT_EQ(recorder->history("np.outer(v,v)").array().shape(), (Shape{2, 3, 3}));
    EXPECT_EQ(recorder->history("v>2").array().dtype(), DType::boolean);
    EXPECT_EQ(recorder->history("iteration").array().host<std::int64_t>(), (Integers{1, 2}));
    EXPECT_EQ(recorder->history("v*2+1").sample(-1).host<float>(), (Floats{5, 9, 13}));
}

TEST_F(RecorderTest, S24_KnowsAVariableUnderEachOfItsSpellings) {
    record({"n.v"});
    net_.simulate_iteration();
    for (const char* key : {"v", "n.v", "neurons.v", " v"}) {
        EXPECT_EQ(find_recording(net_, key).length(), 1) << key;
    }
    try {
        (void)find_recording(net_, "vv");
        FAIL();
    } catch (const UnknownName& error) {
        EXPECT_EQ(error.kind, "tag");
    }
}

TEST_F(RecorderTest, S27_FindsTheVerySpellingBeforeOthersOfTheSameMeaning) {
    record({"v"});
    const auto second = record({"n.v"});
    net_.simulate_iteration();
    EXPECT_EQ(&find_recording(net_, "n.v"), &second->history("v"));
    EXPECT_EQ(net_.all<Recording>("n.v").size(), 2U);
}

TEST_F(RecorderTest, S24_RefusesAnUnknownNameAtTheFirstSampleNamingTheNearest) {
    n_["voltage"] = n_.vector();
    record({"voltge"});
    net_.initialize();  // only the syntax is checked: variables may come in the first iteration
    try {
        net_.simulate_iteration();
        FAIL();
    } catch (const UnknownName& error) {
        EXPECT_EQ(error.nearest, "voltage");
        EXPECT_NE(std::string(error.what()).find("iteration 1"), std::string::npos) << error.what();
    }
    EXPECT_THROW(Recorder("v +"), ParseError);
}

TEST_F(RecorderTest, S24_SeesVariablesThatAreMadeInTheFirstIteration) {
    n_.add_behavior(2, every_step([](Object& o) { o["late"] = o["v"] * 2.0; }));
    const auto recorder = record({"late"});
    net_.initialize();
    net_.simulate_iteration();
    EXPECT_EQ(recorder->history("late").array().host<float>(), (Floats{2, 4, 6}));
}

TEST_F(RecorderTest, S24_DetachesHandlesOnReset) {
    const auto recorder = record({"v[0]"});
    net_.simulate_iterations(2);
    const auto before = std::dynamic_pointer_cast<Recording>(net_.all("v[0]").front());
    recorder->reset();
    net_.simulate_iterations(3);
    EXPECT_EQ(before->array().host<float>(), (Floats{1, 2}));
    EXPECT_EQ(find_recording(net_, "v[0]").array().host<float>(), (Floats{3, 4, 5}));
}

TEST_F(RecorderTest, S24_GivesLiveHandlesAndArraysThatStay) {
    const auto recorder = record({"v[0]"});
    net_.simulate_iterations(2);
    const auto live = std::dynamic_pointer_cast<Recording>(net_.all("v[0]").front());
    Array then = live->array();
    net_.simulate_iterations(2);
    EXPECT_EQ(live->length(), 4);
    EXPECT_EQ(then.host<float>(), (Floats{1, 2}));
    then.fill(0);
    EXPECT_EQ(live->array().host<float>(), (Floats{1, 2, 3, 4}));
    recorder->clear();
    EXPECT_EQ(live->length(), 0);
}

TEST_F(RecorderTest, SamplesEveryGapwidthSteps) {
    const auto second = record({"v[0]"}, {.gapwidth = 2});
    const auto fifth = record({"v[0]"}, {.gapwidth = 5});
    const auto each = record({"v[0]"}, {.gapwidth = 1});
    net_.simulate_iterations(9);
    EXPECT_EQ(second->history("v[0]").array().host<float>(), (Floats{2, 4, 6, 8}));
    EXPECT_EQ(fifth->history("v[0]").array().host<float>(), Floats{5});
    EXPECT_EQ(each->history("v[0]").length(), 9);
    EXPECT_THROW(Recorder("v", {.gapwidth = -1}), BadParameter);
}

TEST_F(RecorderTest, KeepsTheNewestOfALimitedLength) {
    const auto recorder = record({"v[0]"}, {.max_length = 3});
    for (int i = 1; i <= 5000; ++i) {
        net_.simulate_iteration();
        if (i == 2) {
            EXPECT_EQ(recorder->history("v[0]").array().host<float>(), (Floats{1, 2}));
        }
    }
    EXPECT_EQ(recorder->history("v[0]").array().host<float>(), (Floats{4998, 4999, 5000}));
    EXPECT_LE(recorder->history("v[0]").bytes(), 16384U);
}

TEST_F(RecorderTest, RefusesAChangeOfShapeNamingTheIteration) {
    n_["w"] = Array::from<float>({1, 2});
    n_.add_behavior(2, every_step([](Object& o) {
                        if (o.iteration() == 3) {
                            o["w"] = Array::from<float>({1, 2, 3});
                        }
                    }));
    const auto recorder = record({"v", "w"});
    try {
        net_.simulate_iterations(5);
        FAIL();
    } catch (const ShapeMismatch& error) {
        EXPECT_EQ(error.left, std::vector<std::ptrdiff_t>{3});
        EXPECT_EQ(error.right, std::vector<std::ptrdiff_t>{2});
        EXPECT_NE(std::string(error.what()).find("iteration 3"), std::string::npos) << error.what();
    }
    EXPECT_EQ(recorder->history("w").length(), 2);
    EXPECT_EQ(recorder->history("v").length(), 2);  // no recording runs ahead of another
}

TEST_F(RecorderTest, TurnsToTheCommonDtypeWhereItChanges) {
    n_["x"] = 1;
    const auto recorder = record({"x"});
    net_.simulate_iterations(2);
    n_["x"] = 0.5;
    net_.simulate_iteration();
    EXPECT_EQ(recorder->history("x").array().host<double>(), (Doubles{1, 1, 0.5}));
}

TEST_F(RecorderTest, IsSilentWhileItsObjectDoesNotRecord) {
    const auto recorder = record({"v[0]"});
    net_.simulate_iteration();
    net_.set_recording_everywhere(false);
    net_.simulate_iterations(3);
    net_.set_recording_everywhere(true);
    EXPECT_TRUE(recorder->is_new_data_available());
    EXPECT_FALSE(recorder->is_new_data_available());
    net_.simulate_iteration();
    EXPECT_EQ(recorder->history("v[0]").array().host<float>(), (Floats{1, 5}));
    recorder->cut_length(1);
    EXPECT_EQ(recorder->history("v[0]").array().host<float>(), Floats{5});
}

TEST_F(RecorderTest, ForecastsTheMemoryOfALongRun) {
    const auto recorder = record({"v", "iteration"});
    const auto gaps = record({"v"}, {.gapwidth = 10, .max_length = 50});
    EXPECT_EQ(recorder->memory_forecast(n_, 1000), 1000U * (3 * 4 + 8));
    EXPECT_EQ(gaps->memory_forecast(n_, 1000), 50U * 3 * 4);
    net_.simulate_iterations(10);
    EXPECT_EQ(recorder->memory_forecast(n_, 1000), 1000U * (3 * 4 + 8));
}

TEST_F(RecorderTest, KeepsAMillionSamplesInOneBlock) {
    Recording recording("x");
    const Array sample = Array::from<float>({1});
    evaluate_pending();
    const std::size_t nodes = nodes_alive();
    const std::size_t allocations = Buffer::allocations();
    for (int i = 0; i < 1000000; ++i) {
        recording.append(sample);
    }
    EXPECT_EQ(recording.length(), 1000000);
    EXPECT_LE(nodes_alive(), nodes + 1);
    EXPECT_LE(Buffer::allocations() - allocations, 12U);
    EXPECT_LE(recording.bytes(), 2U * 4 * 1000000 + 64);
    EXPECT_EQ(recording.array().sum().item<double>(), 1e6);
}

TEST_F(RecorderTest, S17_ChangesNoBitOfWhatItWatches) {
    const auto run = [](bool is_watched) {
        Network net({.seed = 6});
        NeuronGroup& n = net.add_neurons("n", 20);
        n["v"] = n.vector("uniform");
        n.add_behavior(1, every_step([](Object& o) {
                           o["v"] = o["v"] * 0.9 + o.from_mode("normal") * o["v"].array().mean();
                       }));
        if (is_watched) {
            n.add_behavior(0.5, std::make_shared<Recorder>("np.mean(v)"));
            n.add_behavior(
                2, std::make_shared<Recorder>(std::vector<std::string>{"v", "np.std(n.v)"}));
            n.add_behavior(3, std::make_shared<EventRecorder>("v > 0.5"));
        }
        net.initialize();
        net.simulate_iterations(20);
        return n["v"].host<float>();
    };
    EXPECT_EQ(run(true), run(false));
}

TEST_F(RecorderTest, AsksTheHostForWhatLiesOutsideTheGrammar) {
    EXPECT_THROW(Recorder("[x for x in v]"), ParseError);
    Recorder::set_host_expression(
        [](Object& object, Recorder&, const std::string& text) -> std::optional<Array> {
            return text == "mine(v)" ? std::optional(object["v"].array() * 10.0) : std::nullopt;
        });
    const auto recorder = record({"mine(v)"});
    net_.simulate_iteration();
    EXPECT_EQ(recorder->history("mine(v)").array().host<float>(), (Floats{10, 20, 30}));
    record({"yours(v)"});
    EXPECT_THROW(net_.simulate_iteration(), UnknownName);
    Recorder::set_host_expression({});
}

TEST_F(RecorderTest, S14_AsksTheHostFirstWhereItHasADialectOfItsOwn) {
    Recorder::set_host_expression(
        [](Object& object, Recorder&, const std::string&) -> std::optional<Array> {
            return object["v"].array() * 10.0;
        });
    Recorder::set_host_first([](const Object&) { return true; });
    const auto recorder = record({"v", "np.sum(v)"});
    net_.simulate_iteration();
    EXPECT_EQ(recorder->history("v").array().host<float>(), (Floats{1, 2, 3}));  // a plain name
    EXPECT_EQ(recorder->history("np.sum(v)").array().host<float>(), (Floats{10, 20, 30}));
    Recorder::set_host_first(nullptr);
    Recorder::set_host_expression({});
}

TEST_F(RecorderTest, ReadsNeighborsOfSynapsesAndGroupsOfANetwork) {
    SynapseGroup& s = net_.add_synapses("S", n_, n_);
    s["W"] = s.matrix(2.0);
    auto on_synapse =
        std::make_shared<Recorder>(std::vector<std::string>{"np.sum(W)", "src.v", "dst.size"});
    s.add_behavior(200, on_synapse);
    auto on_network = std::make_shared<Recorder>(std::vector<std::string>{"n.iteration"});
    net_.add_behavior(200, on_network);
    net_.simulate_iteration();
    EXPECT_EQ(on_synapse->history("np.sum(W)").array().host<float>(), Floats{18});
    EXPECT_EQ(on_synapse->history("src.v").array().host<float>(), (Floats{1, 2, 3}));
    EXPECT_EQ(on_synapse->history("dst.size").array().host<std::int64_t>(), Integers{3});
    EXPECT_EQ(on_network->history("iteration").array().host<std::int64_t>(), Integers{1});
}

}  // namespace
}  // namespace monnto
