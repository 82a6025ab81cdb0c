#pragma once

#include <monnto/array/node.hpp>

#include <cstddef>

namespace monnto::kernel {

/// Elements that a fold takes before it leaves its lanes in memory (S17).
inline constexpr std::ptrdiff_t fold_block = 4096;

/// Combines what a kernel left of `count` elements into the one result, as the interpreter does.
void join_folds(Op op, DType dtype, const std::byte* partial, std::ptrdiff_t count,
                std::byte* result);

}  // namespace monnto::kernel
