#pragma once

#include <monnto/behaviors/fwd.hpp>
#include <monnto/core/registry.hpp>
#include <monnto/core/synapse_group.hpp>

namespace monnto {

/// Makes the weights of a synapse group: `W = matrix(distribution, density) * enabled`.
///
/// With `normalize`, ten rounds divide rows by their sums and columns by theirs, so that both come
/// to `nomr_fac` (the spelling that scripts use); rows and columns without synapses stay zero.
/// Owns `W`; reads `enabled` where there is one.
class CreateWeights final : public SynapseBehavior {
public:
    struct Params {
        Parameter distribution = "uniform(0.0,1.0)";
        Parameter density = 1.0;
        Parameter normalize = true;
        Parameter nomr_fac = 1.0;
    };
    static void visit_parameters(Params& p, const ParameterVisitor& visit);
    explicit CreateWeights(Params params) : params_(std::move(params)) {}
    CreateWeights() : CreateWeights(Params()) {}

    void initialize(SynapseGroup& synapses) override;
    void iteration(SynapseGroup& /*synapses*/) override {}
    [[nodiscard]] bool has_iteration() const override { return false; }
    [[nodiscard]] bool is_static() const override { return true; }

private:
    Params params_;
};

}  // namespace monnto
