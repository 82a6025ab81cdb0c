#include <monnto/array/record.hpp>

#include "evaluate.hpp"
#include "pending.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace monnto {

namespace {

thread_local int eager_scopes = 0;

bool reads_pinned_memory(const NodeInputs& inputs) noexcept {
    return std::ranges::any_of(inputs.all(), [](const NodeRef& input) {
        return input->is_settled() && input->value().buffer->is_pinned();
    });
}

}  // namespace

NodeRef record(Op op, DType dtype, const Shape& shape, Attributes attributes, NodeInputs inputs) {
    const bool at_once = eager_scopes > 0 || reads_pinned_memory(inputs);
    NodeRef node(new Node(op, dtype, shape, std::move(attributes), std::move(inputs)));
    if (at_once) {
        evaluate_alone(node);
    } else if (count_recorded()) {
        evaluate(node);
    }
    return node;
}

NodeRef record_constant(const Number& value, DType dtype, const Shape& shape) {
    return record(Op::constant, dtype, shape, ConstantAttr{value.cast_to(dtype)}, {});
}

NodeRef record_cast(const NodeRef& node, DType dtype) {
    if (node->dtype == dtype) {
        return node;
    }
    // One in memory is read like any other array, so that an iteration that begins with it is like
    // those after it.
    if (node->op == Op::constant && !node->is_settled()) {
        return record_constant(node->attribute<ConstantAttr>().value, dtype, node->shape);
    }
    return record(Op::cast, dtype, node->shape, {}, {node});
}

NodeRef operand_node(const Operand& operand, DType dtype) {
    if (!operand.is_number()) {
        return record_cast(operand.array().node(), dtype);
    }
    const Number& number = operand.number();
    if (number.weak && number.dtype == DType::i64 && is_integer(dtype) && dtype != DType::i64) {
        const Number wrapped = number.cast_to(dtype);
        const bool fits = is_unsigned(dtype)
                              ? number.integer >= 0 && wrapped.integer == number.integer
                              : wrapped.integer == number.integer;
        if (!fits) {
            throw NumberOutOfRange(number.integer, dtype);
        }
    }
    return record_constant(number, dtype);
}

bool records_eagerly() noexcept {
    return eager_scopes > 0;
}

EagerScope::EagerScope() noexcept {
    ++eager_scopes;
}
EagerScope::~EagerScope() {
    --eager_scopes;
}

NumberOutOfRange::NumberOutOfRange(std::int64_t number_, DType dtype_)
    : Error(fmt::format(
          "Python integer {} out of bounds for {}; cast the array to a wider type first", number_,
          name_of(dtype_))),
      number(number_),
      dtype(dtype_) {}

}  // namespace monnto
