#include "arithmetic.hpp"

namespace monnto::emit {

template <std::floating_point T>
std::string unary_function(Op /*op*/, const Lane<T>& /*x*/) {
    return "";
}

template <std::floating_point T>
std::string binary_function(Op /*op*/, const Lane<T>& /*a*/, const Lane<T>& /*b*/) {
    return "";
}

template std::string unary_function(Op op, const Lane<float>& x);
template std::string unary_function(Op op, const Lane<double>& x);
template std::string binary_function(Op op, const Lane<float>& a, const Lane<float>& b);
template std::string binary_function(Op op, const Lane<double>& a, const Lane<double>& b);

}  // namespace monnto::emit
