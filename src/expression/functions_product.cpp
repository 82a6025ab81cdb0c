#include "functions.hpp"

#include <monnto/base/error.hpp>

namespace monnto::expression {
namespace {

Overlap overlap(const Bound& bound, Overlap otherwise) {
    if (!bound.has("mode")) {
        return otherwise;
    }
    const auto* mode = bound.value("mode").get_if<std::string>();
    if (mode != nullptr && *mode == "full") {
        return Overlap::full;
    }
    if (mode != nullptr && *mode == "same") {
        return Overlap::same;
    }
    if (mode != nullptr && *mode == "valid") {
        return Overlap::valid;
    }
    throw BadParameter("mode", kind_of(bound.value("mode")), "it is 'full', 'same' or 'valid'");
}

}  // namespace

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
        return monnto::vdot(bound.array("a"), bound.array("b"));
    });
    table.add("trace", "a offset axis1 axis2", [](const Bound& bound) -> Value {
        return monnto::trace(bound.array("a"), bound.integer("offset", 0),
                             bound.integer("axis1", 0), bound.integer("axis2", 1));
    });
    table.add("kron", "a b", [](const Bound& bound) -> Value {
        return monnto::kron(bound.array("a"), bound.array("b"));
    });
    table.add("convolve", "a v mode", [](const Bound& bound) -> Value {
        return monnto::convolve(bound.array("a"), bound.array("v"), overlap(bound, Overlap::full));
    });
    table.add("correlate", "a v mode", [](const Bound& bound) -> Value {
        return monnto::correlate(bound.array("a"), bound.array("v"),
                                 overlap(bound, Overlap::valid));
    });
    table.add("cov", "m",
              [](const Bound& bound) -> Value { return monnto::cov(bound.array("m")); });
    table.add("corrcoef", "x",
              [](const Bound& bound) -> Value { return monnto::corrcoef(bound.array("x")); });
}

}  // namespace monnto::expression
