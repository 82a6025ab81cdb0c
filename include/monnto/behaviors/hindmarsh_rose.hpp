#pragma once

#include <monnto/behaviors/fwd.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/registry.hpp>

namespace monnto {

/// Hindmarsh and Rose's bursting neuron (1984, doi 10.1098/rspb.1984.0024), Euler steps of `step`,
/// which has no unit.
///
///     dx/dt = y - a x^3 + b x^2 - z + current;  dy/dt = c - d x^2 - y;  dz/dt = r (s (x - x_1) -
///     z)
///
/// Starts at x = x_1, y = c - d x^2, z = r s (x - x_1). Owns `x`, `y`, `z`.
class HindmarshRose final : public NeuronBehavior {
public:
    struct Params {
        Parameter current = 2.0;
        Parameter a = 1.0;
        Parameter b = 3.0;
        Parameter c = 1.0;
        Parameter d = 5.0;
        Parameter r = 0.001;
        Parameter s = 4.0;
        Parameter x_1 = -1.6;
        Parameter step = 0.01;
    };
    static void visit_parameters(Params& p, const ParameterVisitor& visit);
    explicit HindmarshRose(Params params) : params_(std::move(params)) {}
    HindmarshRose() : HindmarshRose(Params()) {}

    void initialize(NeuronGroup& neurons) override;
    void iteration(NeuronGroup& neurons) override;
    [[nodiscard]] bool is_static() const override { return true; }
    void visit_state(StateVisitor& visitor) override;

private:
    Params params_;
    Array current_, a_, b_, c_, d_, r_, s_, x_1_, step_;
};

}  // namespace monnto
