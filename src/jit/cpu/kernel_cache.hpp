#pragma once

#include "cpu/llvm/compiler.hpp"
#include "program/program.hpp"

#include <memory>
#include <unordered_map>
#include <vector>

namespace monnto::cpu {

struct CompiledKernel {
    kernel::Function function = nullptr;
    std::vector<void*> host_functions;  // addresses that follow the kernel's arguments
};

/// Programs compiled so far. Equal programs are one kernel, whichever network they come from.
class KernelCache {
public:
    explicit KernelCache(llvm::VectorWidth width) : compiler_(width) {}

    /// Null where it was not compiled yet.
    [[nodiscard]] const CompiledKernel* find(const kernel::Program& program) const;
    [[nodiscard]] const CompiledKernel& compile(const kernel::Program& program);

    [[nodiscard]] std::size_t size() const noexcept { return kernels_.size(); }
    [[nodiscard]] llvm::Compiler& compiler() noexcept { return compiler_; }

private:
    struct Hash {
        std::size_t operator()(const kernel::Program& program) const noexcept {
            return static_cast<std::size_t>(kernel::hash_of(program));
        }
    };
    llvm::Compiler compiler_;
    std::unordered_map<kernel::Program, CompiledKernel, Hash> kernels_;
};

}  // namespace monnto::cpu
