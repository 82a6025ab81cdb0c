#pragma once

#include "program.hpp"

#include <monnto/array/number.hpp>

#include <functional>
#include <optional>
#include <vector>

namespace monnto::kernel {

/// Whether a float64 has a float32 of the same value.
[[nodiscard]] bool is_exact_in_float32(const Number& number) noexcept;

/// What is computed in float64 and then cast to float32, in float32 from the start, where that has
/// the same bits: one addition, subtraction or multiplication of numbers that float32 holds
/// exactly. Rounding it to 53 bits first, then to 24, gives what rounding once does (S. A. Figueroa
/// 1995, "When is double rounding innocuous?", doi:10.1145/221332.221334). `w += spike * 80.5` is
/// float64 by NumPy's rules, and costs twice as much.
class Narrowing {
public:
    using Append = std::function<std::uint16_t(const Instruction&)>;
    /// `append` adds an instruction to the code, or finds an equal one.
    Narrowing(const std::vector<Instruction>& code, Append append)
        : code_(code), append_(std::move(append)) {}

    /// That instruction, a number of float64, is one of float32 too.
    void add_exact_number(std::uint16_t value) { exact_numbers_.push_back(value); }

    /// What a cast of that instruction to float32 gives, without float64.
    [[nodiscard]] std::optional<std::uint16_t> rounded(std::uint16_t value);

private:
    /// The value of that instruction as float32, where nothing is lost.
    [[nodiscard]] std::optional<std::uint16_t> exact(std::uint16_t value);
    [[nodiscard]] std::optional<std::uint16_t> exact_cast(const Instruction& cast);
    [[nodiscard]] std::optional<std::uint16_t> exact_product(const Instruction& product);
    /// The operation on both operands in float32.
    [[nodiscard]] std::optional<std::uint16_t> in_float32(Instruction instruction);
    [[nodiscard]] bool is_truth_value(std::uint16_t value) const;

    const std::vector<Instruction>& code_;
    Append append_;
    std::vector<std::uint16_t> exact_numbers_;
};

}  // namespace monnto::kernel
