#pragma once

#include <monnto/behaviors/fwd.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/registry.hpp>

#include <string_view>

namespace monnto {

/// Scales `target_attr` of all synapse groups with that tag that arrive at `neurons`, such that for
/// each neuron the absolute values of `src_attr` in all of them together sum to `target_value` (a
/// number or one per neuron). Neurons without input stay as they are. Works in either order of the
/// network's matrices.
void normalize_synapse_attr(std::string_view src_attr, std::string_view target_attr,
                            const Operand& target_value, NeuronGroup& neurons,
                            std::string_view tag);
/// The same for what leaves `neurons`.
void normalize_synapse_attr_efferent(std::string_view src_attr, std::string_view target_attr,
                                     const Operand& target_value, NeuronGroup& neurons,
                                     std::string_view tag);

/// Keeps the weights that arrive at a neuron at a constant sum. Registered as
/// `Synaptic_Normalization`.
///
///     W <- clip(W * norm_factor / sum |W|, 0, clip_max)
///
/// The sum runs over all afferent groups tagged `syn_type` together (Turrigiano et al. 1998,
/// doi 10.1038/36103, for the biology). Without `clip_max` there is no upper bound. Changes `W`.
class SynapticNormalization final : public NeuronBehavior {
public:
    struct Params {
        Parameter syn_type = "GLU";
        Parameter clip_max = "";
        Parameter norm_factor = 1.0;
    };
    static void visit_parameters(Params& p, const ParameterVisitor& visit);
    explicit SynapticNormalization(Params params) : params_(std::move(params)) {}

    void initialize(NeuronGroup& neurons) override;
    void iteration(NeuronGroup& neurons) override;
    [[nodiscard]] bool is_static() const override { return true; }
    void visit_state(StateVisitor& visitor) override;

private:
    Params params_;
    std::string syn_type_;
    Array norm_factor_;
    Array clip_max_;  // empty without
};

}  // namespace monnto
