#pragma once

#include "events/region.hpp"
#include "program/fusion.hpp"

#include <optional>
#include <span>

namespace monnto::cpu {

/// A kernel ready to run, whose only output lies over (or beside) one of its operands.
struct BoundKernel {
    const kernel::Fusion& fusion;
    const kernel::Layout& layout;
    kernel::Function function;
    /// Arguments for the whole space; the output's address is that of the changed matrix.
    std::span<const std::uint64_t> words;
    std::uint32_t matrix;  // the operand that holds what the output held before
};

/// Runs the kernel on a region of its space only. Gives the facts of the elements written, where
/// `looks`.
[[nodiscard]] std::optional<Facts> run_on_region(const BoundKernel& kernel,
                                                 const events::Region& region, bool looks);

}  // namespace monnto::cpu
