#include "function_loops.hpp"
#include "product_rows.hpp"

namespace monnto::reference {

template <class T>
RowProducts<T> row_products() noexcept {
#if defined(__x86_64__)
    if (this_processor() != Processor::baseline) {
        return avx2::row_products<T>();
    }
#endif
    return {};
}

template RowProducts<float> row_products<float>() noexcept;
template RowProducts<double> row_products<double>() noexcept;

}  // namespace monnto::reference
