#include <monnto/monnto.hpp>

#include <gtest/gtest.h>
#include <lambda_behavior.hpp>

namespace monnto {
namespace {

using support::every_step;
using Tags = std::vector<std::string>;

TEST(TagsTest, FollowTheConstructorRules) {
    Network net({.seed = 1, .tag = "mynet"});
    NeuronGroup& a = net.add_neurons("a", 1);
    NeuronGroup& b = net.add_neurons("t1, t2", 1);
    SynapseGroup& s = net.add_synapses("S,GLU", a, b);
    EXPECT_EQ(net.tags(), (Tags{"mynet", "Network"}));
    EXPECT_EQ(a.tags(), (Tags{"a", "NeuronGroup", "ng"}));
    EXPECT_EQ(b.tags(), (Tags{"t1", " t2", "NeuronGroup", "ng"}));
    EXPECT_EQ(s.tags(), (Tags{"S", "GLU", "SynapseGroup", "syn", "a_to_t1"}));
    EXPECT_EQ(Network({.seed = 1}).tags(), Tags{"Network"});
}

TEST(TagsTest, AreGivenToGroupsWithoutAny) {
    Network net({.seed = 1});
    net.add_neurons("named", 1);
    NeuronGroup& second = net.add_neurons("", 1);
    EXPECT_EQ(second.tags(), (Tags{"NeuronGroup_2", "NeuronGroup", "ng"}));
    EXPECT_EQ(net.add_synapses("", second, second).tag(), "SynapseGroup_1");
}

TEST(TagsTest, OfNeuronGroupsBecomeUniqueAtInitialize) {
    Network net({.seed = 1});
    std::vector<std::string> warnings;
    net.set_warning_sink([&](const std::string& text) { warnings.push_back(text); });
    for (int i = 0; i < 3; ++i) {
        net.add_neurons("x", 1);
    }
    net.initialize();
    Tags first;
    for (const auto& group : net.neuron_groups()) {
        first.push_back(group->tag());
    }
    EXPECT_EQ(first, (Tags{"x", "xb", "xc"}));
    EXPECT_EQ(warnings.size(), 2U);
    EXPECT_EQ(&net.find("xc"), net.neuron_groups()[2].get());
}

TEST(SearchTest, FindsObjectsThenBehaviorsFromTheNetworkDownwards) {
    Network net({.seed = 1});
    NeuronGroup& a = net.add_neurons("a,both", 1);
    SynapseGroup& s = net.add_synapses("both", a, a);
    auto behavior = every_step({});
    behavior->with_tag("both");
    net.add_behavior(1, behavior);
    const Found found = net.all("both");
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].get(), behavior.get());
    EXPECT_EQ(found[1].get(), &a);
    EXPECT_EQ(found[2].get(), &s);
    EXPECT_EQ(net.all<Behavior>("LambdaBehavior").size(), 1U);
}

TEST(SearchTest, SeesWhatChangedSinceTheLastSearch) {
    Network net({.seed = 1});
    EXPECT_TRUE(net.all("late").empty());
    NeuronGroup& late = net.add_neurons("late", 1);
    EXPECT_EQ(net.all("late").size(), 1U);
    auto behavior = every_step({});
    behavior->with_tag("late");
    late.add_behavior(1, behavior);
    EXPECT_EQ(net.all("late").size(), 2U);
    late.remove_behavior(1.0);
    EXPECT_EQ(net.all("late").size(), 1U);
    late.add_tag("later");
    EXPECT_EQ(net.all("later").size(), 1U);
}

TEST(SearchTest, OfAKeyFindsTheBehaviorsUnderIt) {
    Network net({.seed = 1}, {{3, every_step({})}});
    net.add_neurons("a", 1, {{3, every_step({})}, {4, every_step({})}});
    EXPECT_EQ(net.behaviors_at(3).size(), 2U);
    EXPECT_TRUE(net.behaviors_at(5).empty());
}

TEST(SearchTest, RefusesAnUnknownTagNamingTheNearest) {
    Network net({.seed = 1});
    net.add_neurons("excitatory", 1);
    EXPECT_TRUE(net.all("excitatry").empty());
    try {
        (void)net.find("excitatry");
        FAIL() << "found a tag that does not exist";
    } catch (const UnknownName& error) {
        EXPECT_EQ(error.kind, "tag");
        EXPECT_EQ(error.name, "excitatry");
        EXPECT_EQ(error.nearest, "excitatory");
    }
}

TEST(SearchTest, GivesAHolderThatOutlivesTheNetwork) {
    std::shared_ptr<Findable> group;
    {
        Network net({.seed = 1});
        net.add_neurons("a", 3);
        group = net.all("a").front();
    }
    auto& neurons = dynamic_cast<NeuronGroup&>(*group);
    EXPECT_EQ(neurons.size(), 3);
    EXPECT_THROW((void)neurons.network(), BadState);
}

TEST(SynapsesTest, AreListedByDirectionAndTagAndNeverMissing) {
    Network net({.seed = 1});
    NeuronGroup& a = net.add_neurons("a", 2);
    NeuronGroup& b = net.add_neurons("b", 3);
    EXPECT_TRUE(b.synapses(afferent, "GLU").empty());
    SynapseGroup& s = net.add_synapses("GLU", "a", "b");
    SynapseGroup& t = net.add_synapses("GABA", "b", "a");
    EXPECT_EQ(b.synapses(afferent, "GLU"), std::vector<SynapseGroup*>{&s});
    EXPECT_EQ(b.synapses(efferent), std::vector<SynapseGroup*>{&t});
    EXPECT_TRUE(b.synapses(afferent, "GABA").empty());
    EXPECT_TRUE(a.synapses(efferent, "no such").empty());
    EXPECT_EQ(s.matrix_dim(), (Shape{3, 2}));
    EXPECT_THROW(net.add_synapses("GLU", "a", "c"), UnknownName);
}

TEST(SynapsesTest, HaveSourceRowsInANetworkOfThatOrder) {
    Network net({.syn_dim = SynapseOrder::SxD, .seed = 1});
    NeuronGroup& a = net.add_neurons("a", 2);
    NeuronGroup& b = net.add_neurons("b", 3);
    SynapseGroup& s = net.add_synapses("GLU", a, b);
    const Array w = s.matrix("uniform");
    EXPECT_EQ(w.shape(), (Shape{2, 3}));
    EXPECT_EQ(s.ignore_transpose_mode(w).shape(), (Shape{3, 2}));
}

}  // namespace
}  // namespace monnto
