#include "object.hpp"
#include "scalar_arithmetic.hpp"

namespace monnto::python {

namespace {

bool known_number(PyObject* object, Number& number) noexcept {
    if (is_scalar(object)) {
        number = scalar_of(object).number;
        return is_known(scalar_of(object));
    }
    if (Py_TYPE(object) == &PyFloat_Type) {
        number = Number(PyFloat_AS_DOUBLE(object));
        return true;
    }
    if (Py_TYPE(object) == &PyLong_Type) {
        int overflow = 0;
        number = Number(static_cast<std::int64_t>(PyLong_AsLongLongAndOverflow(object, &overflow)));
        return overflow == 0;
    }
    return false;
}

bool is_strong(const Number& n, DType dtype) noexcept {
    return n.dtype == dtype && !n.weak;
}

template <class T>
std::optional<Number> compared(Op op, T a, T b) noexcept {
    switch (op) {
        case Op::equal:
            return Number(a == b);
        case Op::not_equal:
            return Number(a != b);
        case Op::less:
            return Number(a < b);
        case Op::less_equal:
            return Number(a <= b);
        case Op::greater:
            return Number(a > b);
        case Op::greater_equal:
            return Number(a >= b);
        default:
            return {};
    }
}

/// float or double: each operation rounds to its type.
template <class T>
std::optional<Number> of_reals(Op op, T a, T b) noexcept {
    const auto number = [](T value) {
        return Number::strong(dtype_of<T>, static_cast<double>(value));
    };
    switch (op) {
        case Op::add:
            return number(a + b);
        case Op::subtract:
            return number(a - b);
        case Op::multiply:
            return number(a * b);
        case Op::divide:
            return number(a / b);
        default:
            return compared(op, a, b);
    }
}

std::optional<Number> of_integers(Op op, std::int64_t a, std::int64_t b) noexcept {
    const auto x = static_cast<std::uint64_t>(a);  // wraps around instead of being undefined
    const auto y = static_cast<std::uint64_t>(b);
    switch (op) {
        case Op::add:
            return Number(static_cast<std::int64_t>(x + y));
        case Op::subtract:
            return Number(static_cast<std::int64_t>(x - y));
        case Op::multiply:
            return Number(static_cast<std::int64_t>(x * y));
        default:
            return compared(op, a, b);
    }
}

}  // namespace

std::optional<Number> known_result(Op op, PyObject* left, PyObject* right) noexcept {
    Number a;
    Number b;
    if (!known_number(left, a) || !known_number(right, b)) {
        return {};
    }
    if (is_strong(a, DType::f64) || is_strong(b, DType::f64)) {
        return of_reals(op, a.as_double(), b.as_double());
    }
    const bool is_single = is_strong(a, DType::f32) || is_strong(b, DType::f32);
    if (is_single && (a.weak || a.dtype == DType::f32) && (b.weak || b.dtype == DType::f32)) {
        return of_reals(op, static_cast<float>(a.as_double()), static_cast<float>(b.as_double()));
    }
    if (a.dtype == DType::i64 && b.dtype == DType::i64) {
        return of_integers(op, a.integer, b.integer);
    }
    return {};
}

}  // namespace monnto::python
