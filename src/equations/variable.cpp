#include <monnto/equations/variable.hpp>

#include "equation_scope.hpp"

#include <monnto/array/functions.hpp>
#include <monnto/core/object.hpp>
#include <monnto/core/snapshot.hpp>
#include <monnto/equations/clock.hpp>
#include <monnto/expression/evaluate.hpp>
#include <monnto/expression/unit_check.hpp>

#include <fmt/format.h>

namespace monnto {
namespace {

expression::Statement value_statement(const Parameter& equation) {
    expression::Statement statement = expression::parse_statement(equation.text("eq"));
    if (statement.is_derivative) {
        throw ParseError(statement.right.source(), 0,
                         "a Variable has a value; an Equation takes derivatives");
    }
    return statement;
}

}  // namespace

Variable::Variable(const Params& params)
    : params_(params),
      statement_(value_statement(params.eq.provisional())),
      next_(statement_.target + "_new") {}

void Variable::initialize(Object& object) {
    statement_ = value_statement(params_.eq);
    const std::string tag = fmt::format("Variable {}", name());
    if (!has_tag(tag)) {
        add_tag(tag);
    }
    const expression::UnitLookup lookup = units_on(&object);
    dimension_ = expression::dimension_of(statement_.right, lookup);
    if (statement_.unit) {
        const auto declared = expression::dimension_of(*statement_.unit, units_on(nullptr));
        if (declared) {
            expression::expect_dimension(statement_.right, lookup, *declared, name());
            dimension_ = declared;
        }
    }
    const EquationScope scope(&object, step_of(object));
    const expression::Value value = expression::evaluate(statement_.right, scope);
    object[name()] = binary(Op::add, object.from_mode(0.0), expression::as_operand(value, name()));
    object[next_] = object[name()]->copy();
    taken_over_ = object[next_]->node()->id;
}

void Variable::iteration(Object& object) {
    // What no equation changes is not taken over again: a matrix of weights would lie in memory
    // twice.
    const Array& next = object[next_].array();
    const std::uint64_t content = next.node()->id;
    if (content != taken_over_) {
        taken_over_ = content;
        object[name()] = next.copy();
    }
}

void Variable::visit_state(StateVisitor& visitor) {
    // Contents that were restored are others.
    if (!visitor.is_saving()) {
        taken_over_ = 0;
    }
}

MONNTO_BEHAVIOR(Variable);
[[maybe_unused]] static const bool is_syn_variable_registered =
    (register_behavior<Variable>("Syn_Variable"), true);

}  // namespace monnto
