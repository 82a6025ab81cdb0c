#include "numpy_oracle.hpp"

#include <monnto/array/functions.hpp>

namespace monnto {
namespace {

using support::numpy;

TEST(Dot, SumsOverTheLastAndTheLastButOneAxis) {
    EXPECT_CLOSE(dot(numpy("v"), numpy("v")), numpy("np.dot(v, v)"));
    EXPECT_CLOSE(dot(numpy("m"), numpy("a")), numpy("np.dot(m, a)"));
    EXPECT_CLOSE(dot(numpy("t"), numpy("a")), numpy("np.dot(t, a)"));
    EXPECT_CLOSE(dot(numpy("m"), numpy("p")), numpy("np.dot(m, p)"));
    EXPECT_CLOSE(dot(numpy("a").T(), numpy("v")(slice(0, 4))), numpy("np.dot(a.T, v[:4])"));
    EXPECT_CLOSE(dot(numpy("v")(slice(0, 3)), numpy("m")), numpy("np.dot(v[:3], m)"));
    EXPECT_CLOSE(dot(numpy("t"), numpy("v")(slice(0, 4))), numpy("np.dot(t, v[:4])"));
    EXPECT_SAME(dot(numpy("i"), numpy("i").T()), numpy("np.dot(i, i.T)"));
    EXPECT_SAME(dot(numpy("u"), numpy("u").T()), numpy("np.dot(u, u.T)"));
    EXPECT_SAME(dot(numpy("e"), numpy("m")), numpy("np.dot(e, m)"));
    EXPECT_SAME(dot(numpy("e").T(), numpy("e")), numpy("np.dot(e.T, e)"));
}

TEST(Dot, OfBoolsIsBool) {
    EXPECT_SAME(dot(numpy("b"), numpy("b").T()), numpy("np.dot(b, b.T)"));
    EXPECT_CLOSE(dot(numpy("f"), numpy("b").T()), numpy("np.dot(f, b.T)"));
}

TEST(Dot, WithANumberMultipliesByAnArrayOfItsOwn) {
    EXPECT_SAME(dot(numpy("f"), 2.0), numpy("np.dot(f, 2.0)"));
    EXPECT_SAME(dot(3, numpy("i")), numpy("np.dot(3, i)"));
}

TEST(Dot, AddsInAscendingOrder) {
    // Any other order of these four leaves 1 or 2 instead of 0 or loses the small one (S17).
    const Array a = Array::from({1e16, 1.0, -1e16, 1.0});
    EXPECT_EQ(dot(a, ones({4})).item<double>(), 1.0);
}

TEST(Dot, RefusesExtentsThatDiffer) {
    try {
        static_cast<void>(dot(numpy("m"), numpy("m")));
        FAIL();
    } catch (const ShapeMismatch& error) {
        EXPECT_EQ(error.operation, "dot");
        EXPECT_EQ(error.left, (std::vector<std::ptrdiff_t>{3, 4}));
    }
    EXPECT_THROW(static_cast<void>(matmul(numpy("m"), numpy("v"))), ShapeMismatch);
    EXPECT_THROW(static_cast<void>(matmul(numpy("m"), Array(2.0))), ShapeMismatch);
    EXPECT_THROW(static_cast<void>(inner(numpy("m"), numpy("v"))), ShapeMismatch);
}

TEST(Matmul, BroadcastsStacksOfMatrices) {
    EXPECT_CLOSE(matmul(numpy("m"), numpy("a")), numpy("m @ a"));
    EXPECT_CLOSE(matmul(numpy("t"), numpy("p")), numpy("t @ p"));
    EXPECT_CLOSE(matmul(numpy("m"), numpy("p")), numpy("m @ p"));
    EXPECT_CLOSE(matmul(numpy("t"), numpy("a")), numpy("t @ a"));
    EXPECT_CLOSE(matmul(numpy("t"), numpy("v")(slice(0, 4))), numpy("t @ v[:4]"));
    EXPECT_CLOSE(matmul(numpy("v")(slice(0, 4)), numpy("p")), numpy("v[:4] @ p"));
    EXPECT_CLOSE(matmul(expand_dims(numpy("t"), 1), numpy("p")), numpy("t[:, None] @ p"));
    EXPECT_THROW(static_cast<void>(matmul(zeros({2, 3, 4}), zeros({3, 4, 2}))), ShapeMismatch);
}

TEST(Outer, FlattensBoth) {
    EXPECT_SAME(outer(numpy("v"), numpy("i")), numpy("np.outer(v, i)"));
    EXPECT_SAME(outer(numpy("b"), numpy("b")), numpy("np.outer(b, b)"));
    EXPECT_SAME(outer(numpy("f"), 2.0), numpy("np.outer(f, 2.0)"));
}

TEST(Products, SumOverOtherAxes) {
    EXPECT_CLOSE(inner(numpy("m"), numpy("t")), numpy("np.inner(m, t)"));
    EXPECT_SAME(inner(numpy("m"), Array(2.0)), numpy("np.inner(m, 2.0)"));
    EXPECT_CLOSE(vdot(numpy("m"), numpy("w")), numpy("np.vdot(m, w)"));
    EXPECT_CLOSE(tensordot(numpy("m"), numpy("t"), {0, 1}, {1, 2}),
                 numpy("np.tensordot(m, t, ([0, 1], [1, 2]))"));
    EXPECT_CLOSE(tensordot(numpy("t"), numpy("a"), 1), numpy("np.tensordot(t, a, 1)"));
    EXPECT_SAME(tensordot(numpy("v"), numpy("m"), 0), numpy("np.tensordot(v, m, 0)"));
    EXPECT_THROW(static_cast<void>(tensordot(numpy("m"), numpy("t"), 2)), ShapeMismatch);
    EXPECT_SAME(kron(numpy("i"), numpy("u")), numpy("np.kron(i, u)"));
    EXPECT_SAME(kron(numpy("v"), numpy("m")), numpy("np.kron(v, m)"));
    EXPECT_CLOSE(trace(numpy("m"), 1), numpy("np.trace(m, 1)"));
    EXPECT_SAME(trace(numpy("b")), numpy("np.trace(b)"));
}

TEST(Convolve, SlidesTheReversedKernel) {
    const Array kernel = Array::from({0.5, -1.0, 2.0, 0.25});
    EXPECT_CLOSE(convolve(numpy("v"), kernel), numpy("np.convolve(v, [0.5, -1.0, 2.0, 0.25])"));
    EXPECT_CLOSE(convolve(numpy("v"), kernel, Overlap::same),
                 numpy("np.convolve(v, [0.5, -1.0, 2.0, 0.25], 'same')"));
    EXPECT_CLOSE(convolve(numpy("v"), kernel, Overlap::valid),
                 numpy("np.convolve(v, [0.5, -1.0, 2.0, 0.25], 'valid')"));
    EXPECT_CLOSE(convolve(kernel, numpy("v"), Overlap::same),
                 numpy("np.convolve([0.5, -1.0, 2.0, 0.25], v, 'same')"));
    EXPECT_CLOSE(correlate(numpy("v"), kernel), numpy("np.correlate(v, [0.5, -1.0, 2.0, 0.25])"));
    EXPECT_CLOSE(correlate(numpy("v"), kernel, Overlap::same),
                 numpy("np.correlate(v, [0.5, -1.0, 2.0, 0.25], 'same')"));
    EXPECT_CLOSE(correlate(kernel, numpy("v"), Overlap::full),
                 numpy("np.correlate([0.5, -1.0, 2.0, 0.25], v, 'full')"));
    EXPECT_SAME(convolve(numpy("k"), numpy("k")), numpy("np.convolve(k, k)"));
    EXPECT_THROW(static_cast<void>(convolve(numpy("v"), zeros({0}))), BadParameter);
}

TEST(Covariance, IsThatOfTheRows) {
    EXPECT_CLOSE(cov(numpy("m")), numpy("np.cov(m)"));
    EXPECT_CLOSE(cov(numpy("v")), numpy("np.cov(v)"));
    EXPECT_CLOSE(cov(numpy("i"), 0), numpy("np.cov(i, ddof=0)"));
    EXPECT_CLOSE(corrcoef(numpy("m")), numpy("np.corrcoef(m)"));
}

}  // namespace
}  // namespace monnto
