#include <monnto/monnto.hpp>

#include <gtest/gtest.h>
#include <lambda_behavior.hpp>

namespace monnto {
namespace {

using support::every_step;
using Integers = std::vector<std::int64_t>;

class EventRecorderTest : public ::testing::Test {
protected:
    EventRecorderTest() {
        n_["v"] = n_.vector();
        // Neuron i fires whenever the iteration is a multiple of i + 1.
        n_.add_behavior(1, every_step([](Object& o) {
                            o["spike"] =
                                Array(o.iteration()) % Array::from<std::int64_t>({1, 2, 3}) == 0;
                        }));
    }
    Network net_{Settings{.seed = 1}};
    NeuronGroup& n_ = net_.add_neurons("n", 3);
};

TEST_F(EventRecorderTest, KeepsTimeAndIndexOfEachEvent) {
    auto recorder = std::make_shared<EventRecorder>("spike");
    n_.add_behavior(9, recorder);
    EXPECT_EQ(find_recording(net_, "spike").array().shape(), (Shape{0, 2}));
    net_.simulate_iterations(3);
    const Array events = find_recording(net_, "n.spike").array();
    EXPECT_EQ(events.dtype(), DType::i64);
    EXPECT_EQ(events.shape(), (Shape{5, 2}));
    EXPECT_EQ(events.host<std::int64_t>(), (Integers{1, 0, 2, 0, 2, 1, 3, 0, 3, 2}));
    EXPECT_EQ(net_.find<EventColumn>("spike.t").array().host<std::int64_t>(),
              (Integers{1, 2, 2, 3, 3}));
    EXPECT_EQ(net_.find<EventColumn>("spike.i").array().host<std::int64_t>(),
              (Integers{0, 0, 1, 0, 2}));
}

TEST_F(EventRecorderTest, AnswersSearchesWithColumnsOfThePresentRecording) {
    auto recorder = std::make_shared<EventRecorder>("spike");
    n_.add_behavior(9, recorder);
    net_.simulate_iterations(3);
    auto& column = net_.find<EventColumn>("spike.i");
    EXPECT_EQ(&column, &net_.find<EventColumn>("n.spike.i"));
    const std::shared_ptr<Findable> kept = column.holder();
    recorder->reset();
    net_.simulate_iteration();
    EXPECT_EQ(column.length(), 5);
    EXPECT_EQ(net_.find<EventColumn>("spike.i").array().host<std::int64_t>(), (Integers{0, 1}));
}

TEST_F(EventRecorderTest, KeepsRowAndColumnOfEventsInAMatrix) {
    n_["M"] = Array::from<float>({0, 2, 0, 0, 0, 1}).reshape({2, 3});
    n_.add_behavior(9, std::make_shared<EventRecorder>("M"));
    net_.simulate_iteration();
    EXPECT_EQ(find_recording(net_, "M").array().host<std::int64_t>(), (Integers{1, 0, 1, 1, 1, 2}));
    EXPECT_EQ(net_.find<EventColumn>("M.j").array().host<std::int64_t>(), (Integers{1, 2}));
}

TEST_F(EventRecorderTest, CanBeLimitedAndCleared) {
    auto recorder = std::make_shared<EventRecorder>("spike", RecorderOptions{.max_length = 2});
    n_.add_behavior(9, recorder);
    net_.simulate_iterations(3);
    EXPECT_EQ(recorder->history("spike").array().host<std::int64_t>(), (Integers{3, 0, 3, 2}));
    recorder->clear();
    EXPECT_EQ(recorder->history("spike").length(), 0);
    net_.simulate_iteration();
    EXPECT_EQ(recorder->history("spike").array().host<std::int64_t>(), (Integers{4, 0, 4, 1}));
}

TEST_F(EventRecorderTest, KeepsTheSameEventsWhoeverLooksInBetween) {
    auto watched = std::make_shared<EventRecorder>("spike");
    auto unwatched = std::make_shared<EventRecorder>("spike");
    n_.add_behavior(9, watched);
    n_.add_behavior(10, unwatched);
    for (std::int64_t i = 0; i < 40; ++i) {
        net_.simulate_iteration();
        const Array seen = watched->history("spike").array();
        EXPECT_EQ(seen.shape()[0], unwatched->history("spike").length());
        if (i % 7 == 0) {
            EXPECT_EQ(watched->history("spike").sample(-1).host<std::int64_t>()[0], i + 1);
        }
    }
    EXPECT_EQ(watched->history("spike").array().host<std::int64_t>(),
              unwatched->history("spike").array().host<std::int64_t>());
}

TEST_F(EventRecorderTest, TakesFourBytesForAnEventThatNobodyLookedAt) {
    constexpr std::ptrdiff_t neurons = 5000;
    constexpr std::int64_t iterations = 20;
    NeuronGroup& many = net_.add_neurons("many", neurons);
    many.add_behavior(1,
                      every_step([](Object& o) { o["spike"] = ones({neurons}, DType::boolean); }));
    auto recorder = std::make_shared<EventRecorder>("spike");
    many.add_behavior(9, recorder);
    net_.simulate_iterations(iterations);
    Recording& events = recorder->history("spike");
    EXPECT_EQ(events.length(), neurons * iterations);
    EXPECT_LE(events.bytes(), static_cast<std::size_t>(events.length()) * 8 + 8192);
    const Array rows = events.array();
    EXPECT_EQ(rows.shape(), (Shape{neurons * iterations, 2}));
    EXPECT_EQ(rows(-1).array().host<std::int64_t>(), (Integers{iterations, neurons - 1}));
}

TEST_F(EventRecorderTest, HasEmptyColumnsBeforeTheFirstEvent) {
    n_.add_behavior(9, std::make_shared<EventRecorder>("v > 100"));
    net_.simulate_iteration();
    EXPECT_EQ(find_recording(net_, "v > 100").array().shape(), (Shape{0, 2}));
    EXPECT_EQ(net_.find<EventColumn>("v > 100.t").array().size(), 0);
}

}  // namespace
}  // namespace monnto
