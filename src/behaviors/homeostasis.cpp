#include <monnto/behaviors/homeostasis.hpp>

#include "given.hpp"

#include <monnto/array/functions.hpp>
#include <monnto/array/tape.hpp>
#include <monnto/core/object_scope.hpp>
#include <monnto/core/snapshot.hpp>
#include <monnto/expression/evaluate.hpp>
#include <monnto/expression/parser.hpp>

namespace monnto {
namespace {

/// Nothing where the text lies outside the grammar.
std::optional<expression::Expression> parsed_measurement(const Parameter& parameter) {
    if (!is_given(parameter)) {
        throw BadParameter("measurement_param", "missing",
                           "an expression on the group, such as 'n.act'");
    }
    try {
        return expression::parse(parameter.text("measurement_param"));
    } catch (const expression::NotInGrammar&) {
        return std::nullopt;
    }
}

Array resolved_or_empty(const Parameter& parameter, Object& object, std::string_view name) {
    return is_given(parameter) ? parameter.resolve(object, name) : Array();
}

Array clipped(const Array& a, const Array& low, const Array& high) {
    if (low.is_empty_handle()) {
        return high.is_empty_handle() ? a : minimum(a, high);
    }
    return high.is_empty_handle() ? maximum(a, low) : clip(a, low, high);
}

}  // namespace

void InstantHomeostasis::visit_parameters(Params& p, const ParameterVisitor& visit) {
    visit("min_th", p.min_th);
    visit("max_th", p.max_th);
    visit("threshold", p.threshold);
    visit("gap_percent", p.gap_percent);
    visit("distance_sensitive", p.distance_sensitive);
    visit("inc", p.inc);
    visit("dec", p.dec);
    visit("adj_strength", p.adj_strength);
    visit("adjustment_param", p.adjustment_param);
    visit("measurement_param", p.measurement_param);
    visit("measurement_min", p.measurement_min);
    visit("measurement_max", p.measurement_max);
    visit("target_clip_min", p.target_clip_min);
    visit("target_clip_max", p.target_clip_max);
}

InstantHomeostasis::InstantHomeostasis(Params params)
    : params_(std::move(params)),
      measurement_(parsed_measurement(params_.measurement_param.provisional())),
      is_for_face_(!measurement_),
      adjusted_(params_.adjustment_param.provisional().text("adjustment_param")) {
    if (adjusted_.empty()) {
        throw BadParameter("adjustment_param", "missing", "the name of the variable to adjust");
    }
}

void InstantHomeostasis::initialize(NeuronGroup& neurons) {
    const Params& p = params_;
    measurement_ = parsed_measurement(p.measurement_param);
    is_for_face_ = !measurement_;
    adjusted_ = p.adjustment_param.text("adjustment_param");
    is_distance_sensitive_ = p.distance_sensitive.number("distance_sensitive") != 0.0;
    inc_ = p.inc.resolve(neurons, "inc");
    dec_ = p.dec.resolve(neurons, "dec");
    adj_strength_ = p.adj_strength.resolve(neurons, "adj_strength");
    measurement_min_ = resolved_or_empty(p.measurement_min, neurons, "measurement_min");
    measurement_max_ = resolved_or_empty(p.measurement_max, neurons, "measurement_max");
    target_min_ = resolved_or_empty(p.target_clip_min, neurons, "target_clip_min");
    target_max_ = resolved_or_empty(p.target_clip_max, neurons, "target_clip_max");
    min_th_ = resolved_or_empty(p.min_th, neurons, "min_th");
    max_th_ = resolved_or_empty(p.max_th, neurons, "max_th");
    const std::optional<double> gap =
        is_given(p.gap_percent) ? std::optional(p.gap_percent.number("gap_percent")) : std::nullopt;
    if (is_given(p.threshold)) {
        set_threshold(p.threshold.resolve(neurons, "threshold"), gap);
    } else if (gap && !min_th_.is_empty_handle() && !max_th_.is_empty_handle()) {
        min_th_ = min_th_ - min_th_ * (*gap / 100.0);
        max_th_ = max_th_ + max_th_ * (*gap / 100.0);
    }
    if (min_th_.is_empty_handle() || max_th_.is_empty_handle()) {
        throw BadParameter("threshold", "missing", "give threshold, or min_th and max_th");
    }
}

void InstantHomeostasis::set_threshold(const Array& threshold, std::optional<double> gap_percent) {
    min_th_ = threshold;
    max_th_ = threshold;
    if (gap_percent) {
        min_th_ = threshold - threshold * (*gap_percent / 100.0);
        max_th_ = threshold + threshold * (*gap_percent / 100.0);
    }
}

Array InstantHomeostasis::middle_of_thresholds() const {
    return (min_th_ + max_th_) / 2.0;
}

Array InstantHomeostasis::evaluated(NeuronGroup& neurons) {
    const auto by_grammar = [&] {
        const std::string text = params_.measurement_param.text("measurement_param");
        return expression::evaluate_array(measurement_ ? *measurement_ : expression::parse(text),
                                          ObjectScope(neurons));
    };
    if (!is_for_face_) {
        try {
            return by_grammar();
        } catch (const Error& error) {
            if (neurons.face() == nullptr || !expression::lies_outside(error)) {
                throw;
            }
            is_for_face_ = true;
            TapeScope::refuse("measures what only Python understands", false);
        }
    }
    if (neurons.face() != nullptr) {
        const std::string text = params_.measurement_param.text("measurement_param");
        if (auto value = neurons.face()->evaluate(text)) {
            return *value;
        }
    }
    return by_grammar();  // says what is wrong
}

Array InstantHomeostasis::measured(NeuronGroup& neurons) {
    return clipped(evaluated(neurons), measurement_min_, measurement_max_);
}

void InstantHomeostasis::iteration(NeuronGroup& neurons) {
    const Array m = measured(neurons);
    Array above = m > max_th_;
    Array below = m < min_th_;
    if (is_distance_sensitive_) {
        above = above * (m - max_th_);
        below = below * (min_th_ - m);
    }
    Slot& target = neurons[adjusted_];
    target += adj_strength_ * (inc_ * below - dec_ * above);
    if (!target_min_.is_empty_handle() || !target_max_.is_empty_handle()) {
        target = clipped(target, target_min_, target_max_);
    }
}

void InstantHomeostasis::visit_state(StateVisitor& visitor) {
    visitor.array("min_th", min_th_);
    visitor.array("max_th", max_th_);
    visitor.array("inc", inc_);
    visitor.array("dec", dec_);
    visitor.array("adj_strength", adj_strength_);
    visitor.array("measurement_min", measurement_min_);
    visitor.array("measurement_max", measurement_max_);
    visitor.array("target_min", target_min_);
    visitor.array("target_max", target_max_);
}

void TimeIntegrationHomeostasis::visit_parameters(Params& p, const ParameterVisitor& visit) {
    InstantHomeostasis::visit_parameters(p, visit);
    visit("integration_length", p.integration_length);
    visit("init_avg", p.init_avg);
}

TimeIntegrationHomeostasis::TimeIntegrationHomeostasis(Params params)
    : InstantHomeostasis(params),
      length_parameter_(std::move(params.integration_length)),
      first_parameter_(std::move(params.init_avg)) {}

void TimeIntegrationHomeostasis::initialize(NeuronGroup& neurons) {
    InstantHomeostasis::initialize(neurons);
    length_ = length_parameter_.resolve(neurons, "integration_length");
    const Array first = is_given(first_parameter_) ? first_parameter_.resolve(neurons, "init_avg")
                                                   : middle_of_thresholds();
    average_ = neurons.vector() + first;
}

Array TimeIntegrationHomeostasis::measured(NeuronGroup& neurons) {
    average_ = (average_ * length_ + InstantHomeostasis::measured(neurons)) / (length_ + 1.0);
    return average_;
}

void TimeIntegrationHomeostasis::visit_state(StateVisitor& visitor) {
    InstantHomeostasis::visit_state(visitor);
    visitor.array("length", length_);
    visitor.array("average", average_);
}

[[maybe_unused]] static const bool is_instant_registered =
    (register_behavior<InstantHomeostasis>("Instant_Homeostasis"), true);
[[maybe_unused]] static const bool is_integrating_registered =
    (register_behavior<TimeIntegrationHomeostasis>("Time_Integration_Homeostasis"), true);

}  // namespace monnto
