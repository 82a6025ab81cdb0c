#pragma once

#include "bounds.hpp"
#include "program/program.hpp"

#include <span>
#include <vector>

namespace monnto::events {

/// Runs a kernel's program on what is known about its inputs and numbers instead of on elements:
/// `values` gets the bounds of each instruction. Inputs that are the matrix have `is_old` set, and
/// `old` is its dtype.
void interpret(const kernel::Program& program, std::span<const Bounds> inputs,
               std::span<const Bounds> numbers, DType old, std::vector<Bounds>& values);

}  // namespace monnto::events
