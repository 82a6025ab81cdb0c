#pragma once

#include "jit/program/program.hpp"

#include <string>

namespace monnto::emit {

/// Whether kernels can draw from this distribution.
[[nodiscard]] bool can_draw(Distribution distribution, DType dtype) noexcept;

/// Writes the part of a kernel that draws random numbers: whole chunks of 64 (S18), from which each
/// vector takes its 16.
class Draw {
public:
    Draw(const kernel::Instruction& instruction, std::string key, std::string step,
         std::string ordinal);

    /// The register with the draws of the elements `column` to `column` + 15.
    [[nodiscard]] std::string write(const std::string& column);

private:
    kernel::Instruction instruction_;
    std::string key_;
    std::string step_;
    std::string ordinal_;
    std::string chunk_;  // memory for 64 draws
};

}  // namespace monnto::emit
