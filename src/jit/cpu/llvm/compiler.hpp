#pragma once

#include "processor.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace monnto::llvm {

/// Turns LLVM IR into functions in memory. Threads: one at a time.
class Compiler {
public:
    /// Throws InternalError where library() is null.
    explicit Compiler(Processor width);
    Compiler(const Compiler&) = delete;
    Compiler& operator=(const Compiler&) = delete;
    ~Compiler();

    /// The address of `name`, which `ir` defines, valid until the process ends. `passes` are
    /// LLVM's ("mem2reg"), none where empty. Throws InternalError with LLVM's message.
    [[nodiscard]] void* compile(const std::string& ir, const std::string& name,
                                const std::string& passes);
    [[nodiscard]] Processor width() const noexcept { return width_; }

    /// Machine code for a listing (`explain`); slow.
    [[nodiscard]] std::string assembly(const std::string& ir);

private:
    struct State;
    Processor width_;
    std::unique_ptr<State> state_;
};

}  // namespace monnto::llvm
