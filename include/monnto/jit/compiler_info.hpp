#pragma once

#include <string>

namespace monnto {

/// What compiles kernels on this machine (`monnto info`).
struct CompilerInfo {
    bool available = false;
    std::string llvm;          // "19.1.7 (libLLVM.so.19.1)", or why there is none
    std::string kernel_cache;  // the folder that keeps kernels between processes, or why none does
    std::string vectors;       // "avx512", "avx2", "baseline": the widest that kernels use
};

[[nodiscard]] CompilerInfo compiler_info();

}  // namespace monnto
