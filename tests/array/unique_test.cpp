#include "numpy_oracle.hpp"

#include <monnto/array/functions.hpp>

#include <cmath>

namespace monnto {
namespace {

using support::numpy;

TEST(Nonzero, GivesOneIndexArrayPerAxis) {
    EXPECT_SAME(nonzero(numpy("t") > 0)[2], numpy("np.nonzero(t > 0)[2]"));
    EXPECT_SAME(nonzero(numpy("t") > 0)[0], numpy("np.nonzero(t > 0)[0]"));
    EXPECT_SAME(nonzero(numpy("n"))[1], numpy("np.nonzero(n)[1]"));
    EXPECT_SAME(nonzero(numpy("e"))[1], numpy("np.nonzero(e)[1]"));
    EXPECT_SAME(flatnonzero(numpy("i").T()), numpy("np.flatnonzero(i.T)"));
    EXPECT_SAME(argwhere(numpy("b")), numpy("np.argwhere(b)"));
    EXPECT_THROW(static_cast<void>(nonzero(Array(1))), BadParameter);
}

TEST(Unique, SortsAndTakesNanOnce) {
    EXPECT_SAME(unique(numpy("d")), numpy("np.unique(d)"));
    EXPECT_SAME(unique(numpy("i")), numpy("np.unique(i)"));
    EXPECT_SAME(unique(numpy("b")), numpy("np.unique(b)"));
    EXPECT_SAME(unique(numpy("e")), numpy("np.unique(e)"));
}

TEST(Unique, TellsFirstPlacesInverseAndCounts) {
    const UniqueResult of_d = unique_all(numpy("d"));
    EXPECT_SAME(of_d.values, numpy("np.unique(d)"));
    EXPECT_SAME(of_d.first_index, numpy("np.unique(d, return_index=True)[1]"));
    EXPECT_SAME(of_d.inverse, numpy("np.unique(d, return_inverse=True)[1]"));
    EXPECT_SAME(of_d.counts, numpy("np.unique(d, return_counts=True)[1]"));
    const UniqueResult of_i = unique_all(numpy("i"));
    EXPECT_SAME(of_i.first_index, numpy("np.unique(i, return_index=True)[1]"));
    EXPECT_SAME(of_i.inverse, numpy("np.unique(i, return_inverse=True)[1]"));
    EXPECT_SAME(of_i.counts, numpy("np.unique(i, return_counts=True)[1]"));
    EXPECT_EQ(unique_all(numpy("e")).counts.size(), 0);
}

TEST(Sets, ComposeFromUnique) {
    const Array other = Array::from({1, 2, 9}).astype(DType::i64);
    EXPECT_SAME(isin(numpy("i"), other), numpy("np.isin(i, [1, 2, 9])"));
    EXPECT_SAME(isin(numpy("d"), numpy("d")), numpy("np.isin(d, d)"));
    EXPECT_SAME(isin(numpy("i"), Array::from({0.5, 2.0}), true),
                numpy("np.isin(i, [0.5, 2.0], invert=True)"));
    EXPECT_SAME(isin(numpy("i"), zeros({0})), numpy("np.isin(i, [])"));
    EXPECT_SAME(union1d(numpy("k"), other), numpy("np.union1d(k, [1, 2, 9])"));
    EXPECT_SAME(intersect1d(numpy("k"), other), numpy("np.intersect1d(k, [1, 2, 9])"));
    EXPECT_SAME(setdiff1d(numpy("k"), other), numpy("np.setdiff1d(k, [1, 2, 9])"));
}

TEST(Histogram, CountsOnEdgesAsNumpy) {
    // Two decimals and edges of two decimals: many elements lie on an edge, where rounding decides.
    const auto [counts, edges] = histogram(numpy("g"), 40, std::pair(-2.0, 2.0));
    EXPECT_SAME(counts, numpy("np.histogram(g, 40, (-2.0, 2.0))[0]"));
    EXPECT_SAME(edges, numpy("np.histogram(g, 40, (-2.0, 2.0))[1]"));
    EXPECT_SAME(histogram(numpy("g"), 37).first, numpy("np.histogram(g, 37)[0]"));
    EXPECT_SAME(histogram(numpy("g"), 37).second, numpy("np.histogram(g, 37)[1]"));
    EXPECT_SAME(histogram(numpy("i")).first, numpy("np.histogram(i)[0]"));
    EXPECT_SAME(histogram(numpy("i")).second, numpy("np.histogram(i)[1]"));
}

TEST(Histogram, KeepsFloat32DataInFloat32) {
    const Array g = numpy("g").astype(DType::f32);
    EXPECT_SAME(histogram(g, 23).first, numpy("np.histogram(g.astype('f4'), 23)[0]"));
    EXPECT_SAME(histogram(g, 23).second, numpy("np.histogram(g.astype('f4'), 23)[1]"));
    EXPECT_SAME(histogram(g, 40, std::pair(-2.0, 2.0)).first,
                numpy("np.histogram(g.astype('f4'), 40, (-2.0, 2.0))[0]"));
    EXPECT_SAME(histogram(g, 40, std::pair(-2.0, 2.0)).second,
                numpy("np.histogram(g.astype('f4'), 40, (-2.0, 2.0))[1]"));
}

TEST(Histogram, TakesGivenEdgesAndDegenerateData) {
    const Array edges = Array::from({-1.0, 0.0, 0.25, 2.0});
    EXPECT_SAME(histogram(numpy("g"), edges).first,
                numpy("np.histogram(g, [-1.0, 0.0, 0.25, 2.0])[0]"));
    EXPECT_SAME(histogram(numpy("e"), 3).second, numpy("np.histogram(e, 3)[1]"));
    EXPECT_SAME(histogram(ones({4}), 2).first, numpy("np.histogram(np.ones(4), 2)[0]"));
    EXPECT_SAME(histogram(ones({4}), 2).second, numpy("np.histogram(np.ones(4), 2)[1]"));
    EXPECT_SAME(histogram(numpy("n"), 4, std::pair(0.0, 4.0)).first,
                numpy("np.histogram(n, 4, (0.0, 4.0))[0]"));
}

TEST(Histogram, RefusesWhatHasNoBins) {
    EXPECT_THROW(static_cast<void>(histogram(numpy("v"), 0)), BadParameter);
    EXPECT_THROW(static_cast<void>(histogram(numpy("n"))), BadParameter);
    EXPECT_THROW(static_cast<void>(histogram(numpy("v"), 3, std::pair(1.0, 0.0))), BadParameter);
    EXPECT_THROW(static_cast<void>(histogram(numpy("v"), Array::from({1.0, 0.0}))), BadParameter);
}

TEST(Bincount, CountsOrAddsWeights) {
    EXPECT_SAME(bincount(numpy("k")), numpy("np.bincount(k)"));
    EXPECT_SAME(bincount(numpy("k"), 9), numpy("np.bincount(k, minlength=9)"));
    EXPECT_SAME(bincount(numpy("k"), numpy("v")(slice(0, 7))), numpy("np.bincount(k, v[:7])"));
    EXPECT_SAME(bincount(zeros({0}, DType::i64)), numpy("np.bincount(np.zeros(0, int))"));
    EXPECT_THROW(static_cast<void>(bincount(Array::from({-1}))), BadParameter);
    EXPECT_THROW(static_cast<void>(bincount(numpy("v"))), TypeMismatch);
    EXPECT_THROW(static_cast<void>(bincount(numpy("i"))), BadParameter);
}

}  // namespace
}  // namespace monnto
