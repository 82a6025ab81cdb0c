#pragma once

#include <monnto/behaviors/fwd.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/registry.hpp>

namespace monnto {

/// Leaky integrate-and-fire membrane, solved exactly across one step while the input holds still
/// (Lapicque 1907, translated in doi 10.1007/s00422-007-0189-6; exact step: Rotter, Diesmann 1999,
/// doi 10.1007/s004220050570).
///
///     tau dv/dt = rest - v + resistance i;    v >= threshold: spike, v <- reset
///
/// Reads `i` (nA) where there is one; owns `v` (mV, starts at rest) and `spike`.
class LeakyIntegrateAndFire final : public NeuronBehavior {
public:
    struct Params {
        Parameter tau = 20.0;         // ms
        Parameter resistance = 10.0;  // MOhm
        Parameter rest = -65.0;       // mV
        Parameter threshold = -50.0;  // mV
        Parameter reset = -70.0;      // mV
    };
    static void visit_parameters(Params& p, const ParameterVisitor& visit);
    explicit LeakyIntegrateAndFire(Params params) : params_(std::move(params)) {}
    LeakyIntegrateAndFire() : LeakyIntegrateAndFire(Params()) {}

    void initialize(NeuronGroup& neurons) override;
    void iteration(NeuronGroup& neurons) override;
    [[nodiscard]] bool is_static() const override { return true; }
    void visit_state(StateVisitor& visitor) override;

private:
    Params params_;
    Array tau_, resistance_, rest_, threshold_, reset_, kept_;
};

}  // namespace monnto
