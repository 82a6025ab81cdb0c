#include "functions.hpp"

namespace monnto::expression {

void add_product_functions(FunctionTable& table) {
    table.add("dot", "a b", [](const Bound& bound) -> Value {
        return monnto::dot(bound.operand("a"), bound.operand("b"));
    });
    table.add("matmul mm mv", "x1 x2", [](const Bound& bound) -> Value {
        return monnto::matmul(bound.array("x1"), bound.array("x2"));
    });
    table.add("outer ger", "a b", [](const Bound& bound) -> Value {
        return monnto::outer(bound.operand("a"), bound.operand("b"));
    });
    table.add("inner", "a b", [](const Bound& bound) -> Value {
        return monnto::inner(bound.array("a"), bound.array("b"));
    });
    table.add("vdot", "a b", [](const Bound& bound) -> Value {
        return monnto::dot(bound.array("a").ravel(), bound.array("b").ravel());
    });
    table.add("trace", "a offset", [](const Bound& bound) -> Value {
        return monnto::sum(monnto::diagonal(bound.array("a"), bound.integer("offset", 0)));
    });
}

}  // namespace monnto::expression
