#include "cpu/emit/kernel.hpp"
#include "kernel_cache.hpp"

#include <monnto/array/executor.hpp>

#include <fmt/format.h>

namespace monnto::cpu {

const CompiledKernel& KernelCache::ask_for(const kernel::Program& program, std::uint64_t times) {
    CompiledKernel& kernel = kernels_[program];
    ++kernel.asked_for;
    if (kernel.function == nullptr && kernel.asked_for >= times) {
        compile(program, kernel);
    }
    return kernel;
}

void KernelCache::compile(const kernel::Program& program, CompiledKernel& kernel) {
    // Numbered besides hashed: two programs of one hash are two kernels.
    const std::string name =
        fmt::format("kernel_{:016x}_{}", monnto::kernel::hash_of(program), compiled_++);
    const emit::KernelText text = emit::emit_kernel(program, name);
    kernel.function =
        reinterpret_cast<kernel::Function>(compiler_.compile(text.ir, name, text.passes));
    kernel.host_functions = text.host_functions;
    ++counters().compiled;
}

}  // namespace monnto::cpu
