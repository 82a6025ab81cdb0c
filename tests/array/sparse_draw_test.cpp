#include <monnto/array/functions/sparse_draw.hpp>

#include <monnto/array/buffer.hpp>
#include <monnto/array/executor.hpp>
#include <monnto/array/functions.hpp>

#include <gtest/gtest.h>

#include <functional>
#include <vector>

// A draw of some elements is the full draw with the others left out: compared bit for bit.
namespace monnto {
namespace {

constexpr RandomPosition here{.key = 42, .step = 3, .ordinal = 1};
constexpr RandomPosition of_mask{.key = 42, .step = 3, .ordinal = 2};
const Shape shape{50, 100};  // not a multiple of any chunk

Array drawn(Distribution distribution, DType dtype = DType::f32,
            const std::vector<Operand>& parameters = {}) {
    return random_array(distribution, here, dtype, shape, parameters);
}
Array mask(double density) {
    return random_sparse_mask(of_mask, shape, density);
}

/// Both ways from draws of their own: evaluating one must not settle the other.
void expect_equal_bits(const std::function<Array()>& values) {
    for (const double density : {0.0, 0.002, 0.05, 0.3, 1.0}) {
        SCOPED_TRACE(density);
        const Array expected = where(mask(density), values(), 0).astype(values().dtype());
        const Array found = keep(values(), mask(density));
        EXPECT_EQ(found.dtype(), expected.dtype());
        EXPECT_TRUE(all_of(found == expected).truth());
        EXPECT_EQ(
            count_nonzero(signbit(found.astype(DType::f64)) != signbit(expected.astype(DType::f64)))
                .item<std::int64_t>(),
            0);
    }
}

TEST(SparseDraw, GivesEveryDistributionTheNumbersOfTheFullDraw) {
    for (const DType dtype : {DType::f16, DType::bf16, DType::f32, DType::f64}) {
        for (const Distribution kind :
             {Distribution::uniform, Distribution::normal, Distribution::exponential}) {
            SCOPED_TRACE(static_cast<int>(kind));
            expect_equal_bits([&] { return drawn(kind, dtype); });
        }
    }
    expect_equal_bits([] { return drawn(Distribution::bits, DType::u32); });
    expect_equal_bits([] { return drawn(Distribution::integers, DType::i64, {5, 90}); });
    expect_equal_bits([] { return drawn(Distribution::poisson, DType::i64, {2.0}); });
    expect_equal_bits([] { return drawn(Distribution::poisson, DType::f32, {200.0}); });
    expect_equal_bits([] { return drawn(Distribution::bernoulli, DType::boolean, {0.5}); });
    expect_equal_bits([] {  // with a range per column
        return drawn(Distribution::integers, DType::i64, {3, arange(4, 104)});
    });
}

TEST(SparseDraw, PassesThroughElementwiseOperations) {
    expect_equal_bits([] { return drawn(Distribution::normal) * 0.1 + 0.5; });
    expect_equal_bits([] { return exp(-drawn(Distribution::uniform)); });
    expect_equal_bits([] {
        const Array draw = drawn(Distribution::uniform);
        return draw * draw;
    });
}

TEST(SparseDraw, LeavesAloneWhatLooksAtAllElements) {
    expect_equal_bits([] {
        const Array draw = drawn(Distribution::uniform);
        return draw / max(draw);
    });
    expect_equal_bits([] { return cumsum(drawn(Distribution::uniform), 1); });
}

TEST(SparseDraw, IsOneMaskedNodeWhereNothingElseIsLeftToDo) {
    const NodeRef node = keep(drawn(Distribution::uniform), mask(0.01)).node();
    ASSERT_EQ(node->op, Op::random);
    EXPECT_TRUE(has_mask(*node));
    EXPECT_EQ(node->inputs().size(), parameter_count(Distribution::uniform) + 1);
}

TEST(SparseDraw, TakesNoMemoryForAMaskThatNobodyElseReads) {
    if (executor().name() != "llvm") {
        GTEST_SKIP() << "the interpreter evaluates node by node";
    }
    const std::size_t before = Buffer::allocations();
    const Array alone = keep(drawn(Distribution::uniform), mask(0.05));
    static_cast<void>(alone.host<float>());
    EXPECT_EQ(Buffer::allocations() - before, 1U);

    const Array shared = mask(0.05);
    const Array kept = keep(drawn(Distribution::uniform), shared);
    static_cast<void>(kept.host<float>());
    EXPECT_EQ(count_nonzero(kept).item<std::int64_t>(), count_nonzero(shared).item<std::int64_t>());
    EXPECT_TRUE(all_of(kept == alone).truth());
}

TEST(SparseDraw, KeepsWhatIsEvaluatedAlready) {
    const Array values = drawn(Distribution::uniform);
    const double first = values.host<float>()[0];
    EXPECT_EQ(keep(values, ones(shape, DType::boolean)).host<float>()[0], first);
}

}  // namespace
}  // namespace monnto
