#include <monnto/synapse/convolution_matrix.hpp>

#include <monnto/array/functions.hpp>

#include <gtest/gtest.h>

#include <vector>

namespace monnto {
namespace {

using Border = GridGeometry::Border;

struct Case {
    std::ptrdiff_t rows, columns, kernel_rows, kernel_columns, stride;
    Border border;
};

/// The definition, target by target.
std::vector<float> by_hand(const Case& c, const std::vector<float>& kernel,
                           const std::vector<float>& x) {
    const bool inside = c.border == Border::valid;
    const auto extent = [&](std::ptrdiff_t n, std::ptrdiff_t k) {
        return ((inside ? n - k + 1 : n) + c.stride - 1) / c.stride;
    };
    std::vector<float> out;
    for (std::ptrdiff_t ty = 0; ty < extent(c.rows, c.kernel_rows); ++ty) {
        for (std::ptrdiff_t tx = 0; tx < extent(c.columns, c.kernel_columns); ++tx) {
            double total = 0.0;
            for (std::ptrdiff_t i = 0; i < c.kernel_rows; ++i) {
                for (std::ptrdiff_t j = 0; j < c.kernel_columns; ++j) {
                    std::ptrdiff_t y = ty * c.stride + i - (inside ? 0 : (c.kernel_rows - 1) / 2);
                    std::ptrdiff_t z =
                        tx * c.stride + j - (inside ? 0 : (c.kernel_columns - 1) / 2);
                    if (c.border == Border::wrap) {
                        y = (y + c.rows) % c.rows;
                        z = (z + c.columns) % c.columns;
                    }
                    if (y >= 0 && y < c.rows && z >= 0 && z < c.columns) {
                        total += static_cast<double>(
                            kernel[static_cast<std::size_t>(i * c.kernel_columns + j)] *
                            x[static_cast<std::size_t>(y * c.columns + z)]);
                    }
                }
            }
            out.push_back(static_cast<float>(total));
        }
    }
    return out;
}

class ConvolutionMatrixTest : public testing::TestWithParam<Case> {};

TEST_P(ConvolutionMatrixTest, IsTheSumUnderTheKernel) {
    const Case& c = GetParam();
    const Array kernel = random_array(Distribution::normal, {.key = 1}, DType::f32,
                                      {c.kernel_rows, c.kernel_columns});
    const Array x =
        random_array(Distribution::uniform, {.key = 2}, DType::f32, {c.rows * c.columns}) *
        random_sparse_mask({.key = 3}, {c.rows * c.columns}, 0.5);
    const ConvolutionMatrix w(kernel, {c.rows, c.columns}, c.stride, c.border);
    const std::vector<float> expected = by_hand(c, kernel.host<float>(), x.host<float>());
    const std::vector<float> found = w.dot(x).host<float>();
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        EXPECT_NEAR(found[i], expected[i], 1e-5F) << i;
    }
}

TEST_P(ConvolutionMatrixTest, IsItsLocalConnections) {
    const Case& c = GetParam();
    const Array kernel = random_array(Distribution::normal, {.key = 1}, DType::f32,
                                      {c.kernel_rows, c.kernel_columns});
    const ConvolutionMatrix w(kernel, {c.rows, c.columns}, c.stride, c.border);
    const SparseMatrix kept = w.to_sparse();
    ASSERT_EQ(w.shape(), kept.shape());
    const Array x = random_sparse_mask({.key = 3}, {w.shape()[1]}, 0.5);
    const Array y = random_sparse_mask({.key = 4}, {w.shape()[0]}, 0.5);
    EXPECT_EQ(w.dot(x).host<float>(), kept.dot(x).host<float>());
    EXPECT_EQ(w.rdot(y).host<float>(), kept.rdot(y).host<float>());
    EXPECT_EQ(w.T().dot(y).host<float>(), kept.T().dot(y).host<float>());
}

INSTANTIATE_TEST_SUITE_P(
    Geometries, ConvolutionMatrixTest,
    testing::Values(Case{6, 7, 3, 3, 1, Border::same}, Case{6, 7, 3, 2, 1, Border::valid},
                    Case{8, 8, 3, 3, 2, Border::same}, Case{6, 5, 5, 3, 1, Border::wrap},
                    Case{9, 9, 3, 3, 3, Border::valid}, Case{1, 12, 1, 4, 2, Border::same}));

TEST(ConvolutionMatrix, PoolsMeansOfSquares) {
    const Array x = arange(16).astype(DType::f32);
    const ConvolutionMatrix w = ConvolutionMatrix::pooling({4, 4}, 2);
    EXPECT_EQ(w.dot(x).host<float>(), (std::vector<float>{2.5F, 4.5F, 10.5F, 12.5F}));
}

TEST(ConvolutionMatrix, RefusesWhatDoesNotFit) {
    EXPECT_THROW(ConvolutionMatrix(ones({5, 5}, DType::f32), {4, 9}), BadParameter);
    EXPECT_THROW(ConvolutionMatrix(ones({3, 3}, DType::f32), {4, 9}, 0), BadParameter);
    EXPECT_THROW(ConvolutionMatrix(ones({3}, DType::f32), {4, 9}), ShapeMismatch);
    EXPECT_THROW(ConvolutionMatrix::pooling({4, 4}, 0), BadParameter);
    EXPECT_THROW(static_cast<void>(ConvolutionMatrix::pooling({4, 4}, 2).dot(ones({3}))),
                 ShapeMismatch);
}

}  // namespace
}  // namespace monnto
