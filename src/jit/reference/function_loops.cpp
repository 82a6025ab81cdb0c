#include "function_loops.hpp"

namespace monnto::reference {

#if defined(__x86_64__)
template <class T>
FunctionLoop<T> function_loop(Op op, Processor processor) noexcept {
    switch (processor) {
        case Processor::avx512:
            return avx512::function_loop<T>(op);
        case Processor::avx2:
            return avx2::function_loop<T>(op);
        case Processor::baseline:
            break;
    }
    return baseline::function_loop<T>(op);
}
#else
template <class T>
FunctionLoop<T> function_loop(Op op, Processor /*processor*/) noexcept {
    return baseline::function_loop<T>(op);
}
#endif

template FunctionLoop<float> function_loop<float>(Op op, Processor processor) noexcept;
template FunctionLoop<double> function_loop<double>(Op op, Processor processor) noexcept;

}  // namespace monnto::reference
