// Rules of a synapse group: weights, delays and parts end up at the right synapses.
#include <monnto/core/connect.hpp>

#include <monnto/array/executor.hpp>
#include <monnto/array/functions.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/neuron_subgroup.hpp>
#include <monnto/core/synapse_group.hpp>
#include <monnto/synapse/build.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace monnto {
namespace {

struct Model {
    Network net;
    NeuronGroup& neurons;
    SynapseGroup& synapses;
    explicit Model(std::ptrdiff_t size = 60, double dt = 0.1)
        : net({.seed = 3, .dt = dt}),
          neurons(net.add_neurons("n", size)),
          synapses(net.add_synapses("s", neurons, neurons)) {}
};

using Ends = std::pair<std::int64_t, std::int64_t>;
struct Carried {
    float weight;
    std::int32_t delay;
};

std::map<Ends, Carried> by_pair(const SparseMatrix& matrix) {
    const SynapseList list = list_of(*matrix.pattern());
    const auto weights = matrix.values().host<float>();
    std::map<Ends, Carried> all;
    for (std::size_t i = 0; i < list.source.size(); ++i) {
        all[{list.source[i], list.target[i]}] = {weights[weights.size() == 1 ? 0 : i],
                                                 list.delay.empty() ? 0 : list.delay[i]};
    }
    return all;
}

TEST(Connect, ANumberForAllCostsNoMemory) {
    Model m;
    const SparseMatrix w = connect(m.synapses, rules::FixedIndegree{5}, {.weight = 1.5});
    EXPECT_EQ(w.nnz(), 300);
    EXPECT_EQ(w.values().rank(), 0);
    EXPECT_EQ(w.values().item<float>(), 1.5F);
    EXPECT_TRUE(w.pattern()->delays().empty());
}

TEST(Connect, DistributionsGiveEverySynapseItsOwn) {
    Model m(300);
    const SparseMatrix w =
        connect(m.synapses, rules::FixedProbability{0.5},
                {.weight = "normal(2, 0.1)", .delay = "normal_clipped(1.5, 0.75, 0.05, 100)"});
    const auto weights = w.values().host<float>();
    ASSERT_EQ(static_cast<std::ptrdiff_t>(weights.size()), w.nnz());
    double sum = 0.0;
    for (const float weight : weights) {
        sum += weight;
    }
    const auto n = static_cast<double>(weights.size());
    EXPECT_NEAR(sum / n, 2.0, 4.4 * 0.1 / std::sqrt(n));
    double steps = 0.0;
    for (const std::int32_t delay : list_of(*w.pattern()).delay) {
        ASSERT_GE(delay, 1);
        steps += delay;
    }
    // A normal cut off 1.933 deviations below its mean: mean + 0.0634 sd, in steps of 0.1 ms.
    EXPECT_NEAR(steps / n, 15.0 + 7.5 * 0.0634, 4.4 * 7.5 / std::sqrt(n));
}

TEST(Connect, WeightsAndDelaysFollowThePairsTheyWereGivenFor) {
    Model m(10);
    const SparseMatrix w =
        connect(m.synapses, rules::Pairs{.source = {7, 2, 2, 0}, .target = {1, 9, 3, 3}},
                {.weight = Array::from({1.0F, 2.0F, 3.0F, 4.0F}),
                 .delay = Array::from({0.3, 0.2, 0.4, 0.1})});
    const auto all = by_pair(w);
    EXPECT_EQ(all.at({7, 1}).weight, 1.0F);
    EXPECT_EQ(all.at({2, 9}).weight, 2.0F);
    EXPECT_EQ(all.at({2, 3}).weight, 3.0F);
    EXPECT_EQ(all.at({0, 3}).weight, 4.0F);
    EXPECT_EQ(all.at({2, 9}).delay, 2);
    EXPECT_EQ(all.at({2, 3}).delay, 4);
    EXPECT_EQ(all.at({0, 3}).delay, 1);
}

TEST(Connect, PartsLieWhereTheirPopulationsAre) {
    Model m(10);
    const auto first = m.neurons.subgroup(slice(0, 4));
    const auto rest = m.neurons.subgroup(slice(4, 10));
    const std::vector<Projection> projections{
        {rules::AllToAll{}, {.weight = 1.0, .delay = 0.1}, first.get(), rest.get()},
        {rules::AllToAll{},
         {.weight = -2.0, .delay = "uniform(0.2, 0.5)"},
         rest.get(),
         first.get()},
        {rules::OneToOne{}, {.weight = 5.0, .delay = 0.7}, first.get(), first.get()}};
    const SparseMatrix w = connect(m.synapses, projections);
    const auto all = by_pair(w);
    EXPECT_EQ(all.size(), 24U + 24U + 4U);
    for (const auto& [ends, carried] : all) {
        const auto [source, target] = ends;
        const float expected = source < 4 ? (target < 4 ? 5.0F : 1.0F) : -2.0F;
        EXPECT_EQ(carried.weight, expected) << source << " to " << target;
        if (source < 4) {
            EXPECT_EQ(carried.delay, target < 4 ? 7 : 1);
            EXPECT_TRUE(target >= 4 || target == source);
        } else {
            EXPECT_TRUE(target < 4 && carried.delay >= 2 && carried.delay <= 5);
        }
    }
}

TEST(Connect, SelectionsMayHaveGapsAndOverlap) {
    Model m(10);
    const Array even = Array::from({0, 1, 0, 1, 0, 1, 0, 1, 0, 1}) == 0;
    const auto selected = m.neurons.subgroup(even);
    const std::vector<Projection> projections{
        {rules::AllToAll{}, {.weight = 1.0, .autapses = false}, selected.get(), selected.get()},
        {rules::OneToOne{}, {.weight = 2.0}}};
    const SparseMatrix w = connect(m.synapses, projections);
    const std::vector<float> dense = w.to_dense().host<float>();
    for (std::size_t i = 0; i < 10; ++i) {
        for (std::size_t j = 0; j < 10; ++j) {
            const float expected = i == j ? 2.0F : (i % 2 == 0 && j % 2 == 0 ? 1.0F : 0.0F);
            EXPECT_EQ(dense[i * 10 + j], expected);
        }
    }
}

TEST(Connect, DistancesAreThoseOfTheNeurons) {
    Model m(25);
    const Array number = arange(0, 25);
    m.neurons["x"] = (number % 5).astype(DType::f32);
    m.neurons["y"] = floor(number / 5).astype(DType::f32);
    const rules::DistanceDependent near{.profile = rules::Profile::radius, .scale = 1.0};
    EXPECT_EQ(connect(m.synapses, near).nnz(), 105);
    EXPECT_EQ(connect(m.synapses, near, {.autapses = false, .period = {5, 5, 0}}).nnz(), 100);
}

TEST(Connect, IsTheSameForAnyNumberOfThreadsS18) {
    const int before = threads();
    std::vector<std::vector<float>> values;
    for (const int team : {1, 2, 5}) {
        set_threads(team);
        Model m(400);
        set_threads(team);
        const SparseMatrix w = connect(m.synapses, rules::FixedTotalNumber{50'000},
                                       {.weight = "normal(1, 1)", .delay = "uniform(0.1, 2)"});
        values.push_back(w.values().host<float>());
        EXPECT_EQ(values.back(), values.front());
    }
    set_threads(before);
}

TEST(Connect, RefusesWhatCannotBe) {
    Model m;
    const rules::FixedIndegree rule{5};
    EXPECT_THROW((void)connect(m.synapses, rule, {.delay = 0.04}), BadDelay);
    EXPECT_THROW((void)connect(m.synapses, rule, {.delay = -1.0}), BadDelay);
    EXPECT_THROW((void)connect(m.synapses, rule, {.delay = "normal(0.1, 5)"}), BadDelay);
    EXPECT_THROW((void)connect(m.synapses, rule, {.weight = Array::from({1.0F, 2.0F})}),
                 ShapeMismatch);
    Model other;
    const Projection foreign{.rule = rule, .source = &other.neurons};
    EXPECT_THROW((void)connect(m.synapses, std::span(&foreign, 1)), ShapeMismatch);
    EXPECT_THROW((void)connect(m.synapses, rules::Pairs{{60}, {0}}), IndexOutOfRange);
    EXPECT_EQ(connect(m.synapses, rule).nnz(), 300);  // still usable
}

}  // namespace
}  // namespace monnto
