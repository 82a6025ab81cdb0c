#include <monnto/equations/clock.hpp>

#include "equation_scope.hpp"

#include <monnto/array/functions.hpp>
#include <monnto/core/network.hpp>
#include <monnto/expression/evaluate.hpp>
#include <monnto/expression/parser.hpp>
#include <monnto/expression/unit_check.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace monnto {

double seconds_of(std::string_view text) {
    const expression::Expression time = expression::parse(text);
    const EquationScope units(nullptr, 0.0);
    const expression::Value value = expression::evaluate(time, units);
    expression::expect_dimension(time, units_on(nullptr), expression::time_dimension,
                                 "what is needed");
    return expression::as_real(value, time.source());
}

namespace {

double seconds_of_step(const Parameter& step) {
    if (!std::holds_alternative<std::string>(step.value())) {
        throw BadParameter("step", "a number", "a time with its unit, such as '0.1*ms'");
    }
    const std::string text = step.text("step");
    const double seconds = seconds_of(text);
    if (!(seconds > 0.0)) {
        throw BadParameter("step", text, "a time above 0");
    }
    return seconds;
}

}  // namespace

Clock::Clock(const Params& params)
    : params_(params), step_(seconds_of_step(params.step.provisional())) {}

void Clock::initialize(Object& object) {
    step_ = seconds_of_step(params_.step);
    object.network().set_dt(step_ * 1e3);
    object["clock_step_size"] = Array(step_);
}

std::int64_t Clock::time_to_iterations(std::string_view time, bool* is_exact) const {
    const double steps = seconds_of(time) / step_;
    const double whole = std::round(steps);
    if (is_exact != nullptr) {
        *is_exact = std::abs(steps - whole) <= 1e-9 * std::max(1.0, whole);
    }
    return static_cast<std::int64_t>(whole);
}

double step_of(Object& object) {
    for (Object* place : {&object, static_cast<Object*>(&object.network())}) {
        if (place->has_variable("clock_step_size")) {
            return (*place)["clock_step_size"].item<double>();
        }
    }
    return object.network().dt() / 1e3;
}

MONNTO_BEHAVIOR(Clock);

}  // namespace monnto
