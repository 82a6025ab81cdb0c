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

std::optional<Number> of_doubles(Op op, double a, double b) noexcept {
    switch (op) {
        case Op::add:
            return Number(a + b);
        case Op::subtract:
            return Number(a - b);
        case Op::multiply:
            return Number(a * b);
        case Op::divide:
            return Number(a / b);
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
        return of_doubles(op, a.as_double(), b.as_double());
    }
    if (a.dtype == DType::i64 && b.dtype == DType::i64) {
        return of_integers(op, a.integer, b.integer);
    }
    return {};
}

}  // namespace monnto::python
