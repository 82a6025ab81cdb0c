#include <monnto/monnto.hpp>

#include <gtest/gtest.h>
#include <lambda_behavior.hpp>

#include <string>
#include <vector>

namespace monnto {
namespace {

using support::at_start;
using support::every_step;

class ScheduleTest : public ::testing::Test {
protected:
    // A behavior that notes each of its steps.
    std::shared_ptr<Behavior> note(const std::string& text) {
        return every_step([this, text](Object&) { log_.push_back(text); });
    }
    std::vector<std::string> log_;
};

TEST_F(ScheduleTest, RunsByKeyOverTheWholeNetworkWithTiesInOrderOfCreation) {
    Network net({.seed = 1}, {{1, note("net1")}, {5, note("net5")}});
    NeuronGroup& a = net.add_neurons(
        "a", 1, {{5, note("a5")}, {1, note("a1")}, {2, note("a2")}, {3, note("a3")}});
    NeuronGroup& b =
        net.add_neurons("b", 1, {{1, note("b1")}, {0.5, note("b0.5")}, {-1, note("b-1")}});
    net.add_synapses("s", a, b, {{1, note("s1")}, {4, note("s4")}});
    net.initialize();
    net.simulate_iteration();
    EXPECT_EQ(log_, (std::vector<std::string>{"b-1", "b0.5", "net1", "a1", "b1", "s1", "a2", "a3",
                                              "s4", "net5", "a5"}));
}

TEST_F(ScheduleTest, RanksALateAdditionByTheCreationOfItsObject) {
    Network net({.seed = 1});
    NeuronGroup& a = net.add_neurons("a", 1);
    net.add_neurons("b", 1, {{1, note("b")}});
    a.add_behavior(1, note("a"));
    net.simulate_iteration();
    EXPECT_EQ(log_, (std::vector<std::string>{"a", "b"}));
}

TEST_F(ScheduleTest, InitializesInOrderOfKeysWithTheLastOnesInASecondRound) {
    class Last : public Behavior {
    public:
        explicit Last(std::vector<std::string>& log) : log_(log) {}
        void initialize(Object& /*object*/) override { log_.emplace_back("last"); }
        [[nodiscard]] bool initialize_last() const override { return true; }

    private:
        std::vector<std::string>& log_;
    };
    class Early : public Behavior {
    public:
        explicit Early(std::vector<std::string>& log) : log_(log) {}
        void initialize(Object& /*object*/) override { log_.emplace_back("early"); }
        [[nodiscard]] bool initialize_on_init() const override { return true; }

    private:
        std::vector<std::string>& log_;
    };
    Network net({.seed = 1});
    const auto noting = [&](const char* text) {
        return at_start([this, text](Object&) { log_.emplace_back(text); });
    };
    net.add_neurons("a", 1,
                    {{1, std::make_shared<Last>(log_)},
                     {9, noting("nine")},
                     {2, std::make_shared<Early>(log_)}});
    net.add_neurons("b", 1, {{3, noting("three")}});
    EXPECT_EQ(log_, std::vector<std::string>{"early"});
    net.initialize();
    EXPECT_EQ(log_, (std::vector<std::string>{"early", "three", "nine", "last"}));
}

TEST_F(ScheduleTest, SkipsBehaviorsThatAreDisabledByTag) {
    Network net({.seed = 1});
    auto quiet = note("quiet");
    quiet->with_tag("mute");
    net.add_neurons("a", 1, {{1, quiet}, {2, note("loud")}});
    EXPECT_EQ(net.deactivate_behaviors("mute"), 1U);
    net.simulate_iteration();
    EXPECT_EQ(net.activate_behaviors("mute"), 1U);
    net.simulate_iteration();
    EXPECT_EQ(log_, (std::vector<std::string>{"loud", "quiet", "loud"}));
}

TEST_F(ScheduleTest, DropsABehaviorThatIsRemovedDuringTheStepBeforeItsTurn) {
    Network net({.seed = 1});
    NeuronGroup& a = net.add_neurons("a", 1);
    a.add_behavior(1, every_step([&](Object& object) { object.remove_behavior(2.0); }));
    a.add_behavior(2, note("removed"));
    a.add_behavior(3, every_step([&](Object& object) {
                       if (object.behavior(4) == nullptr) {
                           object.add_behavior(4, note("added"));
                       }
                   }));
    net.simulate_iterations(2);
    EXPECT_EQ(log_, std::vector<std::string>{"added"});  // an addition runs from the next step on
}

TEST_F(ScheduleTest, LeavesOutBehaviorsWithoutIteration) {
    class Silent : public Behavior {
    public:
        [[nodiscard]] bool has_iteration() const override { return false; }
    };
    Network net({.seed = 1}, {{1, std::make_shared<Silent>()}, {2, note("two")}});
    ASSERT_EQ(net.schedule().size(), 1U);
    EXPECT_EQ(net.schedule()[0].key, 2.0);
}

TEST_F(ScheduleTest, RunsASharedInstanceOnceForEachOfItsObjects) {
    Network net({.seed = 1});
    const auto shared = every_step([&](Object& object) { log_.push_back(object.tag()); });
    net.add_neurons("a", 1, {{1, shared}});
    net.add_neurons("b", 1, {{1, shared}});
    net.simulate_iteration();
    EXPECT_EQ(log_, (std::vector<std::string>{"a", "b"}));
}

TEST_F(ScheduleTest, ForgetsAGroupThatIsRemoved) {
    Network net({.seed = 1});
    NeuronGroup& a = net.add_neurons("a", 2, {{1, note("a")}});
    NeuronGroup& b = net.add_neurons("b", 3, {{1, note("b")}});
    net.add_synapses("s", a, b, {{2, note("s")}});
    net.remove(a);
    net.simulate_iteration();
    EXPECT_EQ(log_, std::vector<std::string>{"b"});
    EXPECT_TRUE(net.synapse_groups().empty());
    EXPECT_TRUE(net.all("a").empty());
}

}  // namespace
}  // namespace monnto
