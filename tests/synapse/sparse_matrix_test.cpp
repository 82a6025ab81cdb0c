#include <monnto/synapse/sparse_matrix.hpp>

#include <monnto/array/functions.hpp>
#include <monnto/synapse/build.hpp>

#include <gtest/gtest.h>

#include <ostream>
#include <random>
#include <vector>

namespace monnto {
namespace {

struct Case {
    std::ptrdiff_t rows, columns;
    double density;
    bool is_source_first;
};

/// Part of the names of tests: bytes of padding would make them differ from run to run.
std::ostream& operator<<(std::ostream& out, const Case& shape) {
    return out << shape.rows << "x" << shape.columns << " " << shape.density
               << (shape.is_source_first ? " SxD" : " DxS");
}

class SparseMatrixTest : public testing::TestWithParam<Case> {
protected:
    void SetUp() override {
        const Case& c = GetParam();
        std::mt19937 rng(7);
        std::uniform_real_distribution<float> uniform(-1.0F, 1.0F);
        std::bernoulli_distribution exists(c.density);
        std::vector<float> elements(static_cast<std::size_t>(c.rows * c.columns));
        for (float& x : elements) {
            x = exists(rng) ? uniform(rng) : 0.0F;
        }
        dense = Array::from(std::span<const float>(elements), {c.rows, c.columns});
        sparse = SparseMatrix::from_dense(dense, c.is_source_first);
        spikes_of_columns = spikes(c.columns, rng);
        spikes_of_rows = spikes(c.rows, rng);
    }

    static Array spikes(std::ptrdiff_t count, std::mt19937& rng) {
        std::vector<float> x(static_cast<std::size_t>(count));
        std::bernoulli_distribution fires(0.3);
        for (float& each : x) {
            each = fires(rng) ? 1.0F : 0.0F;
        }
        return Array::from(x).astype(DType::boolean);
    }

    static void expect_equal(const Array& a, const Array& b) {
        ASSERT_EQ(a.shape(), b.shape());
        ASSERT_EQ(a.dtype(), b.dtype());
        EXPECT_EQ(a.host<float>(), b.host<float>());
    }

    Array dense, spikes_of_columns, spikes_of_rows;
    SparseMatrix sparse;
};

TEST_P(SparseMatrixTest, IsTheDenseMatrixAgain) {
    expect_equal(sparse.to_dense(), dense);
    expect_equal(sparse.T().to_dense(), dense.T());
    EXPECT_EQ(sparse.nnz(), static_cast<std::ptrdiff_t>((dense != 0.0).sum().item<double>()));
}

TEST_P(SparseMatrixTest, MultipliesToTheBitsOfTheDenseMatrix_S17) {
    expect_equal(sparse.dot(spikes_of_columns), dense.dot(spikes_of_columns));
    expect_equal(sparse.rdot(spikes_of_rows), spikes_of_rows.dot(dense));
    expect_equal(sparse.T().dot(spikes_of_rows), dense.T().dot(spikes_of_rows));
    const Array graded = spikes_of_columns.astype(DType::f32) * 0.37F;
    expect_equal(sparse.dot(graded), dense.dot(graded));
}

TEST_P(SparseMatrixTest, AddsUpToTheBitsOfTheDenseMatrix_S17) {
    expect_equal(sparse.sum(0), sum(dense, {0}));
    expect_equal(sparse.sum(1), sum(dense, {1}));
    expect_equal(sparse.max(), dense.max());
    expect_equal(sparse.min(), dense.min());
}

TEST_P(SparseMatrixTest, UpdatesExistingSynapsesAsTheDenseMatrixDoes) {
    const Array post = spikes_of_rows;
    const Array pre = spikes_of_columns;
    const Array exists = dense != 0.0;
    const Array outer = post(all, newaxis) * pre(newaxis, all) * 0.25;
    sparse += outer;
    dense += outer * exists;
    expect_equal(sparse.to_dense(), dense);
    sparse *= 0.5;
    dense *= 0.5;
    sparse.clip(-0.1, 0.3);
    dense = clip(dense, -0.1, 0.3).astype(DType::f32);
    expect_equal(sparse.to_dense(), dense);
    sparse /= pre.astype(DType::f32) + 1.0F;
    dense /= pre.astype(DType::f32) + 1.0F;
    expect_equal(sparse.to_dense(), dense);
}

INSTANTIATE_TEST_SUITE_P(Shapes, SparseMatrixTest,
                         testing::Values(Case{7, 5, 0.5, false}, Case{5, 7, 0.5, true},
                                         Case{1, 9, 0.9, false}, Case{200, 300, 0.1, false},
                                         Case{300, 5000, 0.02, true}, Case{6000, 40, 0.05, false},
                                         Case{3, 3, 0.0, false}, Case{3, 70000, 0.01, true}));

}  // namespace
}  // namespace monnto
