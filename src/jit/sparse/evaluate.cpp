#include "kernels.hpp"
#include "reference/kernels.hpp"

#include <monnto/array/pattern.hpp>

namespace monnto::sparse {

Value evaluate(const Node& node) {
    const bool is_real = node.dtype == DType::f32 || node.dtype == DType::f64;
    switch (node.op) {
        case Op::sparse_push:
            return push(node);
        case Op::sparse_spread:
            return spread(node);
        case Op::sparse_sample:
            return sample(node);
        case Op::sparse_product:
            if (is_real) {
                return node.attribute<SparseAttr>().side == Side::source
                           ? product_from_sources(node)
                           : product_from_targets(node);
            }
            break;
        case Op::sparse_deliver:
            if (is_real) {
                return deliver(node);
            }
            break;
        case Op::sparse_sum:
            if (is_real) {
                return sum(node);
            }
            break;
        default:
            break;
    }
    return reference::run_sparse(node);
}

}  // namespace monnto::sparse
