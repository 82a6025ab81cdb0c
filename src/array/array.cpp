#include <monnto/array/array.hpp>

#include "assigned.hpp"
#include "picked.hpp"
#include "strided_copy.hpp"

#include <monnto/array/functions.hpp>
#include <monnto/array/record.hpp>

#include <cstring>
#include <utility>

namespace monnto {

namespace {

/// A copy of the content that later writes to the bytes cannot reach: shared until one side
/// changes.
NodeRef snapshot_node(const Array& a) {
    const NodeRef content = a.node();
    const bool is_own = !content->is_settled() || !content->value().buffer->is_pinned();
    return is_own ? content : record(Op::copy, content->dtype, content->shape, {}, {content});
}

const Value& settled_value(const NodeRef& node) {
    evaluate(node);
    return node->value();
}

}  // namespace

Array::Array(NodeRef content) : cell_(new Cell(std::move(content))) {}

Array::Array(Number value) : Array(record_constant(value, value.dtype)) {}

Array Array::from_bytes(DType dtype, const void* data, std::size_t count, const Shape& shape) {
    if (shape.product() != static_cast<std::ptrdiff_t>(count)) {
        throw ShapeMismatch("array", {static_cast<std::ptrdiff_t>(count)}, shape.to_vector(),
                            "give as many elements as the shape has");
    }
    Ref<Buffer> buffer = Buffer::allocate(count * size_of(dtype));
    if (count != 0) {
        std::memcpy(buffer->data(), data, count * size_of(dtype));
    }
    return Array(
        NodeRef(new Node(dtype, shape, Value{std::move(buffer), 0, contiguous_strides(shape)})));
}

void Array::copy_to(void* out) const {
    const NodeRef content = node();
    const Value& value = settled_value(content);
    const std::size_t bytes = size_of(content->dtype);
    strided_copy(
        bytes, content->shape, static_cast<std::byte*>(out), contiguous_strides(content->shape),
        value.buffer->data() + value.offset * static_cast<std::ptrdiff_t>(bytes), value.strides);
}

Number Array::element() const {
    if (size() != 1) {
        throw ShapeMismatch("item", shape().to_vector(), {},
                            "only an array of size 1 is a single number");
    }
    const NodeRef content = node();
    const Value& value = settled_value(content);
    return Number::load(
        content->dtype,
        value.buffer->data() + value.offset * static_cast<std::ptrdiff_t>(size_of(content->dtype)));
}

bool Array::truth() const {
    if (size() != 1) {
        throw BadState(
            "The truth value of an array with more than one element is ambiguous; use any() or "
            "all()");
    }
    return element().cast_to(DType::boolean).integer != 0;
}

void Array::fill(const Number& value) {
    assign_operand(Operand(value));
}

void Array::assign(const Array& value) {
    assign_operand(Operand(value));
}

// NOLINTNEXTLINE(readability-make-member-function-const): what the handle stands for changes
void Array::assign_operand(const Operand& value) {
    cell().write(assigned_node(value, dtype(), shape()));
}

Array& Array::in_place(Op op, const Operand& other) {
    const Resolution types = resolve(op, *this, other);
    if (!can_cast_same_kind(types.result, dtype())) {
        throw TypeMismatch(std::string(name_of(op)) + " in place",
                           std::string(name_of(types.result)),
                           "Cannot cast the result back to " + std::string(name_of(dtype())) +
                               " with casting rule 'same_kind'; cast it explicitly");
    }
    if (is_picked()) {
        if (auto picked = picked_binary(op, *this, other)) {
            cell().pick(picked_cast(array_of_picked(std::move(picked)), dtype()));
            return *this;
        }
    }
    if (broadcast(shape(), other.shape(), name_of(op)) != shape()) {
        throw ShapeMismatch(std::string(name_of(op)) + " in place", shape().to_vector(),
                            other.shape().to_vector(), "the array that is changed keeps its shape");
    }
    const Array result = binary(op, *this, other);
    cell().write(record_cast(result.node(), dtype()));
    return *this;
}

Array Array::T() const {
    return transpose(*this);
}
Array Array::reshape(const Shape& shape) const {
    return monnto::reshape(*this, shape);
}

Array Array::astype(DType to) const {
    if (is_picked()) {
        return array_of_picked(picked_cast(*this, to));
    }
    return to == dtype() ? copy() : Array(record_cast(node(), to));
}

Array Array::copy() const {
    return is_picked() ? array_of_picked(cell().picked()) : Array(snapshot_node(*this));
}

Array Array::dot(const Array& other) const {
    return monnto::dot(*this, other);
}
Array Array::sum() const {
    return monnto::sum(*this);
}
Array Array::mean() const {
    return monnto::mean(*this);
}
Array Array::max() const {
    return monnto::max(*this);
}
Array Array::min() const {
    return monnto::min(*this);
}
bool Array::any() const {
    return monnto::any(*this).truth();
}
bool Array::all() const {
    return monnto::all_of(*this).truth();
}

}  // namespace monnto
