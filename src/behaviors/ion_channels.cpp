#include <monnto/behaviors/ion_channels.hpp>

#include <monnto/array/functions.hpp>

namespace monnto {

IonChannels::Currents IonChannels::currents(const Gates& at) const {
    const Array squared = square(at.n);
    return {g_na_ * at.m * at.m * at.m * at.h * (at.v - e_na_),
            g_k_ * squared * squared * (at.v - e_k_), g_leak_ * (at.v - e_leak_)};
}

void IonChannels::visit_state(StateVisitor& visitor) {
    visitor.array("capacitance", capacitance_);
    visitor.array("g_na", g_na_);
    visitor.array("g_k", g_k_);
    visitor.array("g_leak", g_leak_);
    visitor.array("e_na", e_na_);
    visitor.array("e_k", e_k_);
    visitor.array("e_leak", e_leak_);
}

}  // namespace monnto
