#pragma once

#include "program/fusion.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace monnto::cpu {

/// A kernel with its arguments.
struct Launch {
    const kernel::Fusion& fusion;
    const kernel::Layout& layout;
    kernel::Function function;
    std::span<const std::uint64_t> words;
};

/// Runs a kernel over its whole space, on the team where that pays.
void run(const Launch& launch);

/// Columns [first, last) of a kernel, for as many ranges as are asked for. Both are multiples of
/// 16, or `last` is the end.
class ColumnRange {
public:
    explicit ColumnRange(const Launch& launch);
    ColumnRange(ColumnRange&&) noexcept = default;
    ColumnRange(const ColumnRange&) = delete;
    ColumnRange& operator=(const ColumnRange&) = delete;
    ColumnRange& operator=(ColumnRange&&) = delete;
    ~ColumnRange();
    void run(std::ptrdiff_t first, std::ptrdiff_t last);

private:
    const Launch& launch_;
    std::vector<std::uint64_t> words_;
    std::vector<std::byte> rows_;  // what folds keep from row to row
};

}  // namespace monnto::cpu
