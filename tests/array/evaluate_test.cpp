#include <monnto/array/functions.hpp>
#include <monnto/array/record.hpp>

#include <gtest/gtest.h>

#include <list>

namespace monnto {
namespace {

TEST(S12GraphTest, NothingRunsUntilAValueIsNeeded) {
    const Array a = Array::from<float>({1, 2});
    const std::uint64_t before = counters().evaluations;
    const Array b = a * 2 + 1;
    EXPECT_EQ(counters().evaluations, before);
    EXPECT_EQ(b.host<float>(), (std::vector<float>{3, 5}));
    EXPECT_EQ(counters().evaluations, before + 1);
}

TEST(S12GraphTest, TheEndOfAnIterationEvaluatesWhatIsHeldAnywhere) {
    const Array a = Array::from<float>({1, 2});
    std::list<Array> held;
    held.push_back(a + 1);
    held.push_back(a + 2);
    evaluate_pending();
    for (const Array& array : held) {
        EXPECT_TRUE(array.node()->is_settled());
    }
    const std::uint64_t before = counters().evaluations;
    evaluate_pending();
    EXPECT_EQ(counters().evaluations, before);
}

/// `v.dot(W.dot(v))` and `sign(W.dot(v))` in one step.
TEST(S12GraphTest, ProductsOfTheSameArraysAreComputedOnce) {
    const Array w = Array::from<float>({1, 2, 3, 4}).reshape({2, 2}).copy();
    Array v = Array::from<float>({1, -1});
    evaluate_pending();
    std::uint64_t before = counters().shared;
    const Array energy = dot(v, dot(w, v));
    const Array signs = sign(dot(w, v)) + dot(w, v) * 2;
    evaluate_pending();
    EXPECT_EQ(counters().shared, before + 2);
    EXPECT_EQ(energy.item<float>(), 0.0F);
    EXPECT_EQ(signs.host<float>(), (std::vector<float>{-3, -3}));

    // Arrays that changed in between are others, and whoever holds a product gets his own.
    before = counters().shared;
    const Array held = dot(w, v);
    const Array same = dot(w, v);
    v += 1;
    const Array later = dot(w, v);
    evaluate_pending();
    EXPECT_EQ(counters().shared, before);
    EXPECT_EQ(held.host<float>(), (std::vector<float>{-1, -1}));
    EXPECT_EQ(same.host<float>(), held.host<float>());
    EXPECT_EQ(later.host<float>(), (std::vector<float>{2, 6}));
}

TEST(S12GraphTest, WhatNobodyHoldsIsNotComputed) {
    const Array a = Array::from<float>({1, 2});
    static_cast<void>(a + 1);
    const std::uint64_t before = counters().nodes;
    evaluate_pending();
    EXPECT_EQ(counters().nodes, before);
}

TEST(S12GraphTest, AMillionStepsNeitherRecurseNorPileUp) {
    const std::size_t nodes_before = nodes_alive();
    {
        Array a = Array::from<float>({0});
        for (int i = 0; i < 1000000; ++i) {
            a += 1.0;
        }
        EXPECT_LT(nodes_alive(), nodes_before + 10000);
        EXPECT_EQ(a.item<float>(), 1e6F);
    }
    EXPECT_EQ(nodes_alive(), nodes_before);
}

TEST(S12GraphTest, ALongUnheldChainDiesWithoutRecursion) {
    NodeRef chain = record_constant(1.0, DType::f64);
    for (int i = 0; i < 300000; ++i) {
        chain = NodeRef(new Node(Op::negative, DType::f64, {}, {}, {chain}));
    }
    chain.reset();
    SUCCEED();
}

TEST(S12GraphTest, SteadyStateReusesBuffers) {
    Array v = zeros({1000}, DType::f32);
    const auto step = [&] {
        v *= 0.9;
        v += 0.1;
        evaluate_pending();
    };
    step();
    const std::uint64_t donated = counters().donated;
    const std::size_t bytes = Buffer::bytes_alive();
    for (int i = 0; i < 10; ++i) {
        step();
    }
    EXPECT_EQ(Buffer::bytes_alive(), bytes);
    EXPECT_GE(counters().donated, donated + 10);  // one per step at least: fused, both are one
}

TEST(S12GraphTest, AHeldOldValueIsNeverOverwritten) {
    Array v = Array::from<float>({1, 2});
    evaluate_pending();
    const Array old = v.copy();
    v *= 2;
    evaluate_pending();
    EXPECT_EQ(old.host<float>(), (std::vector<float>{1, 2}));
}

TEST(EagerTest, InsideItsScopeEveryNodeIsEvaluatedAtOnce) {
    const EagerScope eager;
    const Array a = Array::from<float>({1}) + 1;
    EXPECT_TRUE(a.node()->is_settled());
}

}  // namespace
}  // namespace monnto
