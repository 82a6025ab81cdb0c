#include "reduction.hpp"

namespace monnto::reference {
namespace {

/// Sums and products wrap, so signed integers share the loops of the unsigned ones.
template <template <class> class R>
ReductionLoop wrapping_loop(DType dtype) {
    return dispatch(dtype, []<class T>() {
        if constexpr (std::signed_integral<T>) {
            return loop_of<R<std::make_unsigned_t<T>>>();
        } else {
            return loop_of<R<T>>();
        }
    });
}

}  // namespace

ReductionLoop sum_loop(DType dtype) {
    return wrapping_loop<Sum>(dtype);
}

ReductionLoop prod_loop(DType dtype) {
    return wrapping_loop<Product>(dtype);
}

}  // namespace monnto::reference
