#include "arithmetic.hpp"
#include "math/erf.hpp"
#include "math/hyperbolic.hpp"
#include "math/inverse_trigonometry.hpp"
#include "math/power.hpp"
#include "math/roots.hpp"
#include "math/sigmoid.hpp"
#include "math/trigonometry.hpp"

namespace monnto::emit {
namespace {

template <class T>
[[nodiscard]] std::string power_or_logarithm(Op op, const Lane<T>& x) {
    switch (op) {
        case Op::exp:
            return lane::exp(x).text();
        case Op::exp2:
            return lane::exp2(x).text();
        case Op::expm1:
            return lane::expm1(x).text();
        case Op::log:
            return lane::log(x).text();
        case Op::log2:
            return lane::log2(x).text();
        case Op::log10:
            return lane::log10(x).text();
        case Op::log1p:
            return lane::log1p(x).text();
        case Op::cbrt:
            return lane::cbrt(x).text();
        default:
            return "";
    }
}

template <class T>
[[nodiscard]] std::string trigonometry(Op op, const Lane<T>& x) {
    switch (op) {
        case Op::sin:
            return lane::sin(x).text();
        case Op::cos:
            return lane::cos(x).text();
        case Op::tan:
            return lane::tan(x).text();
        case Op::arcsin:
            return lane::arcsin(x).text();
        case Op::arccos:
            return lane::arccos(x).text();
        case Op::arctan:
            return lane::arctan(x).text();
        default:
            return "";
    }
}

template <class T>
[[nodiscard]] std::string hyperbolic(Op op, const Lane<T>& x) {
    switch (op) {
        case Op::sinh:
            return lane::sinh(x).text();
        case Op::cosh:
            return lane::cosh(x).text();
        case Op::tanh:
            return lane::tanh(x).text();
        case Op::arcsinh:
            return lane::arcsinh(x).text();
        case Op::arccosh:
            return lane::arccosh(x).text();
        case Op::arctanh:
            return lane::arctanh(x).text();
        case Op::sigmoid:
            return lane::sigmoid(x).text();
        case Op::erf:
            return lane::erf(x).text();
        default:
            return "";
    }
}

}  // namespace

template <std::floating_point T>
std::string unary_function(Op op, const Lane<T>& x) {
    for (const auto family : {power_or_logarithm<T>, trigonometry<T>, hyperbolic<T>}) {
        if (std::string text = family(op, x); !text.empty()) {
            return text;
        }
    }
    return "";
}

template <std::floating_point T>
std::string binary_function(Op op, const Lane<T>& a, const Lane<T>& b) {
    switch (op) {
        case Op::power:
            return lane::pow(a, b).text();
        case Op::arctan2:
            return lane::arctan2(a, b).text();
        case Op::hypot:
            return lane::hypot(a, b).text();
        case Op::logaddexp:
            return lane::logaddexp(a, b).text();
        default:
            return "";
    }
}

template std::string unary_function(Op op, const Lane<float>& x);
template std::string unary_function(Op op, const Lane<double>& x);
template std::string binary_function(Op op, const Lane<float>& a, const Lane<float>& b);
template std::string binary_function(Op op, const Lane<double>& a, const Lane<double>& b);

}  // namespace monnto::emit
