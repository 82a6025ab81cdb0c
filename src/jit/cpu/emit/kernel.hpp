#pragma once

#include "processor.hpp"
#include "program/program.hpp"

#include <string>
#include <vector>

namespace monnto::emit {

struct KernelText {
    std::string ir;
    /// LLVM passes that the text needs ("mem2reg" where it keeps partial sums in variables).
    std::string passes;
    /// Addresses that follow the arguments of `kernel::Layout`.
    std::vector<void*> host_functions;
};

/// The program as an LLVM module with one function `name` of type `kernel::Function`, for
/// processors of that width.
[[nodiscard]] KernelText emit_kernel(const kernel::Program& program, const std::string& name,
                                     Processor width);

}  // namespace monnto::emit
