// S19: resumed equals uninterrupted, bit for bit.
#include <monnto/monnto.hpp>

#include <gtest/gtest.h>
#include <lambda_behavior.hpp>

namespace monnto {
namespace {

using support::every_step;
using Floats = std::vector<float>;

/// State of its own, an alias of a variable, and noise.
class Noisy final : public Behavior {
public:
    void initialize(Object& n) override {
        n["v"] = n.from_mode("uniform");
        n["same"] = n["v"];
        n["head"] = n["v"](slice({}, 2)).array();
        trace_ = n.from_mode(0.0);
    }
    void iteration(Object& n) override {
        trace_ = trace_ * 0.9 + n["v"];
        n["v"] *= 0.5;
        n["same"] += n.from_mode("normal", {.density = 0.5});
        n["head"] += 1.0;
        n["sum"] = trace_.sum();
        ++steps_;
    }
    void visit_state(StateVisitor& visitor) override {
        visitor.array("trace", trace_);
        visitor.integer("steps", steps_);
    }
    std::int64_t steps_ = 0;

private:
    Array trace_;
};

struct Model {
    explicit Model(std::uint64_t seed) : net(Settings{.seed = seed}) {}
    Floats values() { return n["v"].host<float>(); }

    Network net;
    std::shared_ptr<Noisy> noisy = std::make_shared<Noisy>();
    std::shared_ptr<Recorder> recorder =
        std::make_shared<Recorder>(std::vector<std::string>{"v", "sum"});
    std::shared_ptr<EventRecorder> events = std::make_shared<EventRecorder>("v > 1");
    NeuronGroup& n = net.add_neurons("n", 6, {{1, noisy}, {9, recorder}, {10, events}});
};

struct Running : Model {
    explicit Running(std::uint64_t seed) : Model(seed) { net.initialize(); }
    void expect_equal(Running& other) {
        EXPECT_EQ(values(), other.values());
        EXPECT_EQ(noisy->steps_, other.noisy->steps_);
        EXPECT_EQ(net.current_iteration(), other.net.current_iteration());
        for (const char* key : {"v", "sum"}) {
            EXPECT_EQ(recorder->history(key).array().host<float>(),
                      other.recorder->history(key).array().host<float>());
        }
        EXPECT_EQ(events->history("v > 1").array().host<std::int64_t>(),
                  other.events->history("v > 1").array().host<std::int64_t>());
    }
};

TEST(SnapshotTest, S19_ResumedEqualsUninterruptedInTheSameNetwork) {
    Running straight(4);
    straight.net.simulate_iterations(30);
    Running resumed(4);
    resumed.net.simulate_iterations(10);
    const Snapshot snapshot = resumed.net.snapshot();
    for (const int steps : {0, 5, 10}) {
        resumed.net.simulate_iterations(steps);  // whatever happened in between is undone
        resumed.n["v"] = 0.0;
        resumed.net.restore(snapshot);
        EXPECT_EQ(resumed.net.current_iteration(), 10);
    }
    resumed.net.simulate_iterations(20);
    resumed.expect_equal(straight);
}

TEST(SnapshotTest, S19_ResumedEqualsUninterruptedInANetworkBuiltAlike) {
    Running straight(4);
    straight.net.simulate_iterations(10);
    const Snapshot snapshot = straight.net.snapshot();
    Running twin(99);
    twin.net.restore(snapshot);
    EXPECT_EQ(twin.net.seed(), 4U);
    straight.net.simulate_iterations(20);
    twin.net.simulate_iterations(20);
    twin.expect_equal(straight);
}

TEST(SnapshotTest, S19_TakingOneChangesNoBit) {
    Running watched(4);
    Running alone(4);
    for (int i = 0; i < 10; ++i) {
        watched.net.simulate_iteration();
        (void)watched.net.snapshot();
    }
    alone.net.simulate_iterations(10);
    watched.expect_equal(alone);
}

TEST(SnapshotTest, KeepsAliasesAndViews) {
    Running model(4);
    model.net.simulate_iterations(3);
    model.net.restore(model.net.snapshot());
    model.n["v"].fill(2);
    EXPECT_EQ(model.n["same"].host<float>(), Floats(6, 2.0F));
    model.n["head"].fill(5);
    EXPECT_EQ(model.values(), (Floats{5, 5, 2, 2, 2, 2}));
}

TEST(SnapshotTest, IsNotChangedByWhatHappensLater) {
    Running model(4);
    model.net.simulate_iterations(3);
    const Floats then = model.values();
    const Snapshot snapshot = model.net.snapshot();
    model.n["v"].fill(0);
    model.n["later"] = 1.0;
    model.net.simulate_iterations(3);
    model.net.restore(snapshot);
    EXPECT_EQ(model.values(), then);
    EXPECT_FALSE(model.n.has_variable("later"));
}

TEST(SnapshotTest, KeepsDrawsOutsideOfBehaviorsFlagsAndParameters) {
    Network net({.seed = 4});
    NeuronGroup& n = net.add_neurons("n", 3, {{1, every_step({})}});
    (void)n.vector("uniform");
    n.behavior(1)->set_enabled(false);
    n.set_recording(false);
    const Snapshot snapshot = net.snapshot();
    const Floats next = n.vector("uniform").host<float>();
    n.behavior(1)->set_enabled(true);
    n.set_recording(true);
    net.restore(snapshot);
    EXPECT_EQ(n.vector("uniform").host<float>(), next);
    EXPECT_FALSE(n.behavior(1)->is_enabled());
    EXPECT_FALSE(n.recording());
}

TEST(SnapshotTest, VisitsTheStateOfALanguageFace) {
    Network net({.seed = 4});
    std::int64_t state = 7;
    net.set_state_hook([&](StateVisitor& visitor) { visitor.integer("mine", state); });
    const Snapshot snapshot = net.snapshot();
    state = 8;
    net.restore(snapshot);
    EXPECT_EQ(state, 7);
}

TEST(SnapshotTest, OfAnotherModelIsRefusedBeforeAnythingChanges) {
    Running model(4);
    const Snapshot snapshot = model.net.snapshot();
    Network other({.seed = 5});
    NeuronGroup& n = other.add_neurons("n", 6);
    n["v"] = 3.0;
    EXPECT_THROW(other.restore(snapshot), BadState);
    EXPECT_EQ(other.seed(), 5U);
    EXPECT_EQ(n["v"].item<double>(), 3.0);
    const Snapshot small = other.snapshot();
    EXPECT_THROW(model.net.restore(small), BadState);
}

}  // namespace
}  // namespace monnto
