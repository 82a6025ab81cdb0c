#pragma once

/// Everything that a model needs.

#include <monnto/array/array.hpp>
#include <monnto/array/functions.hpp>
#include <monnto/base/error.hpp>
#include <monnto/behaviors/adaptive_exponential.hpp>
#include <monnto/behaviors/create_weights.hpp>
#include <monnto/behaviors/hindmarsh_rose.hpp>
#include <monnto/behaviors/hodgkin_huxley.hpp>
#include <monnto/behaviors/homeostasis.hpp>
#include <monnto/behaviors/izhikevich.hpp>
#include <monnto/behaviors/leaky_integrate_and_fire.hpp>
#include <monnto/behaviors/normalization.hpp>
#include <monnto/behaviors/nox_diffusion.hpp>
#include <monnto/behaviors/refractory.hpp>
#include <monnto/behaviors/stdp.hpp>
#include <monnto/behaviors/wang_buzsaki.hpp>
#include <monnto/core/behavior.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/neuron_subgroup.hpp>
#include <monnto/core/parameter.hpp>
#include <monnto/core/registry.hpp>
#include <monnto/core/snapshot.hpp>
#include <monnto/core/synapse_group.hpp>
#include <monnto/equations/clock.hpp>
#include <monnto/equations/equation.hpp>
#include <monnto/equations/variable.hpp>
#include <monnto/inputs/direct_current.hpp>
#include <monnto/inputs/poisson_input.hpp>
#include <monnto/inputs/spike_array.hpp>
#include <monnto/inputs/step_current.hpp>
#include <monnto/recorders/event_recorder.hpp>
#include <monnto/recorders/recorder.hpp>
#include <monnto/synapse/rules.hpp>
