#pragma once

#include <monnto/array/array.hpp>
#include <monnto/array/pattern.hpp>
#include <monnto/synapse/sparse_matrix.hpp>

#include <array>
#include <cstdint>
#include <memory>

namespace monnto {

/// How a kernel lies on a grid of sources. Target (y, x) sees the sources (y * stride + i - before,
/// x * stride + j - before) under kernel element (i, j), as in a convolutional layer. Neurons are
/// numbered row by row.
struct GridGeometry {
    std::array<std::ptrdiff_t, 2> sources{};  // rows, columns
    std::array<std::ptrdiff_t, 2> kernel{};
    std::ptrdiff_t stride = 1;
    enum class Border : std::uint8_t {
        same,   // as many targets as sources (over stride); outside there is nothing
        valid,  // targets whose kernel lies inside
        wrap,   // a torus
    } border = Border::same;

    [[nodiscard]] std::array<std::ptrdiff_t, 2> targets() const noexcept;
    /// Rows or columns of the kernel that lie before a target's own place.
    [[nodiscard]] std::ptrdiff_t before(int axis) const noexcept {
        return border == Border::valid ? 0 : (kernel[static_cast<std::size_t>(axis)] - 1) / 2;
    }
    friend bool operator==(const GridGeometry&, const GridGeometry&) = default;
};

/// A matrix whose synapses share the values of a small kernel: no memory but for that. The kernel
/// is an ordinary Array and may be changed.
class ConvolutionMatrix {
public:
    /// Throws BadParameter for a stride below 1, a grid or kernel without elements, and a kernel
    /// larger than the grid.
    ConvolutionMatrix(Array kernel, std::array<std::ptrdiff_t, 2> sources,
                      std::ptrdiff_t stride = 1,
                      GridGeometry::Border border = GridGeometry::Border::same,
                      bool is_source_first = false);
    /// Means over squares of `size` by `size` that do not overlap.
    [[nodiscard]] static ConvolutionMatrix pooling(std::array<std::ptrdiff_t, 2> sources,
                                                   std::ptrdiff_t size, DType dtype = DType::f32,
                                                   bool is_source_first = false);

    [[nodiscard]] const Array& kernel() const noexcept { return kernel_; }
    [[nodiscard]] const GridGeometry& geometry() const noexcept { return *geometry_; }
    [[nodiscard]] Shape shape() const;
    [[nodiscard]] ConvolutionMatrix T() const;
    /// W @ x, and x @ W; elements of x that are 0 cost nothing.
    [[nodiscard]] Array dot(const Array& x) const;
    [[nodiscard]] Array rdot(const Array& x) const;
    /// Local connections on their own: one value for each synapse, to begin with the kernel's.
    [[nodiscard]] SparseMatrix to_sparse() const;

private:
    [[nodiscard]] Array product(const Array& x, Side from) const;
    Array kernel_;
    std::shared_ptr<const GridGeometry> geometry_;
    std::array<std::shared_ptr<const CustomOperation>, 2> operations_;  // by side
    bool is_source_first_ = false;
};

}  // namespace monnto
