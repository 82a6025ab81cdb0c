#include "processor.hpp"

#include <cstdlib>

namespace monnto {
namespace {

[[nodiscard]] Processor detected() noexcept {
#if defined(__x86_64__)
    // An int or a bool, depending on the compiler.
    const auto has = [](auto answer) { return static_cast<bool>(answer); };
    if (!has(__builtin_cpu_supports("avx2")) || !has(__builtin_cpu_supports("fma"))) {
        return Processor::baseline;
    }
    const bool avx512 =
        has(__builtin_cpu_supports("avx512f")) && has(__builtin_cpu_supports("avx512vl")) &&
        has(__builtin_cpu_supports("avx512dq")) && has(__builtin_cpu_supports("avx512bw")) &&
        has(__builtin_cpu_supports("avx512cd"));
    return avx512 ? Processor::avx512 : Processor::avx2;
#else
    return Processor::baseline;
#endif
}

[[nodiscard]] Processor allowed() noexcept {
    const Processor found = detected();
    const char* asked = std::getenv("MONNTO_VECTOR");  // NOLINT(concurrency-mt-unsafe): only read
    for (const Processor each : {Processor::baseline, Processor::avx2}) {
        if (asked != nullptr && std::string_view(asked) == name_of(each) && each < found) {
            return each;
        }
    }
    return found;
}

}  // namespace

Processor this_processor() noexcept {
    static const Processor known = allowed();
    return known;
}

std::string_view name_of(Processor processor) noexcept {
    switch (processor) {
        case Processor::avx512:
            return "avx512";
        case Processor::avx2:
            return "avx2";
        case Processor::baseline:
            break;
    }
    return "baseline";
}

}  // namespace monnto
