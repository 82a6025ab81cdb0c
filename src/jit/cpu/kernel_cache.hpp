#pragma once

#include "cpu/llvm/compiler.hpp"
#include "program/program.hpp"

#include <memory>
#include <unordered_map>
#include <vector>

namespace monnto::cpu {

struct CompiledKernel {
    kernel::Function function = nullptr;  // null until it is compiled
    std::uint64_t asked_for = 0;
    std::vector<void*> host_functions;  // addresses that follow the kernel's arguments
};

/// Programs compiled so far. Equal programs are one kernel, whichever network they come from.
class KernelCache {
public:
    explicit KernelCache(Processor width) : compiler_(width) {}

    /// The kernel of that program, compiled where it was asked for `times` times or more, this time
    /// included: what happens once, while a network is built, is interpreted faster than compiled.
    [[nodiscard]] const CompiledKernel& ask_for(const kernel::Program& program,
                                                std::uint64_t times);
    [[nodiscard]] llvm::Compiler& compiler() noexcept { return compiler_; }

private:
    void compile(const kernel::Program& program, CompiledKernel& kernel);

    struct Hash {
        std::size_t operator()(const kernel::Program& program) const noexcept {
            return static_cast<std::size_t>(kernel::hash_of(program));
        }
    };
    llvm::Compiler compiler_;
    std::unordered_map<kernel::Program, CompiledKernel, Hash> kernels_;
    std::size_t compiled_ = 0;
};

}  // namespace monnto::cpu
