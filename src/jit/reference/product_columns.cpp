#include "function_loops.hpp"
#include "product_columns.hpp"

namespace monnto::reference {

template <class T>
ColumnProduct<T> column_product() noexcept {
#if defined(__x86_64__)
    if (this_processor() == Processor::avx512) {
        return avx512::column_product<T>();
    }
    if (this_processor() == Processor::avx2) {
        return avx2::column_product<T>();
    }
#endif
    return baseline::column_product<T>();
}

template ColumnProduct<float> column_product<float>() noexcept;
template ColumnProduct<double> column_product<double>() noexcept;

}  // namespace monnto::reference
