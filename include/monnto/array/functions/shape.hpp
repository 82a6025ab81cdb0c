#pragma once

#include <vector>

#include <monnto/array/array.hpp>

namespace monnto {

// Views where NumPy gives views (S6); writing to them writes the source.
[[nodiscard]] Array reshape(const Array& a, const Shape& shape);
[[nodiscard]] Array transpose(const Array& a);
[[nodiscard]] Array transpose(const Array& a, const std::vector<std::ptrdiff_t>& axes);
[[nodiscard]] Array swapaxes(const Array& a, std::ptrdiff_t first, std::ptrdiff_t second);
[[nodiscard]] Array moveaxis(const Array& a, std::ptrdiff_t from, std::ptrdiff_t to);
[[nodiscard]] Array expand_dims(const Array& a, std::ptrdiff_t axis);
[[nodiscard]] Array squeeze(const Array& a, std::optional<std::vector<std::ptrdiff_t>> axes = {});
[[nodiscard]] Array broadcast_to(const Array& a, const Shape& shape);  ///< read-only
[[nodiscard]] Array diagonal(const Array& a, std::ptrdiff_t offset = 0, std::ptrdiff_t axis1 = 0, std::ptrdiff_t axis2 = 1);
[[nodiscard]] Array flip(const Array& a, std::optional<std::vector<std::ptrdiff_t>> axes = {});
/// Any strided window on the elements of `a`, which must be a view-able array; for bindings and other modules.
[[nodiscard]] Array window(const Array& a, const ViewAttr& window_of_owner, bool writable = true);

// Copies.
[[nodiscard]] Array concatenate(const std::vector<Array>& arrays, std::ptrdiff_t axis = 0);
[[nodiscard]] Array stack(const std::vector<Array>& arrays, std::ptrdiff_t axis = 0);
[[nodiscard]] Array tile(const Array& a, const std::vector<std::ptrdiff_t>& repeats);
[[nodiscard]] Array repeat(const Array& a, const Operand& repeats, std::optional<std::ptrdiff_t> axis = {});
[[nodiscard]] Array roll(const Array& a, const std::vector<std::ptrdiff_t>& shifts,
                         std::optional<std::vector<std::ptrdiff_t>> axes = {});

}  // namespace monnto
