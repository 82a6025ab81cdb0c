#include "function_loops.hpp"

namespace monnto::reference {

#if defined(__x86_64__)
Processor this_processor() noexcept {
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) {
        return Processor::baseline;
    }
    const bool has_avx512 =
        __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
    return has_avx512 ? Processor::avx512 : Processor::avx2;
}

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
Processor this_processor() noexcept {
    return Processor::baseline;
}

template <class T>
FunctionLoop<T> function_loop(Op op, Processor /*processor*/) noexcept {
    return baseline::function_loop<T>(op);
}
#endif

template FunctionLoop<float> function_loop<float>(Op op, Processor processor) noexcept;
template FunctionLoop<double> function_loop<double>(Op op, Processor processor) noexcept;

}  // namespace monnto::reference
