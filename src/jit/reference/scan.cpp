#include "kernels.hpp"
#include "scalar.hpp"
#include "scan.hpp"

#include <algorithm>

namespace monnto::reference {
namespace {

/// Plain ascending order, each step rounded to T: what follows does not change what came before.
template <class T, T (*combine)(T, T) noexcept>
void accumulate(const T* in, T* out, const AxisShape& shape) {
    for (std::ptrdiff_t o = 0; o < shape.outer; ++o) {
        if (shape.inner == 1) {
            T total = in[0];
            out[0] = total;
            for (std::ptrdiff_t i = 1; i < shape.length; ++i) {
                total = combine(total, in[i]);
                out[i] = total;
            }
        } else {  // row by row, so that the columns go side by side
            std::copy_n(in, shape.inner, out);
            for (std::ptrdiff_t i = shape.inner; i < shape.length * shape.inner; ++i) {
                out[i] = combine(out[i - shape.inner], in[i]);
            }
        }
        in += shape.length * shape.inner;
        out += shape.length * shape.inner;
    }
}

}  // namespace

Value run_accumulation(const Node& node) {
    const Value input = contiguous(*node.inputs()[0]);
    Value result = fresh(node.dtype, node.shape);
    if (node.shape.product() == 0) {
        return result;
    }
    const AxisShape shape(node.shape, node.attribute<AxisAttr>().axis);
    dispatch(node.dtype, [&]<class T>() {
        const auto* in = elements<T>(input);
        node.op == Op::cumsum ? accumulate<T, added<T>>(in, elements<T>(result), shape)
                              : accumulate<T, multiplied<T>>(in, elements<T>(result), shape);
    });
    return result;
}

Value run_scan(Node& node) {
    switch (node.op) {
        case Op::cumsum:
        case Op::cumprod:
            return run_accumulation(node);
        case Op::sort:
            return run_sort(node);
        case Op::argsort:
            return run_argsort(node);
        case Op::searchsorted:
            return run_searchsorted(node);
        default:
            throw InternalError("run_scan: not an operation along an axis");
    }
}

}  // namespace monnto::reference
