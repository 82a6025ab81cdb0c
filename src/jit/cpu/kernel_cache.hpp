#pragma once

#include "cpu/kernel_files.hpp"
#include "cpu/llvm/compiler.hpp"
#include "program/program.hpp"

#include <memory>
#include <set>
#include <string>
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
    /// `folder` keeps machine code for later processes; none where empty.
    explicit KernelCache(Processor width, const std::string& folder)
        : compiler_(width), files_(folder, compiler_.target()) {}

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
    KernelFiles files_;
    std::unordered_map<kernel::Program, CompiledKernel, Hash> kernels_;
    std::set<std::string> names_;
};

}  // namespace monnto::cpu
