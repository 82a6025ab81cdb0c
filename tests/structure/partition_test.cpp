#include <monnto/structure/partition.hpp>

#include <monnto/monnto.hpp>
#include <monnto/structure/neuron_dimension.hpp>
#include <monnto/structure/receptive_fields.hpp>

#include <gtest/gtest.h>

namespace monnto {
namespace {

/// Adds what arrives through W, part by part.
class Receive final : public SynapseBehavior {
public:
    using SynapseBehavior::initialize;
    using SynapseBehavior::iteration;
    void iteration(SynapseGroup& s) override {
        const Array arriving = s.ignore_transpose_mode(s["W"].array()).dot(s.source().get("spike"));
        if (auto* part = dynamic_cast<NeuronSubGroup*>(&s.destination())) {
            (*part)["v"] += arriving;
        } else {
            s.destination_group()["v"] += arriving;
        }
    }
};

class ReceptiveFieldTest : public ::testing::TestWithParam<SynapseOrder> {
protected:
    static std::shared_ptr<NeuronDimension> grid() {
        return std::make_shared<NeuronDimension>(Grid{.width = 5, .height = 5});
    }
    [[nodiscard]] int enabled(const std::shared_ptr<Behavior>& field) {
        SynapseGroup& s = net_.add_synapses("S", n_, n_, {{1, field}});
        return sum(s["enabled"].array()).item<int>();
    }
    Network net_{Settings{.syn_dim = GetParam(), .seed = 7}};
    NeuronGroup& n_ = add_neurons(net_, "n", grid());
};

TEST_P(ReceptiveFieldTest, CountsThePairsOfTheReference) {
    EXPECT_EQ(enabled(std::make_shared<BoxReceptiveFields>(ParameterMap{{"range", Number(1.0)}})),
              169);
    EXPECT_EQ(
        enabled(std::make_shared<CircleReceptiveFields>(ParameterMap{{"radius", Number(1.0)}})),
        105);
    EXPECT_EQ(enabled(std::make_shared<RemoveAutapses>()), 600);
    const ParameterMap without = {{"range", Number(1.0)}, {"remove_autapses", Number(1.0)}};
    EXPECT_EQ(enabled(BehaviorRegistry::create("BoxReceptiveFields", without)), 144);
}

TEST_P(ReceptiveFieldTest, NeedsItsParameterAndASynapseGroup) {
    EXPECT_THROW((void)enabled(std::make_shared<BoxReceptiveFields>()), BadParameter);
    EXPECT_THROW(n_.add_behavior(5, std::make_shared<RemoveAutapses>()), TypeMismatch);
}

TEST_P(ReceptiveFieldTest, ReachIsAtLeastOne) {
    const Coordinates at = coordinates_of(n_);
    EXPECT_EQ(largest_reach(within_box(at, at, 2), at, at), (Vector3{2, 2, 1}));
    EXPECT_EQ(largest_reach(within_box(at, at, 0), at, at), (Vector3{1, 1, 1}));
}

TEST_P(ReceptiveFieldTest, PartitionSplitsAsDerivedByHand) {
    const auto field = std::make_shared<BoxReceptiveFields>(ParameterMap{{"range", Number(1.0)}});
    net_.add_synapses("GLU", n_, n_,
                      {{1, field}, {2, std::make_shared<Partition>(Steps{2, 2, 1})}});
    const std::vector<SynapseGroup*> parts = n_.synapses(afferent, "GLU");
    ASSERT_EQ(parts.size(), 4U);
    std::ptrdiff_t entries = 0;
    int pairs = 0;
    std::vector<std::pair<int, int>> sizes;
    for (SynapseGroup* part : parts) {
        entries += part->matrix_dim().product();
        pairs += sum((*part)["enabled"].array()).item<int>();
        sizes.emplace_back(part->destination().size(), part->source().size());
        EXPECT_TRUE(part->has_tag("partitioned"));
    }
    EXPECT_EQ(sizes, (std::vector<std::pair<int, int>>{{9, 16}, {6, 12}, {6, 12}, {4, 9}}));
    EXPECT_EQ(entries, 324);
    EXPECT_EQ(pairs, 169);
    EXPECT_EQ(n_.synapses(efferent, "GLU").size(), 4U);
    EXPECT_EQ(net_.synapse_groups().size(), 4U);
}

TEST_P(ReceptiveFieldTest, PartsDeliverTheBitsOfTheWhole) {
    n_["v"] = n_.vector();
    n_["spike"] = n_.vector("bernoulli(0.3)");
    NeuronGroup& whole = add_neurons(net_, "whole", grid());
    whole["v"] = whole.vector();
    whole["spike"] = n_["spike"].array().copy();
    SynapseGroup& a = net_.add_synapses("A", n_, n_, {{1, std::make_shared<Receive>()}});
    SynapseGroup& b = net_.add_synapses("B", whole, whole, {{1, std::make_shared<Receive>()}});
    const Coordinates at = coordinates_of(n_);
    for (SynapseGroup* s : {&a, &b}) {
        restrict_enabled(*s, within_circle(at, at, 1.5));
    }
    a["W"] = Array(a.matrix("uniform") * a["enabled"].array());
    b["W"] = a["W"].array().copy();
    split(a, parts_of(a, {3, 2, 1}));
    net_.initialize();
    net_.simulate_iterations(3);
    EXPECT_GT(sum(n_["v"].array()).item<float>(), 1.0F);
    EXPECT_TRUE(array_equal(n_["v"].array(), whole["v"].array()));
}

TEST_P(ReceptiveFieldTest, SmallGroupsAreNotSplitAutomatically) {
    const Coordinates at = coordinates_of(n_);
    EXPECT_FALSE(automatic_steps(at, at).has_value());
    const Coordinates large = Grid{.width = 50, .height = 20}.positions();
    EXPECT_EQ(automatic_steps(large, large), (Steps{7, 2, 1}));
    net_.add_synapses("S", n_, n_, {{2, std::make_shared<Partition>()}});
    EXPECT_EQ(net_.synapse_groups().size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Orders, ReceptiveFieldTest,
                         ::testing::Values(SynapseOrder::DxS, SynapseOrder::SxD));

}  // namespace
}  // namespace monnto
