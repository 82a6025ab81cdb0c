#pragma once

#include <monnto/array/functions.hpp>
#include <monnto/core/neuron_group.hpp>

namespace monnto {

/// `rest`, plus the input `i` of the neurons where a script made one; times `gain`.
[[nodiscard]] inline Array with_input(NeuronGroup& neurons, const Array& rest) {
    return neurons.has_variable("i") ? rest + neurons["i"] : rest;
}
[[nodiscard]] inline Array with_input(NeuronGroup& neurons, const Array& rest, const Array& gain) {
    return neurons.has_variable("i") ? rest + gain * neurons["i"] : rest;
}

/// (exp(x) - 1)/x, which is 1 at 0: rates such as (v + 40)/(1 - exp(-(v + 40)/10)) have a hole
/// there.
[[nodiscard]] inline Array exprel(const Array& x) {
    const Array is_zero = x == 0.0;
    return where(is_zero, 1.0, expm1(x) / where(is_zero, 1.0, x));
}

/// alpha (1 - x) - beta x
[[nodiscard]] inline Array gate(const Array& alpha, const Array& beta, const Array& x) {
    return alpha * (1.0 - x) - beta * x;
}

}  // namespace monnto
