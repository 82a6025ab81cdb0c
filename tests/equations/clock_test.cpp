#include <monnto/monnto.hpp>

#include <gtest/gtest.h>

#include <memory>

namespace monnto {
namespace {

TEST(Clock, ConvertsTimesToTheNearestStep) {  // S22
    const Clock clock("0.1*ms");
    EXPECT_EQ(clock.time_to_iterations("1000*ms"), 10000);
    EXPECT_EQ(clock.time_to_iterations("0.3*s"), 3000);  // PymoNNto cuts this to 2999
    EXPECT_EQ(Clock("1*ms").time_to_iterations("1*second"), 1000);
    EXPECT_EQ(Clock("1*ms").time_to_iterations("2*minutes"), 120000);
    bool is_exact = true;
    EXPECT_EQ(Clock("0.3*ms").time_to_iterations("10*ms", &is_exact), 33);
    EXPECT_FALSE(is_exact);
}

TEST(Clock, CountsSeconds) {
    Network net;
    auto recorder = std::make_shared<Recorder>("t");
    NeuronGroup& n =
        net.add_neurons("n", 3, {{1, std::make_shared<Clock>("0.1*ms")}, {9, recorder}});
    net.initialize();
    EXPECT_DOUBLE_EQ(net.dt(), 0.1);
    net.simulate_iterations(10000);
    EXPECT_EQ(recorder->history("t").sample(0).item<double>(), 0.0001);
    EXPECT_EQ(recorder->history("t").sample(-1).item<double>(), 1.0);
    EXPECT_EQ(n["clock_step_size"].item<double>(), 0.0001);
}

TEST(Clock, RefusesWhatIsNoTime) {
    EXPECT_THROW(Clock("1*mV"), ParseError);
    EXPECT_THROW(Clock("0*ms"), BadParameter);
    EXPECT_THROW(Clock("1*msec"), UnknownName);
    EXPECT_THROW(Clock(Clock::Params{0.1}), BadParameter);
}

}  // namespace
}  // namespace monnto
