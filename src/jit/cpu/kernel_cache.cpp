#include "cpu/emit/kernel.hpp"
#include "kernel_cache.hpp"

#include <monnto/array/executor.hpp>

#include <fmt/format.h>

namespace monnto::cpu {

const CompiledKernel* KernelCache::find(const kernel::Program& program) const {
    const auto found = kernels_.find(program);
    return found == kernels_.end() ? nullptr : &found->second;
}

const CompiledKernel& KernelCache::compile(const kernel::Program& program) {
    if (const CompiledKernel* known = find(program); known != nullptr) {
        return *known;
    }
    // Numbered besides hashed: two programs of one hash are two kernels.
    const std::string name =
        fmt::format("kernel_{:016x}_{}", kernel::hash_of(program), kernels_.size());
    const emit::KernelText text = emit::emit_kernel(program, name);
    CompiledKernel compiled;
    compiled.function =
        reinterpret_cast<kernel::Function>(compiler_.compile(text.ir, name, text.passes));
    compiled.host_functions = text.host_functions;
    ++counters().compiled;
    return kernels_.emplace(program, std::move(compiled)).first->second;
}

}  // namespace monnto::cpu
