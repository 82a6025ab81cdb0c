#pragma once

#include <monnto/behaviors/fwd.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/registry.hpp>
#include <monnto/expression/ast.hpp>

#include <optional>

namespace monnto {

/// Homeostasis by a quantity that spreads locally, as nitric oxide does. Registered as
/// `NOX_Diffusion`.
///
/// The positions x, y, z are cut into 5 x 5 x 1 boxes; every neuron of a box measures the mean of
/// `output_new` over the neurons within the box enlarged by 5 to each side, and
///
///     nox = -eta_nox * ( [m < th_nox] (th_nox - m) - [m > th_nox] (m - th_nox) )
///
/// `mp` may be another measurement, an expression on the group. Reads `x`, `y`, `z` (at
/// initialize) and `output_new`; owns `nox`. After Sweeney, Kotaleski, Hennig 2015,
/// doi 10.1371/journal.pcbi.1004389.
class NoxDiffusion final : public NeuronBehavior {
public:
    struct Params {
        Parameter th_nox = 0.0;
        Parameter eta_nox = 0.002;
        Parameter mp = "self.partition_sum(n)";
    };
    static void visit_parameters(Params& p, const ParameterVisitor& visit);
    explicit NoxDiffusion(Params params);

    void initialize(NeuronGroup& neurons) override;
    void iteration(NeuronGroup& neurons) override;
    [[nodiscard]] bool is_static() const override { return true; }
    void visit_state(StateVisitor& visitor) override;

private:
    [[nodiscard]] Array measured(NeuronGroup& neurons) const;

    Params params_;
    std::optional<expression::Expression> measurement_;
    Array threshold_, strength_;
    Array means_;  // (boxes, neurons): each row averages over an enlarged box
    Array box_;    // of each neuron
};

}  // namespace monnto
