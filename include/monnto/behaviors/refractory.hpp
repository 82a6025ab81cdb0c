#pragma once

#include <monnto/behaviors/fwd.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/registry.hpp>

namespace monnto {

/// Lowers the activity of neurons that were active lately. Registered as `refractory`.
///
///     refractory_counter <- refractory_counter * decayfactor + output
///     activity <- activity - refractory_counter * strengthfactor
///
/// Reads `output`, changes `activity`, owns `refractory_counter`.
class Refractory final : public NeuronBehavior {
public:
    struct Params {
        Parameter decayfactor = 0.5;
        Parameter strengthfactor = 1.0;
    };
    static void visit_parameters(Params& p, const ParameterVisitor& visit);
    explicit Refractory(Params params) : params_(std::move(params)) {}

    void initialize(NeuronGroup& neurons) override;
    void iteration(NeuronGroup& neurons) override;
    [[nodiscard]] bool is_static() const override { return true; }
    void visit_state(StateVisitor& visitor) override;

private:
    Params params_;
    Array decay_;
    Array strength_;
};

}  // namespace monnto
