#include <monnto/core/genes.hpp>

#include <monnto/monnto.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <string>

namespace monnto {
namespace {

class GenesTest : public ::testing::Test {
protected:
    void TearDown() override { set_genome({}); }
};

/// Of one leaky neuron whose parameters hold genes, after one iteration from -55.
double v_after_one_step(Network& net) {
    net.initialize();
    NeuronGroup& n = *net.neuron_groups().at(0);
    n["v"].fill(-55.0);
    net.simulate_iteration();
    return n["v"].host<float>()[0];
}

std::shared_ptr<Behavior> leaky(const std::string& tau) {
    LeakyIntegrateAndFire::Params params;
    params.tau = tau;
    return std::make_shared<LeakyIntegrateAndFire>(params);
}

double decayed(double tau) {
    return -65.0 + 10.0 * std::exp(-1.0 / tau);
}

TEST_F(GenesTest, AreTheGeneOrTheDefaultWhichThenIsTheGene) {
    EXPECT_EQ(with_genes("normal([0.5#m], [ 1/3 # s ])", "p"), "normal(0.5, 0.333333333333333)");
    EXPECT_EQ(genome(), (Genome{{"m", "0.5"}, {"s", "0.333333333333333"}}));
    set_genome({{"m", "2.50"}, {"rule", "power"}});
    EXPECT_EQ(with_genes("[0.5#m]*[m]", "p"), "2.5*2.5");
    EXPECT_EQ(with_genes("[rule]", "p"), "power");
    EXPECT_EQ(with_genes("v[0] + [other]", "p"), "v[0] + [other]");
}

TEST_F(GenesTest, RefuseDefaultsThatAreNoNumbers) {
    try {
        (void)with_genes("[abc#key]", "tau");
        FAIL();
    } catch (const BadParameter& error) {
        EXPECT_EQ(error.name, "tau");
        EXPECT_EQ(error.value, "[abc#key]");
    }
    EXPECT_TRUE(genome().empty());
}

TEST_F(GenesTest, CountWhenTheNetworkIsInitializedNotWhenItIsMade) {
    set_genome({{"tau", "5"}});
    Network net;
    net.add_neurons("n", 1, {{1, leaky("[20#tau]")}});
    set_genome({{"tau", "12"}});
    EXPECT_NEAR(v_after_one_step(net), decayed(12.0), 1e-4);
    set_genome({{"tau", "3"}});  // and once more
    EXPECT_NEAR(v_after_one_step(net), decayed(3.0), 1e-4);
    set_genome({});
    EXPECT_NEAR(v_after_one_step(net), decayed(20.0), 1e-4);
    EXPECT_EQ(genome(), (Genome{{"tau", "20"}}));
}

TEST_F(GenesTest, MayStandInArithmeticAndWithoutDefault) {
    set_genome({{"tau", "7"}});
    Network net;
    net.add_neurons("n", 1, {{1, leaky("10+[tau]/2")}});
    EXPECT_NEAR(v_after_one_step(net), decayed(13.5), 1e-4);
}

TEST_F(GenesTest, ReachTextsThatConstructorsLookAt) {
    Network net({.dt = 1.0});
    net.add_neurons(
        "n", 1,
        {{1, std::make_shared<Clock>("1*ms")},
         {2, std::make_shared<Variable>("v = [1#start]*mV")},
         {3, std::make_shared<Equation>("dv/dt = -v/([10#tau]*ms)")},
         {4, BehaviorRegistry::create("Instant_Homeostasis",
                                      {{"adjustment_param", std::string("target")},
                                       {"measurement_param", std::string("n.v*[0#gain]")},
                                       {"threshold", std::string("[1#th]")}})}});
    auto& n = net.find<NeuronGroup>("n");
    n["target"] = n.vector();
    set_genome({{"start", "4"}, {"tau", "2"}, {"gain", "3"}, {"th", "20"}});
    net.initialize();
    net.simulate_iterations(1);
    EXPECT_FLOAT_EQ(n["v"].host<float>()[0], 4.0F);
    EXPECT_FLOAT_EQ(n["v_new"].host<float>()[0], 2.0F);
    EXPECT_FLOAT_EQ(n["target"].host<float>()[0], 20.0F - 12.0F);
}

TEST_F(GenesTest, MayNameARule) {
    set_genome({{"rule", "power"}});
    Network net;
    NeuronGroup& n = net.add_neurons("n", 2);
    n["spike"] = n.vector(DType::boolean);
    SynapseGroup& s = net.add_synapses(
        "s", n, n,
        {{1, BehaviorRegistry::create("TraceSTDP", {{"dependence", std::string("[rule]")}})}});
    s["W"] = s.matrix(0.5);
    EXPECT_NO_THROW(net.initialize());
    set_genome({{"rule", "no_rule"}});
    EXPECT_THROW(net.initialize(), UnknownName);
}

}  // namespace
}  // namespace monnto
