#include <monnto/monnto.hpp>

#include <gtest/gtest.h>

namespace monnto {
namespace {

/// Declares its parameters, as the library of behaviors does.
class Leak final : public NeuronBehavior {
public:
    struct Params {
        Parameter tau = 20.0F;  // ms
    };
    explicit Leak(Params params) : params_(std::move(params)) {}
    static void visit_parameters(Params& p, const ParameterVisitor& visit) { visit("tau", p.tau); }
    void initialize(NeuronGroup& n) override {
        tau_ = params_.tau.resolve(n, "tau");
        n["v"] = n.vector(1.0);
    }
    void iteration(NeuronGroup& n) override { n["v"] -= n["v"] / tau_; }

private:
    Params params_;
    Array tau_;
};
MONNTO_BEHAVIOR(Leak);

TEST(RegistryTest, CreatesABehaviorByNameWithItsParameters) {
    Network net({.seed = 1});
    NeuronGroup& n = net.add_neurons("n", 2);
    const auto leak = BehaviorRegistry::create(
        "Leak",
        {{"tau", ParameterValue(Number(2.0))}, {"tag", ParameterValue(std::string("slow"))}});
    EXPECT_EQ(leak->class_name(), "Leak");
    n.add_behavior(1, leak);
    net.simulate_iteration();
    EXPECT_EQ(n["v"].host<float>(), (std::vector<float>{0.5, 0.5}));
    EXPECT_EQ(net.all("slow").size(), 1U);
    EXPECT_EQ(BehaviorRegistry::parameter_names("Leak"), std::vector<std::string>{"tau"});
}

TEST(RegistryTest, RefusesUnknownNamesAndParametersNamingTheNearest) {
    try {
        (void)BehaviorRegistry::create("Laek");
        FAIL();
    } catch (const UnknownName& error) {
        EXPECT_EQ(error.nearest, "Leak");
    }
    try {
        (void)BehaviorRegistry::create("Leak", {{"tua", ParameterValue(Number(2.0))}});
        FAIL();
    } catch (const UnknownName& error) {
        EXPECT_EQ(error.kind, "parameter");
        EXPECT_EQ(error.nearest, "tau");
    }
    EXPECT_THROW(load_plugin("/no/such/library.so"), BadParameter);
}

TEST(RegistryTest, LoadsThePluginOfAUser) {
    EXPECT_EQ(load_plugin(TEST_PLUGIN), std::vector<std::string>{"Pulse"});
    Network net({.seed = 1});
    NeuronGroup& n = net.add_neurons("n", 2);
    n.add_behavior(
        1, BehaviorRegistry::create("Pulse", {{"height", ParameterValue(std::string("50%"))}}));
    net.simulate_iterations(3);
    EXPECT_EQ(n["v"].host<float>(), (std::vector<float>{1.5, 1.5}));
}

TEST(RegistryTest, RefusesABehaviorOnTheWrongKindOfObject) {
    Network net({.seed = 1});
    EXPECT_THROW(net.add_behavior(1, BehaviorRegistry::create("Leak")), TypeMismatch);
}

}  // namespace
}  // namespace monnto
