#pragma once

#include "operand.hpp"

namespace monnto::reference {

/// A C-ordered array seen along one axis: `outer` times `length` times `inner` elements.
struct AxisShape {
    std::ptrdiff_t outer = 1, length = 1, inner = 1;

    AxisShape(const Shape& shape, int axis) : length(shape[axis]) {
        for (int a = 0; a < axis; ++a) {
            outer *= shape[a];
        }
        for (int a = axis + 1; a < shape.size(); ++a) {
            inner *= shape[a];
        }
    }
};

[[nodiscard]] Value run_accumulation(const Node& node);  // cumsum, cumprod
[[nodiscard]] Value run_sort(const Node& node);
[[nodiscard]] Value run_argsort(const Node& node);
[[nodiscard]] Value run_searchsorted(const Node& node);

}  // namespace monnto::reference
