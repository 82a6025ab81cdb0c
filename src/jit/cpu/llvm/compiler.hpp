#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace monnto::llvm {

/// Vector instructions that kernels may use. Results do not depend on it (S16).
enum class VectorWidth : std::uint8_t { baseline, avx2, avx512 };

/// What this processor has, or less where the environment asks for it (MONNTO_VECTOR=avx2).
[[nodiscard]] VectorWidth native_width();
[[nodiscard]] std::string_view name_of(VectorWidth width) noexcept;

/// Turns LLVM IR into functions in memory. Threads: one at a time.
class Compiler {
public:
    /// Throws InternalError where library() is null.
    explicit Compiler(VectorWidth width);
    Compiler(const Compiler&) = delete;
    Compiler& operator=(const Compiler&) = delete;
    ~Compiler();

    /// The address of `name`, which `ir` defines, valid until the process ends. `passes` are
    /// LLVM's ("mem2reg"), none where empty. Throws InternalError with LLVM's message.
    [[nodiscard]] void* compile(const std::string& ir, const std::string& name,
                                const std::string& passes);
    [[nodiscard]] VectorWidth width() const noexcept { return width_; }

    /// Machine code for a listing (`explain`); slow.
    [[nodiscard]] std::string assembly(const std::string& ir);

private:
    struct State;
    VectorWidth width_;
    std::unique_ptr<State> state_;
};

}  // namespace monnto::llvm
