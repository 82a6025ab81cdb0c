#pragma once

#include <monnto/behaviors/fwd.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/registry.hpp>
#include <monnto/expression/ast.hpp>

#include <optional>
#include <string>

namespace monnto {

/// Moves a variable until a measured quantity lies between two thresholds. Registered as
/// `Instant_Homeostasis`.
///
///     m = clip(measurement_param, measurement_min, measurement_max)
///     adjustment_param += adj_strength * ( inc [m < min_th] (min_th - m) - dec [m > max_th] (m -
///     max_th) )
///
/// and is then clipped to target_clip_min ... target_clip_max. Without `distance_sensitive` the
/// factors in parentheses are 1. `threshold` sets both thresholds and `gap_percent` moves them
/// apart by that share of each. `measurement_param` is an expression on the group (`n.act`); one
/// that lies outside the grammar is left to the group's face, in Python, and is not replayed.
/// `adjustment_param` the name of a variable, which it changes.
class InstantHomeostasis : public NeuronBehavior {
public:
    struct Params {
        Parameter min_th = "";
        Parameter max_th = "";
        Parameter threshold = "";
        Parameter gap_percent = "";
        Parameter distance_sensitive = true;
        Parameter inc = 1.0;
        Parameter dec = 1.0;
        Parameter adj_strength = 1.0;
        Parameter adjustment_param = "";
        Parameter measurement_param = "";
        Parameter measurement_min = "";
        Parameter measurement_max = "";
        Parameter target_clip_min = "";
        Parameter target_clip_max = "";
    };
    static void visit_parameters(Params& p, const ParameterVisitor& visit);
    /// Throws ParseError for a measurement that is no expression (in Python, at the first
    /// iteration, where the grammar does not know it), BadParameter where it, the
    /// variable or the thresholds are missing.
    explicit InstantHomeostasis(Params params);

    void initialize(NeuronGroup& neurons) override;
    void iteration(NeuronGroup& neurons) override;
    [[nodiscard]] bool is_static() const override { return !is_for_face_; }
    void visit_state(StateVisitor& visitor) override;

    /// One threshold for both sides, or two that lie `gap_percent` away from it.
    void set_threshold(const Array& threshold, std::optional<double> gap_percent = {});

protected:
    /// What is compared with the thresholds.
    [[nodiscard]] virtual Array measured(NeuronGroup& neurons);
    [[nodiscard]] Array middle_of_thresholds() const;

private:
    [[nodiscard]] Array evaluated(NeuronGroup& neurons);

    Params params_;
    std::optional<expression::Expression> measurement_;
    bool is_for_face_ = false;
    std::string adjusted_;
    bool is_distance_sensitive_ = true;
    Array min_th_, max_th_;
    Array inc_, dec_, adj_strength_;
    Array measurement_min_, measurement_max_, target_min_, target_max_;  // empty without
};

/// The same on a running mean over about `integration_length` iterations. Registered as
/// `Time_Integration_Homeostasis`.
///
///     avg = (avg * integration_length + m) / (integration_length + 1)
///
/// `init_avg` is the first avg, by default the middle between the thresholds.
class TimeIntegrationHomeostasis final : public InstantHomeostasis {
public:
    struct Params : InstantHomeostasis::Params {
        Parameter integration_length = 1.0;
        Parameter init_avg = "";
    };
    static void visit_parameters(Params& p, const ParameterVisitor& visit);
    explicit TimeIntegrationHomeostasis(Params params);

    void initialize(NeuronGroup& neurons) override;
    void visit_state(StateVisitor& visitor) override;

private:
    [[nodiscard]] Array measured(NeuronGroup& neurons) override;

    Parameter length_parameter_, first_parameter_;
    Array length_;
    Array average_;
};

}  // namespace monnto
