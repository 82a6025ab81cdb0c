#pragma once

#include <monnto/array/array.hpp>

#include <optional>
#include <vector>

namespace monnto {

[[nodiscard]] Array zeros(const Shape& shape, DType dtype = DType::f64);
[[nodiscard]] Array ones(const Shape& shape, DType dtype = DType::f64);
[[nodiscard]] Array full(const Shape& shape,
                         const Number& value);  ///< a weak number decides the dtype as np.full
[[nodiscard]] Array full(const Shape& shape, const Number& value, DType dtype);
/// start, start+step, ... below stop. int64 where all three are integers, float64 otherwise.
[[nodiscard]] Array arange(const Number& start, const Number& stop, const Number& step = 1);
[[nodiscard]] inline Array arange(const Number& stop) {
    return arange(0, stop);
}
[[nodiscard]] Array linspace(double start, double stop, std::ptrdiff_t count, bool endpoint = true);
[[nodiscard]] Array eye(std::ptrdiff_t rows, std::ptrdiff_t columns = -1,
                        std::ptrdiff_t diagonal = 0, DType dtype = DType::f64);
/// base ** linspace(start, stop, count, endpoint).
[[nodiscard]] Array logspace(double start, double stop, std::ptrdiff_t count, bool endpoint = true,
                             double base = 10.0);
[[nodiscard]] inline Array identity(std::ptrdiff_t rows, DType dtype = DType::f64) {
    return eye(rows, rows, 0, dtype);
}
/// Ones at and below the diagonal.
[[nodiscard]] Array tri(std::ptrdiff_t rows, std::ptrdiff_t columns = -1,
                        std::ptrdiff_t diagonal = 0, DType dtype = DType::f64);

[[nodiscard]] Array zeros_like(const Array& a, std::optional<DType> dtype = {});
[[nodiscard]] Array ones_like(const Array& a, std::optional<DType> dtype = {});
[[nodiscard]] Array full_like(const Array& a, const Number& value, std::optional<DType> dtype = {});

/// The last two axes with zeros above (below) the diagonal.
[[nodiscard]] Array tril(const Array& a, std::ptrdiff_t diagonal = 0);
[[nodiscard]] Array triu(const Array& a, std::ptrdiff_t diagonal = 0);
/// A matrix with `a` on a diagonal; of a matrix, a copy of that diagonal.
[[nodiscard]] Array diag(const Array& a, std::ptrdiff_t offset = 0);
/// Coordinate arrays of a grid; the first axis runs along columns unless `matrix_order`
/// (indexing="ij").
[[nodiscard]] std::vector<Array> meshgrid(const std::vector<Array>& axes,
                                          bool matrix_order = false);

/// Random arrays at an explicit position of a stream (S18); groups and behaviors choose it for
/// users.
[[nodiscard]] Array random_array(Distribution distribution, const RandomPosition& position,
                                 DType dtype, const Shape& shape,
                                 const std::vector<Operand>& parameters = {});
/// Independent entries, true with that probability, drawn in time proportional to the true ones.
[[nodiscard]] Array random_sparse_mask(const RandomPosition& position, const Shape& shape,
                                       double probability);

}  // namespace monnto
