#pragma once

#include <monnto/core/neuron_group.hpp>
#include <monnto/core/registry.hpp>
#include <monnto/core/snapshot.hpp>

namespace monnto {

/// Sodium, potassium and leak channels of a membrane: what neurons after Hodgkin and Huxley (1952,
/// doi 10.1113/jphysiol.1952.sp004764) have in common.
///
///     sodium = g_na m^3 h (v - e_na);  potassium = g_k n^4 (v - e_k);  leak = g_leak (v - e_leak)
class IonChannels {
public:
    /// Outward currents, uA/cm^2.
    struct Currents {
        Array sodium, potassium, leak;
    };
    /// Voltage, mV, and the gates that open sodium channels (m), close them (h), and open those of
    /// potassium (n).
    struct Gates {
        Array v, m, h, n;
    };

    template <class Params>
    static void visit_parameters(Params& p, const ParameterVisitor& visit) {
        visit("capacitance", p.capacitance);
        visit("g_na", p.g_na);
        visit("g_k", p.g_k);
        visit("g_leak", p.g_leak);
        visit("e_na", p.e_na);
        visit("e_k", p.e_k);
        visit("e_leak", p.e_leak);
    }
    template <class Params>
    void initialize(const Params& p, NeuronGroup& neurons) {
        capacitance_ = p.capacitance.resolve(neurons, "capacitance");
        g_na_ = p.g_na.resolve(neurons, "g_na");
        g_k_ = p.g_k.resolve(neurons, "g_k");
        g_leak_ = p.g_leak.resolve(neurons, "g_leak");
        e_na_ = p.e_na.resolve(neurons, "e_na");
        e_k_ = p.e_k.resolve(neurons, "e_k");
        e_leak_ = p.e_leak.resolve(neurons, "e_leak");
    }
    [[nodiscard]] Currents currents(const Gates& at) const;
    /// uF/cm^2.
    [[nodiscard]] const Array& capacitance() const noexcept { return capacitance_; }
    void visit_state(StateVisitor& visitor);

private:
    Array capacitance_, g_na_, g_k_, g_leak_, e_na_, e_k_, e_leak_;
};

}  // namespace monnto
