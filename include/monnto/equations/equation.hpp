#pragma once

#include <monnto/core/behavior.hpp>
#include <monnto/core/registry.hpp>
#include <monnto/equations/fwd.hpp>
#include <monnto/expression/statement.hpp>

#include <string>

namespace monnto {

/// A differential equation: `dv/dt = (0*mV - v)/tau`.
///
///     euler:        v_new <- v + f(v) dt
///     exponential:  v_new <- v + f(v) dt (exp(a dt) - 1)/(a dt),   a = df/dv
///
/// Needs a Variable of that name with a smaller key. `exponential` (also called `exact`) solves an
/// equation that is linear in v exactly while everything else in it holds still, so it is stable
/// for any step. `xi` is white noise (s^-1/2): `dv/dt = -v/tau + sigma*xi` adds sigma*sqrt(dt)
/// times a normal number. Units are checked once, at initialize.
class Equation final : public Behavior {
public:
    struct Params {
        Parameter eq = "";
        Parameter method = "euler";  // euler, exponential
        Parameter step = "";         // a time; empty: the clock's
        Parameter step_size = "";    // PymoNNto reads it and goes on with the clock's, and so do we
    };
    static void visit_parameters(Params& p, const ParameterVisitor& visit) {
        visit("eq", p.eq);
        visit("method", p.method);
        visit("step", p.step);
        visit("step_size", p.step_size);
    }
    /// Throws ParseError for anything but `dname/dt = expression`, BadParameter for a method that
    /// does not exist, and UnitMismatch for `exponential` of an equation that is not linear.
    explicit Equation(const Params& params);
    explicit Equation(std::string equation, std::string method = "euler")
        : Equation(Params{std::move(equation), std::move(method), "", ""}) {}

    void initialize(Object& object) override;
    void iteration(Object& object) override;
    /// Not where it uses `t`.
    [[nodiscard]] bool is_static() const override;

    [[nodiscard]] const std::string& name() const noexcept { return statement_.target; }

private:
    [[nodiscard]] Array slope(Object& object, const Operand* in_place_of_v = nullptr) const;

    void read(const Params& params);

    Params params_;
    expression::Statement statement_;
    std::string next_;
    bool is_exponential_ = false;
    std::string step_text_;
    std::string ignored_step_;
    double step_ = 0.0;  // s
};

}  // namespace monnto
