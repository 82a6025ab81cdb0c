#pragma once

#include "processor.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace monnto::llvm {

/// Turns LLVM IR into functions in memory. Threads: one at a time.
class Compiler {
public:
    /// Throws InternalError where library() is null.
    explicit Compiler(Processor width);
    Compiler(const Compiler&) = delete;
    Compiler& operator=(const Compiler&) = delete;
    ~Compiler();

    /// Machine code for `ir`, as an object file. `passes` are LLVM's ("mem2reg"), none where empty.
    /// Throws InternalError with LLVM's message.
    [[nodiscard]] std::string object(const std::string& ir, const std::string& passes);
    /// The address of `name`, which the object file defines, valid until the process ends.
    [[nodiscard]] void* link(std::string_view object, const std::string& name);
    /// What else decides about the code: LLVM's version, the processor written for, its features.
    [[nodiscard]] std::string target() const;
    [[nodiscard]] Processor width() const noexcept { return width_; }

    /// Machine code for a listing (`explain`); slow.
    [[nodiscard]] std::string assembly(const std::string& ir);

private:
    struct State;
    Processor width_;
    std::unique_ptr<State> state_;
};

}  // namespace monnto::llvm
