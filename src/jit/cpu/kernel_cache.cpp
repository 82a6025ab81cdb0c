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
    // Two programs of one hash are two kernels. Names are the same in every process, because they
    // are part of what is looked for on disk.
    std::string name = fmt::format("kernel_{:016x}", monnto::kernel::hash_of(program));
    while (!names_.insert(name).second) {
        name += '_';
    }
    const emit::KernelText text = emit::emit_kernel(program, name, compiler_.width());
    std::optional<std::string> object = files_.find(text);
    if (object) {
        ++counters().loaded;
    } else {
        object = compiler_.object(text.ir, text.passes);
        files_.keep(text, *object);
        ++counters().compiled;
    }
    kernel.function = reinterpret_cast<kernel::Function>(compiler_.link(*object, name));
    kernel.host_functions = text.host_functions;
}

}  // namespace monnto::cpu
