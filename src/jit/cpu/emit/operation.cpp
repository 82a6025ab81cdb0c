#include "arithmetic.hpp"
#include "cast.hpp"
#include "dispatch.hpp"
#include "half.hpp"
#include "operation.hpp"

#include <optional>

namespace monnto::emit {
namespace {

/// The operation as text, or nothing where kernels have none. With `writer()` unset this must not
/// be called: whoever asks what can be emitted uses a writer of its own.
[[nodiscard]] std::string emit_held(Op op, DType from, DType to,
                                    const std::vector<std::string>& operands) {
    switch (op) {
        case Op::copy:
            return operands[0];
        case Op::where:
            return dispatch(to, [&]<class T>() {
                return select(Lane<bool>(operands[0]), Lane<T>(operands[1]), Lane<T>(operands[2]))
                    .text();
            });
        default:
            break;
    }
    return dispatch(from, [&]<class T>() {
        return operands.size() == 1 ? unary(op, Lane<T>(operands[0]))
                                    : binary(op, Lane<T>(operands[0]), Lane<T>(operands[1]));
    });
}

/// Of halves as of floats, rounded where the operation makes new ones.
[[nodiscard]] std::string emit_any(Op op, DType from, DType to,
                                   const std::vector<std::string>& operands) {
    if (op == Op::cast) {
        return emit_cast(from, to, operands[0]);
    }
    const std::string text = emit_held(op, held_as(from), held_as(to), operands);
    const bool makes_halves = is_half(to) && op != Op::copy && op != Op::where;
    return makes_halves && !text.empty() ? rounded(to, Lane<float>(text)).text() : text;
}

}  // namespace

std::size_t operand_count(Op op) noexcept {
    switch (family_of(op)) {
        case OpFamily::select:
            return 3;
        case OpFamily::unary:
        case OpFamily::predicate:
            return 1;
        default:
            return 2;
    }
}

bool can_emit(Op op, DType from, DType to) noexcept {
    if (!is_elementwise(op)) {
        return false;
    }
    // Asked once per operation and pair of types: by writing it into a text that nobody reads.
    static thread_local std::array<std::array<std::array<signed char, dtype_count>, dtype_count>,
                                   256>
        known{};
    signed char& answer = known[static_cast<std::size_t>(op)][static_cast<std::size_t>(from)]
                               [static_cast<std::size_t>(to)];
    if (answer == 0) {
        Writer scratch(Processor::baseline);
        const WriterScope scope(scratch);
        const std::vector<std::string> operands(operand_count(op), "poison");
        answer = emit_any(op, from, to, operands).empty() ? -1 : 1;
    }
    return answer > 0;
}

std::string emit_operation(Op op, DType from, DType to, const std::vector<std::string>& operands) {
    return emit_any(op, from, to, operands);
}

}  // namespace monnto::emit
