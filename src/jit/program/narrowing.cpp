#include "narrowing.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace monnto::kernel {

bool is_exact_in_float32(const Number& number) noexcept {
    return number.dtype == DType::f64 &&
           std::abs(number.real) <= std::numeric_limits<float>::max() &&
           static_cast<double>(static_cast<float>(number.real)) == number.real;
}

std::optional<std::uint16_t> Narrowing::rounded(std::uint16_t value) {
    const Instruction instruction = code_[value];  // a copy: appending moves the code
    if (instruction.kind != Kind::operation || instruction.dtype != DType::f64) {
        return std::nullopt;
    }
    switch (instruction.op) {
        case Op::add:
        case Op::subtract:
        case Op::multiply:
            return in_float32(instruction);
        default:
            return std::nullopt;
    }
}

std::optional<std::uint16_t> Narrowing::in_float32(Instruction instruction) {
    for (std::size_t k = 0; k < 2; ++k) {
        const std::optional<std::uint16_t> operand = exact(instruction.operands[k]);
        if (!operand) {
            return std::nullopt;
        }
        instruction.operands[k] = *operand;
    }
    instruction.dtype = DType::f32;
    return append_(instruction);
}

std::optional<std::uint16_t> Narrowing::exact(std::uint16_t value) {
    const Instruction instruction = code_[value];
    if (instruction.dtype != DType::f64) {
        return std::nullopt;
    }
    if (instruction.kind == Kind::number) {
        const bool is_exact = std::ranges::find(exact_numbers_, value) != exact_numbers_.end();
        return is_exact ? std::optional(append_({.op = Op::cast, .operands = {value, 0, 0}}))
                        : std::nullopt;
    }
    if (instruction.kind != Kind::operation) {
        return std::nullopt;
    }
    switch (instruction.op) {
        case Op::cast:
            return exact_cast(instruction);
        case Op::multiply:
            return exact_product(instruction);
        default:
            return std::nullopt;
    }
}

std::optional<std::uint16_t> Narrowing::exact_cast(const Instruction& cast) {
    const std::uint16_t from = cast.operands[0];
    switch (code_[from].dtype) {
        case DType::f32:
            return from;
        case DType::boolean:
        case DType::u8:
        case DType::i8:
        case DType::u16:
        case DType::i16:
            return append_({.op = Op::cast, .operands = {from, 0, 0}});
        default:
            return std::nullopt;
    }
}

/// Zero or one times what is exact.
std::optional<std::uint16_t> Narrowing::exact_product(const Instruction& product) {
    const bool keeps = is_truth_value(product.operands[0]) || is_truth_value(product.operands[1]);
    return keeps ? in_float32(product) : std::nullopt;
}

bool Narrowing::is_truth_value(std::uint16_t value) const {
    const Instruction& cast = code_[value];
    return cast.kind == Kind::operation && cast.op == Op::cast &&
           code_[cast.operands[0]].dtype == DType::boolean;
}

}  // namespace monnto::kernel
