// Samples of replayed iterations: copied, or computed where their results stay.
#include "lambda_behavior.hpp"

#include <monnto/array/executor.hpp>
#include <monnto/monnto.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace monnto {
namespace {

using support::repeating;

constexpr int size = 5000;  // more than one block of a sum

/// A network that spikes now and then, declared static or not, with recorders that the test holds.
struct Watched {
    explicit Watched(bool is_static, std::vector<std::string> variables,
                     RecorderOptions options = {})
        : recorder(std::make_shared<Recorder>(std::move(variables), options)),
          events(std::make_shared<EventRecorder>(std::vector<std::string>{"spike", "v > 0.999"})) {
        net.add_neurons("n", size,
                        {{1, repeating(
                                 is_static,
                                 [](Object& n) {
                                     n["v"] = n.from_mode("uniform");
                                     n["u"] = n.from_mode("uniform");
                                     n["grid"] = n["u"].array().reshape({50, 100});
                                     n["spike"] = n["v"] > 2.0;
                                 },
                                 [](Object& n) {
                                     n["v"] = n.from_mode("uniform") - n["u"] * 1e-4;
                                     n["u"] *= 0.9;
                                     n["grid"] *= 1.01;
                                     n["spike"] = n["v"] > 0.9995;
                                 })},
                         {10, recorder},
                         {11, events}});
        net.initialize();
    }
    void run(int count) { net.simulate_iterations(count); }

    Network net{Settings{.seed = 3, .threads = 1}};
    std::shared_ptr<Recorder> recorder;
    std::shared_ptr<EventRecorder> events;
};

[[nodiscard]] std::vector<std::byte> bytes_of(const Recording& recording) {
    const Array all = recording.array();
    std::vector<std::byte> bytes(static_cast<std::size_t>(all.size()) * size_of(all.dtype()));
    all.copy_to(bytes.data());
    return bytes;
}

void expect_same(const Recorder& left, const Recorder& right) {
    for (std::size_t i = 0; i < left.recordings().size(); ++i) {
        const Recording& a = *left.recordings()[i];
        const Recording& b = *right.recordings()[i];
        EXPECT_EQ(a.array().dtype(), b.array().dtype()) << a.key();
        EXPECT_EQ(a.array().shape(), b.array().shape()) << a.key();
        EXPECT_EQ(bytes_of(a), bytes_of(b)) << a.key();
    }
}

const std::vector<std::string> plain{"v", "u[:3]", "v[::-2]", "spike", "grid[3]", "v[7]"};
const std::vector<std::string> numbers{"np.mean(v)",    "np.mean(u) * 2 - 1", "np.max(v)",
                                       "np.sum(spike)", "np.any(spike)",      "-np.min(u)",
                                       "np.mean(grid)", "np.sum(v * u)",      "iteration * 2"};
const std::vector<std::string> others{
    "v * 2 + u",           "v > 0.5",         "np.sum(grid, axis=0)",
    "np.sum(grid,axis=1)", "np.std(v)",       "np.sqrt(np.sum(u))",
    "np.mean(v)+v[2]",     "np.cumsum(v[:9])"};

TEST(ReplayedRecorderTest, HasTheBitsOfRecordedIterations) {
    for (const auto& variables : {plain, numbers, others}) {
        Watched replayed(true, variables);
        Watched recorded(false, variables);
        replayed.run(40);
        recorded.run(40);
        ASSERT_EQ(replayed.net.replay_status(), "replayed as a plan");
        EXPECT_GE(replayed.recorder->copied_samples(), 30);
        EXPECT_GE(replayed.events->copied_samples(), 30);
        EXPECT_EQ(recorded.recorder->copied_samples(), 0);
        expect_same(*replayed.recorder, *recorded.recorder);
        expect_same(*replayed.events, *recorded.events);
        EXPECT_FALSE(replayed.events->history("spike").is_empty());
    }
}

/// Blocks that 20 replayed iterations ask for.
[[nodiscard]] std::size_t blocks_of(Watched& watched) {
    watched.run(20);
    const std::size_t before = Buffer::allocations();
    watched.run(20);
    return Buffer::allocations() - before;
}

TEST(ReplayedRecorderTest, LeavesResultsWhereTheyAre) {
    Watched unwatched(true, {});
    const std::size_t expected = blocks_of(unwatched);
    std::vector<std::string> variables = numbers;
    variables.insert(variables.end(), {"u[:3]", "v[7]", "np.sum(v[:4] * 2)"});
    for (const std::string& variable : variables) {
        SCOPED_TRACE(variable);
        Watched watched(true, {variable});
        EXPECT_EQ(blocks_of(watched), expected);
        EXPECT_EQ(watched.recorder->copied_samples(), watched.events->copied_samples());
        EXPECT_GE(watched.recorder->copied_samples(), 30);
    }
}

TEST(ReplayedRecorderTest, KeepsItsPlacesAcrossOptionsResetsAndPauses) {
    const std::vector<std::string> variables{"np.mean(v)", "u[:3]", "v * 2"};
    const RecorderOptions options{.gapwidth = 3, .max_length = 7};
    Watched replayed(true, variables, options);
    Watched recorded(false, variables, options);
    for (Watched* each : {&replayed, &recorded}) {
        NeuronGroup& n = each->net.find<NeuronGroup>("n");
        each->run(31);
        each->recorder->reset();
        each->run(20);
        n.set_recording(false);
        each->run(11);
        n.set_recording(true);
        each->events->clear();
        const Snapshot kept = each->net.snapshot();
        each->run(11);
        each->net.restore(kept);
        each->run(23);
        n["u"] = n["u"] * 2.0;  // another array from here on
        each->run(23);
    }
    EXPECT_GT(replayed.recorder->copied_samples(), 10);
    expect_same(*replayed.recorder, *recorded.recorder);
    expect_same(*replayed.events, *recorded.events);
}

TEST(ReplayedRecorderTest, GivesArraysThatLaterSamplesLeaveAlone) {
    Watched watched(true, {"np.mean(v)", "u[:3]"});
    watched.run(30);
    const Array before = watched.recorder->history("np.mean(v)").array();
    const auto values = before.host<float>();
    watched.run(30);
    EXPECT_EQ(before.host<float>(), values);
}

}  // namespace
}  // namespace monnto
