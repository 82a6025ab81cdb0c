#include "assigned.hpp"

#include <monnto/array/record.hpp>

#include <cmath>

namespace monnto {

namespace {

NodeRef converted(const Operand& value, DType dtype) {
    if (!is_integer(dtype) || !value.is_number() || !value.number().weak ||
        !is_float(value.number().dtype)) {
        return operand_node(value, dtype);
    }
    const double real = value.number().real;
    constexpr double beyond = 9223372036854775808.0;  // the least that int64 cannot hold
    if (!(std::abs(real) < beyond)) {
        throw BadParameter("value", value.number().to_string(),
                           "an integer array cannot hold it; cast the array to float first");
    }
    return operand_node(Number(static_cast<std::int64_t>(real)), dtype);
}

NodeRef without_leading_ones(const NodeRef& node, int rank) {
    Shape shape = node->shape;
    while (shape.size() > rank && shape[0] == 1) {
        shape.erase(0);
    }
    return shape.size() == node->shape.size() ? node : Array(node).reshape(shape).node();
}

}  // namespace

NodeRef assigned_node(const Operand& value, DType dtype, const Shape& shape) {
    const NodeRef content = without_leading_ones(converted(value, dtype), shape.size());
    if (broadcast(content->shape, shape, "assign") != shape) {
        throw ShapeMismatch("assign", content->shape.to_vector(), shape.to_vector(),
                            "the value must broadcast to what it is assigned to");
    }
    return content;
}

}  // namespace monnto
