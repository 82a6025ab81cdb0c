#include "kernels.hpp"
#include "operands.hpp"

#include <monnto/array/parallel.hpp>

namespace monnto::sparse {
namespace {

/// Calls `row(source, range, targets)` for the rows of all sources, shared out to threads.
template <class F>
void for_each_row_of(const Pattern& pattern, const F& row) {
    in_parallel(pattern.sources(), 16, pattern.size() * 2,
                [&](auto first, auto last) { pattern.for_rows(first, last, row); });
}

}  // namespace

Value spread(const Node& node) {
    const auto& attribute = node.attribute<SparseAttr>();
    const reference::Operand vector = reference::operand(*node.inputs()[0]);
    const std::ptrdiff_t step = vector.strides[0];
    Value result = reference::fresh(node.dtype, node.shape);
    reference::dispatch_by_size(size_of(node.dtype), [&]<class T>() {
        T* out = reference::elements<T>(result);
        const T* from = vector.as<T>();
        const bool by_source = attribute.side == Side::source;
        for_each_row_of(*attribute.pattern, [&](std::ptrdiff_t source, Pattern::Range row,
                                                const auto* targets) {
            if (by_source) {
                std::fill(out + row.first, out + row.last, from[source * step]);
                return;
            }
            for (std::int64_t k = row.first; k < row.last; ++k) {
                out[k] = from[static_cast<std::ptrdiff_t>(targets[k - row.first]) * step];
            }
        });
    });
    return result;
}

Value sample(const Node& node) {
    const auto& attribute = node.attribute<SparseAttr>();
    const reference::Operand matrix = reference::operand(*node.inputs()[0]);
    const int source_axis = attribute.is_source_first ? 0 : 1;
    const std::ptrdiff_t source_step = matrix.strides[source_axis];
    const std::ptrdiff_t target_step = matrix.strides[1 - source_axis];
    Value result = reference::fresh(node.dtype, node.shape);
    reference::dispatch_by_size(size_of(node.dtype), [&]<class T>() {
        T* out = reference::elements<T>(result);
        for_each_row_of(*attribute.pattern, [&](std::ptrdiff_t source, Pattern::Range row,
                                                const auto* targets) {
            const T* from = matrix.as<T>() + source * source_step;
            for (std::int64_t k = row.first; k < row.last; ++k) {
                out[k] = from[static_cast<std::ptrdiff_t>(targets[k - row.first]) * target_step];
            }
        });
    });
    return result;
}

}  // namespace monnto::sparse
