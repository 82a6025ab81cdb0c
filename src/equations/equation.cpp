#include <monnto/equations/equation.hpp>

#include "equation_scope.hpp"
#include "linear.hpp"

#include <monnto/array/functions.hpp>
#include <monnto/core/network.hpp>
#include <monnto/equations/clock.hpp>
#include <monnto/expression/evaluate.hpp>
#include <monnto/expression/names.hpp>
#include <monnto/expression/unit_check.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace monnto {
namespace {

bool means_exponential(const std::string& method) {
    if (method != "euler" && method != "exponential" && method != "exact") {
        throw BadParameter("method", method, "'euler' or 'exponential'");
    }
    return method != "euler";
}

}  // namespace

Equation::Equation(const Params& params)
    : params_(params),
      statement_(expression::parse_statement(params.eq.provisional().text("eq"))),
      next_(statement_.target + "_new") {
    // `method` may be a gene of which nothing is known yet.
    read({params.eq.provisional(), params.method.has_genes() ? Parameter("euler") : params.method,
          params.step.provisional(), params.step_size.provisional()});
}

void Equation::read(const Params& params) {
    statement_ = expression::parse_statement(params.eq.text("eq"));
    is_exponential_ = means_exponential(params.method.text("method"));
    step_text_ = params.step.text("step");
    ignored_step_ = params.step_size.text("step_size");
    if (!statement_.is_derivative) {
        throw ParseError(statement_.right.source(), 0,
                         "an Equation begins with a derivative, 'dv/dt = ...'; a Variable has a "
                         "value");
    }
    if (is_exponential_) {
        expect_linear(statement_.right, name());
    }
}

void Equation::initialize(Object& object) {
    read(params_);
    if (!has_tag("EquationModule")) {
        add_tag("EquationModule");
    }
    step_ = step_text_.empty() ? step_of(object) : seconds_of(step_text_);
    if (!ignored_step_.empty() && seconds_of(ignored_step_) != step_) {
        object.network().warn(fmt::format(
            "Equation '{}': step_size={} is ignored, as it always was, and the step is {} s; write "
            "step='{}' for a step of its own",
            statement_.right.source(), ignored_step_, step_, ignored_step_));
    }
    const expression::UnitLookup lookup = units_on(&object);
    const std::array<std::string, 1> own = {name()};
    auto dimension = lookup(own).dimension;
    if (statement_.unit) {
        const auto declared = expression::dimension_of(*statement_.unit, units_on(nullptr));
        dimension = declared ? declared : dimension;
    }
    if (dimension) {
        expression::expect_dimension(statement_.right, lookup,
                                     *dimension / expression::time_dimension, "d" + name() + "/dt");
    } else {
        (void)expression::dimension_of(statement_.right, lookup);
    }
}

void Equation::iteration(Object& object) {
    // A variable keeps its type: cos(t), of a plain number, is float64.
    const Array& v = object[name()].array();
    const Array change = slope(object) * step_;
    if (!is_exponential_) {
        object[next_] = (v + change).astype(v.dtype());
        return;
    }
    const Operand one = 1.0;
    const Operand zero = 0.0;
    const Array exponent = (slope(object, &one) - slope(object, &zero)) * step_;
    // (exp(x) - 1)/x, which is 1 at 0.
    const Array damping =
        where(exponent == 0.0, 1.0, expm1(exponent) / where(exponent == 0.0, 1.0, exponent));
    object[next_] = (v + change * damping).astype(v.dtype());
}

bool Equation::is_static() const {
    const auto names = expression::names_in(statement_.right).variables;
    return std::ranges::find(names, "t") == names.end();  // a number that changes by itself
}

Array Equation::slope(Object& object, const Operand* in_place_of_v) const {
    EquationScope scope(&object, step_);
    if (in_place_of_v != nullptr) {
        scope.replace(name(), expression::Value(in_place_of_v->number().as_double()));
    }
    return expression::evaluate_array(statement_.right, scope);
}

MONNTO_BEHAVIOR(Equation);

}  // namespace monnto
