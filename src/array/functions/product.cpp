#include <monnto/array/functions/product.hpp>

#include "made.hpp"

#include <monnto/array/functions/elementwise.hpp>
#include <monnto/array/functions/reduce.hpp>
#include <monnto/array/functions/shape.hpp>

namespace monnto {
namespace {

using detail::joined;
using detail::part_of_shape;

[[noreturn]] void throw_mismatch(const char* name, const Shape& a, const Shape& b) {
    throw ShapeMismatch(name, a.to_vector(), b.to_vector(),
                        "make the extents that are summed over equal");
}

Array as_array(const Operand& a) {
    return a.is_number() ? Array(a.number()) : a.array();
}

/// Two operands of one dtype.
struct Factors {
    NodeRef a, b;
    DType dtype;
    Factors(const Array& left, const Array& right) : dtype(promote(left.dtype(), right.dtype())) {
        a = record_cast(left.node(), dtype);
        b = record_cast(right.node(), dtype);
    }
};

/// Operands of one or two axes each, whose inner extents are equal.
NodeRef multiplied(const NodeRef& a, const NodeRef& b) {
    Shape shape = part_of_shape(a->shape, 0, a->shape.size() - 1);
    if (b->shape.size() == 2) {
        shape.push_back(b->shape.back());
    }
    return record(Op::matmul, a->dtype, shape, {}, {a, b});
}

/// All but the last axis as one.
NodeRef rows_of(const NodeRef& a) {
    const int last = a->shape.size() - 1;
    return a->shape.size() <= 2
               ? a
               : detail::reshaped(a, {part_of_shape(a->shape, 0, last).product(), a->shape.back()});
}

/// A stack of matrices times a stack of matrices, which broadcast against each other.
Array matmul_of_stacks(const Factors& f) {
    const int a_rank = f.a->shape.size();
    const int b_rank = f.b->shape.size();
    const Shape stacked = broadcast(part_of_shape(f.a->shape, 0, a_rank - 2),
                                    part_of_shape(f.b->shape, 0, b_rank - 2), "matmul");
    const Shape left = part_of_shape(f.a->shape, a_rank - 2, a_rank);
    const Shape right = part_of_shape(f.b->shape, b_rank - 2, b_rank);
    return detail::made(Op::matmul, f.dtype, joined(stacked, {left[0], right[1]}), {},
                        {detail::broadcasted(f.a, joined(stacked, left)),
                         detail::broadcasted(f.b, joined(stacked, right))});
}

/// The axes of `rank` that are not in `axes`, ascending.
std::vector<std::ptrdiff_t> others(const std::vector<std::ptrdiff_t>& axes, int rank) {
    std::vector<std::ptrdiff_t> rest;
    for (int axis = 0; axis < rank; ++axis) {
        bool is_named = false;
        for (const std::ptrdiff_t named : axes) {
            is_named = is_named || normalized_axis(named, rank) == axis;
        }
        if (!is_named) {
            rest.push_back(axis);
        }
    }
    return rest;
}

}  // namespace

Array matmul(const Array& a, const Array& b) {
    if (a.rank() == 0 || b.rank() == 0) {
        throw ShapeMismatch("matmul", a.shape().to_vector(), b.shape().to_vector(),
                            "numbers have no axis to sum over; use multiply");
    }
    const int summed = b.rank() == 1 ? 0 : b.rank() - 2;
    if (a.shape().back() != b.shape()[summed]) {
        throw_mismatch("matmul", a.shape(), b.shape());
    }
    if (b.rank() <= 2) {
        return dot(a, b);
    }
    if (a.rank() > 1) {
        return matmul_of_stacks(Factors(a, b));
    }
    Factors f(a, b);
    f.a = detail::reshaped(f.a, {1, a.size()});
    const Array rows = matmul_of_stacks(f);
    Shape shape = rows.shape();
    shape.erase(shape.size() - 2);
    return Array(detail::reshaped(rows.node(), shape));
}

Array dot(const Operand& left, const Operand& right) {
    const Array a = as_array(left);
    const Array b = as_array(right);
    if (a.rank() == 0 || b.rank() == 0) {
        return a * b;
    }
    const int summed = b.rank() == 1 ? 0 : b.rank() - 2;
    if (a.shape().back() != b.shape()[summed]) {
        throw_mismatch("dot", a.shape(), b.shape());
    }
    const Factors f(a, b);
    NodeRef columns = f.b;
    Shape rest = part_of_shape(b.shape(), 0, summed);
    if (b.rank() > 1) {
        rest.push_back(b.shape().back());
    }
    if (b.rank() > 2) {
        Dims order{summed};
        for (int axis = 0; axis < b.rank(); ++axis) {
            if (axis != summed) {
                order.push_back(axis);
            }
        }
        columns =
            detail::reshaped(detail::permuted(f.b, order), {b.shape()[summed], rest.product()});
    }
    const NodeRef result = multiplied(rows_of(f.a), columns);
    return Array(detail::reshaped(result, joined(part_of_shape(a.shape(), 0, a.rank() - 1), rest)));
}

Array outer(const Operand& left, const Operand& right) {
    const Array a = as_array(left);
    const Array b = as_array(right);
    return a.reshape({-1, 1}) * b.reshape({1, -1});
}

Array inner(const Array& a, const Array& b) {
    if (a.rank() == 0 || b.rank() == 0) {
        return a * b;
    }
    if (a.shape().back() != b.shape().back()) {
        throw_mismatch("inner", a.shape(), b.shape());
    }
    return tensordot(a, b, {-1}, {-1});
}

Array vdot(const Array& a, const Array& b) {
    return dot(a.ravel(), b.ravel());
}

Array tensordot(const Array& a, const Array& b, const std::vector<std::ptrdiff_t>& axes_of_a,
                const std::vector<std::ptrdiff_t>& axes_of_b) {
    bool fits = axes_of_a.size() == axes_of_b.size();
    std::ptrdiff_t summed = 1;
    for (std::size_t i = 0; fits && i < axes_of_a.size(); ++i) {
        const std::ptrdiff_t extent = a.shape()[normalized_axis(axes_of_a[i], a.rank())];
        fits = extent == b.shape()[normalized_axis(axes_of_b[i], b.rank())];
        summed *= extent;
    }
    if (!fits) {
        throw_mismatch("tensordot", a.shape(), b.shape());
    }
    std::vector<std::ptrdiff_t> order_of_a = others(axes_of_a, a.rank());
    std::vector<std::ptrdiff_t> order_of_b = others(axes_of_b, b.rank());
    Shape rows;
    Shape columns;
    for (const std::ptrdiff_t axis : order_of_a) {
        rows.push_back(a.shape()[static_cast<int>(axis)]);
    }
    for (const std::ptrdiff_t axis : order_of_b) {
        columns.push_back(b.shape()[static_cast<int>(axis)]);
    }
    order_of_a.insert(order_of_a.end(), axes_of_a.begin(), axes_of_a.end());
    order_of_b.insert(order_of_b.begin(), axes_of_b.begin(), axes_of_b.end());
    const Array left = transpose(a, order_of_a).reshape({rows.product(), summed});
    const Array right = transpose(b, order_of_b).reshape({summed, columns.product()});
    return Array(detail::reshaped(dot(left, right).node(), joined(rows, columns)));
}

Array tensordot(const Array& a, const Array& b, int axes) {
    if (axes < 0 || axes > a.rank() || axes > b.rank()) {
        throw BadParameter("axes", std::to_string(axes), "it must not exceed the arrays' ranks");
    }
    std::vector<std::ptrdiff_t> of_a;
    std::vector<std::ptrdiff_t> of_b;
    for (int i = 0; i < axes; ++i) {
        of_a.push_back(a.rank() - axes + i);
        of_b.push_back(i);
    }
    return tensordot(a, b, of_a, of_b);
}

Array kron(const Array& a, const Array& b) {
    const int rank = std::max(a.rank(), b.rank());
    const Shape left = joined(Shape::filled(rank - a.rank(), 1), a.shape());
    const Shape right = joined(Shape::filled(rank - b.rank(), 1), b.shape());
    if (2 * rank > max_rank) {
        throw BadParameter("kron", std::to_string(rank), "at most four axes are possible");
    }
    Shape of_left;
    Shape of_right;
    Shape result;
    for (int axis = 0; axis < rank; ++axis) {
        of_left.push_back(left[axis]);
        of_left.push_back(1);
        of_right.push_back(1);
        of_right.push_back(right[axis]);
        result.push_back(left[axis] * right[axis]);
    }
    const Array product = a.reshape(of_left) * b.reshape(of_right);
    return Array(detail::reshaped(product.node(), result));
}

Array trace(const Array& a, std::ptrdiff_t offset, std::ptrdiff_t axis1, std::ptrdiff_t axis2) {
    return sum(diagonal(a, offset, axis1, axis2), Over(-1));
}

}  // namespace monnto
