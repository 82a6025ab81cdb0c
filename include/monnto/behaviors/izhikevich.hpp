#pragma once

#include <monnto/behaviors/fwd.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/registry.hpp>

namespace monnto {

/// Izhikevich's neuron (2003, doi 10.1109/TNN.2003.820440), Euler steps of dt.
///
///     v > 30: spike, v <- c, u <- u + d
///     v <- v + dt (0.04 v^2 + 5 v + 140 - u + i);    u <- u + dt a (b v - u)
///
/// with the new v in the second equation, as in the paper's program. Reads `i` where there is one;
/// owns `v` (mV, starts at c), `u` (starts at b v) and `spike`. `step` is in ms; 0: the network's
/// dt, where 0.5 or less is stable.
class Izhikevich final : public NeuronBehavior {
public:
    struct Params {
        Parameter a = 0.02;  // 1/ms
        Parameter b = 0.2;
        Parameter c = -65.0;  // mV
        Parameter d = 8.0;
        Parameter step = 0.0;  // ms
    };
    static void visit_parameters(Params& p, const ParameterVisitor& visit);
    explicit Izhikevich(Params params) : params_(std::move(params)) {}
    Izhikevich() : Izhikevich(Params()) {}

    void initialize(NeuronGroup& neurons) override;
    void iteration(NeuronGroup& neurons) override;
    [[nodiscard]] bool is_static() const override { return true; }
    void visit_state(StateVisitor& visitor) override;

private:
    Params params_;
    Array a_, b_, c_, d_, dt_;
};

}  // namespace monnto
