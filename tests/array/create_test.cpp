#include "numpy_oracle.hpp"

#include <monnto/array/functions.hpp>

#include <cmath>

namespace monnto {
namespace {

using support::numpy;

TEST(Full, TakesTheDtypeOfThePlainNumber) {
    EXPECT_SAME(full({2, 2}, 3), numpy("np.full((2, 2), 3)"));
    EXPECT_SAME(full({2}, 0.5), numpy("np.full(2, 0.5)"));
    EXPECT_SAME(full({2}, true), numpy("np.full(2, True)"));
    EXPECT_SAME(full({2}, 300.7, DType::i16), numpy("np.full(2, 300.7, 'i2')"));
    EXPECT_SAME(zeros({0, 3}), numpy("e"));
    EXPECT_SAME(ones({}, DType::f32), numpy("np.ones((), 'f4')"));
    EXPECT_SAME(zeros_like(numpy("b")), numpy("np.zeros_like(b)"));
    EXPECT_SAME(ones_like(numpy("f")), numpy("np.ones_like(f)"));
    EXPECT_SAME(full_like(numpy("i"), 2.9), numpy("np.full_like(i, 2.9)"));
    EXPECT_SAME(full_like(numpy("i"), 2.9, DType::f64), numpy("np.full_like(i, 2.9, dtype='f8')"));
}

TEST(Full, RefusesNegativeExtents) {
    try {
        static_cast<void>(zeros({2, -1}));
        FAIL();
    } catch (const BadParameter& error) {
        EXPECT_EQ(error.name, "shape");
        EXPECT_EQ(error.value, "(2, -1)");
    }
}

TEST(Full, GivesArraysThatCanBeWritten) {
    Array a = zeros({3});
    const Array b = a;
    a(1) = 2.0;
    EXPECT_EQ(b.host<double>(), (std::vector<double>{0, 2, 0}));
    EXPECT_EQ(zeros({3}).host<double>(), (std::vector<double>{0, 0, 0}));
}

TEST(Arange, CountsAsNumpyDoes) {
    EXPECT_SAME(arange(5), numpy("np.arange(5)"));
    EXPECT_SAME(arange(2, 11, 3), numpy("np.arange(2, 11, 3)"));
    EXPECT_SAME(arange(5, -5, -3), numpy("np.arange(5, -5, -3)"));
    EXPECT_SAME(arange(3, 1), numpy("np.arange(3, 1)"));
    EXPECT_SAME(arange(0.0, 1.0, 0.1), numpy("np.arange(0.0, 1.0, 0.1)"));
    EXPECT_SAME(arange(0.1, 3, 0.7), numpy("np.arange(0.1, 3, 0.7)"));
    EXPECT_SAME(arange(1.0, 1.3, 0.1), numpy("np.arange(1.0, 1.3, 0.1)"));
    EXPECT_SAME(arange(1, -1, -0.25), numpy("np.arange(1, -1, -0.25)"));
}

TEST(Arange, RefusesStepsThatDoNotEnd) {
    EXPECT_THROW(static_cast<void>(arange(0, 5, 0)), BadParameter);
    EXPECT_THROW(static_cast<void>(arange(0.0, INFINITY, 1.0)), BadParameter);
    EXPECT_THROW(static_cast<void>(arange(0.0, NAN, 1.0)), BadParameter);
}

TEST(Linspace, EndsExactlyAtTheStop) {
    EXPECT_SAME(linspace(0.1, 0.7, 7), numpy("np.linspace(0.1, 0.7, 7)"));
    EXPECT_SAME(linspace(-1, 3, 10, false), numpy("np.linspace(-1, 3, 10, endpoint=False)"));
    EXPECT_SAME(linspace(2, 3, 1), numpy("np.linspace(2, 3, 1)"));
    EXPECT_SAME(linspace(2, 3, 0), numpy("np.linspace(2, 3, 0)"));
    EXPECT_SAME(linspace(0, 5e-324, 4), numpy("np.linspace(0, 5e-324, 4)"));
    EXPECT_CLOSE(logspace(-1, 2, 5), numpy("np.logspace(-1, 2, 5)"));
    EXPECT_THROW(static_cast<void>(linspace(0, 1, -1)), BadParameter);
}

TEST(Eye, PutsOnesOnADiagonal) {
    EXPECT_SAME(eye(3), numpy("np.eye(3)"));
    EXPECT_SAME(eye(2, 4, 1, DType::i32), numpy("np.eye(2, 4, 1, dtype='i4')"));
    EXPECT_SAME(eye(4, 2, -1, DType::boolean), numpy("np.eye(4, 2, -1, dtype=bool)"));
    EXPECT_SAME(identity(2), numpy("np.identity(2)"));
    EXPECT_SAME(tri(3, 4, 1), numpy("np.tri(3, 4, 1)"));
    EXPECT_SAME(tril(numpy("m")), numpy("np.tril(m)"));
    EXPECT_SAME(triu(numpy("t"), 1), numpy("np.triu(t, 1)"));
    EXPECT_SAME(triu(numpy("i"), -1), numpy("np.triu(i, -1)"));
    EXPECT_SAME(tril(numpy("v"), -2), numpy("np.tril(v, -2)"));
    EXPECT_SAME(diag(numpy("v")(slice(0, 3)), -1), numpy("np.diag(v[:3], -1)"));
    EXPECT_SAME(diag(numpy("m"), 1), numpy("np.diag(m, 1)"));
    EXPECT_THROW(static_cast<void>(diag(numpy("t"))), BadParameter);
}

TEST(Meshgrid, SpreadsAxesOverAGrid) {
    const Array a = Array::from({1, 2, 3});
    const Array b = Array::from({4.0, 5.0});
    EXPECT_SAME(meshgrid({a, b})[0].astype(DType::i64),
                numpy("np.meshgrid([1, 2, 3], [4.0, 5.0])[0]"));
    EXPECT_SAME(meshgrid({a, b})[1], numpy("np.meshgrid([1, 2, 3], [4.0, 5.0])[1]"));
    EXPECT_SAME(meshgrid({a, b}, true)[1],
                numpy("np.meshgrid([1, 2, 3], [4.0, 5.0], indexing='ij')[1]"));
    EXPECT_SAME(meshgrid({b, b, a})[2].astype(DType::i64),
                numpy("np.meshgrid([4.0, 5.0], [4.0, 5.0], [1, 2, 3])[2]"));
}

const RandomPosition here{0x1234567890abcdefULL, 3, 1};

TEST(RandomArray, RepeatsAtOnePositionAndDiffersAtOthers) {
    const auto draw = [](RandomPosition at) {
        return random_array(Distribution::uniform, at, DType::f64, {100}).host<double>();
    };
    EXPECT_EQ(draw(here), draw(here));
    RandomPosition other = here;
    ++other.ordinal;
    EXPECT_NE(draw(here), draw(other));
    other = here;
    ++other.step;
    EXPECT_NE(draw(here), draw(other));
}

TEST(RandomArray, HasTheDtypeAskedForAndTheRangeOfItsDistribution) {
    const Array u = random_array(Distribution::uniform, here, DType::f32, {1000});
    EXPECT_EQ(u.dtype(), DType::f32);
    EXPECT_TRUE(all_of(u >= 0 && u < 1).truth());
    const Array i = random_array(Distribution::integers, here, DType::i16, {1000}, {-3, 4});
    EXPECT_EQ(i.dtype(), DType::i16);
    EXPECT_EQ(unique(i).astype(DType::i64).host<std::int64_t>(),
              (std::vector<std::int64_t>{-3, -2, -1, 0, 1, 2, 3}));
    const Array b = random_array(Distribution::bernoulli, here, DType::boolean, {4, 3},
                                 {Array::from({0.0, 1.0, 0.0})});
    EXPECT_EQ(count_nonzero(b, 0).host<std::int64_t>(), (std::vector<std::int64_t>{0, 4, 0}));
    // The mean of 10,000 draws strays from 2.5 by 0.1 once in 2.5e9 times.
    const Array p = random_array(Distribution::poisson, here, DType::f64, {10000}, {2.5});
    EXPECT_NEAR(mean(p).item<double>(), 2.5, 0.1);
}

TEST(RandomArray, RefusesWrongParameters) {
    EXPECT_THROW(
        static_cast<void>(random_array(Distribution::integers, here, DType::i64, {3}, {1})),
        BadParameter);
    EXPECT_THROW(
        static_cast<void>(random_array(Distribution::bernoulli, here, DType::boolean, {3}, {1.5})),
        BadParameter);
    EXPECT_THROW(static_cast<void>(random_array(Distribution::poisson, here, DType::i64, {3},
                                                {Array::from({1.0, 2.0})})),
                 ShapeMismatch);
}

TEST(RandomSparseMask, HasTheDensityAskedFor) {
    const Array mask = random_sparse_mask(here, {200, 500}, 0.1);
    EXPECT_EQ(mask.dtype(), DType::boolean);
    // 100,000 entries: a deviation of 0.006 is more than six standard deviations.
    EXPECT_NEAR(mean(mask).item<double>(), 0.1, 0.006);
    EXPECT_FALSE(any(random_sparse_mask(here, {100}, 0.0)).truth());
    EXPECT_TRUE(all_of(random_sparse_mask(here, {100}, 1.0)).truth());
    EXPECT_THROW(static_cast<void>(random_sparse_mask(here, {3}, NAN)), BadParameter);
}

}  // namespace
}  // namespace monnto
