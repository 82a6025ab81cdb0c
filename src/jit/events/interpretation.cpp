#include "cpu/emit/operation.hpp"
#include "interpretation.hpp"

#include <algorithm>
#include <array>

namespace monnto::events {
namespace {

/// Normal and exponential draws are functions of at most 53 random bits: beyond 9 deviations, or 37
/// means, there is none.
constexpr double beyond_all_draws = 64.0;

[[nodiscard]] Bounds drawn(Distribution distribution, DType dtype) noexcept {
    switch (distribution) {
        case Distribution::uniform:
        case Distribution::bernoulli:
            return {.low = 0.0, .high = 1.0};
        case Distribution::normal:
            return {
                .low = -beyond_all_draws, .high = beyond_all_draws, .may_be_negative_zero = true};
        case Distribution::exponential:
            return {.low = 0.0, .high = beyond_all_draws, .may_be_negative_zero = true};
        default:
            return any_of(dtype);
    }
}

}  // namespace

void interpret(const kernel::Program& program, std::span<const Bounds> inputs,
               std::span<const Bounds> numbers, DType old, std::vector<Bounds>& values) {
    values.clear();
    for (const kernel::Instruction& each : program.code) {
        switch (each.kind) {
            case kernel::Kind::load:
                values.push_back(inputs[each.source]);
                break;
            case kernel::Kind::number:
                values.push_back(numbers[each.source]);
                break;
            case kernel::Kind::draw:
                values.push_back(drawn(each.distribution, each.dtype));
                break;
            case kernel::Kind::operation: {
                std::array<Bounds, 3> operands;
                const std::size_t count = std::min(emit::operand_count(each.op), operands.size());
                for (std::size_t k = 0; k < count; ++k) {
                    operands[k] = values[each.operands[k]];
                }
                const DType from = program.code[each.operands[count - 1]].dtype;
                values.push_back(applied(each.op, from, each.dtype, old, {operands.data(), count}));
                break;
            }
        }
    }
}

}  // namespace monnto::events
