#pragma once

/// Everything that a model needs.

#include <monnto/array/array.hpp>
#include <monnto/array/functions.hpp>
#include <monnto/base/error.hpp>
#include <monnto/core/behavior.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/neuron_subgroup.hpp>
#include <monnto/core/parameter.hpp>
#include <monnto/core/registry.hpp>
#include <monnto/core/snapshot.hpp>
#include <monnto/core/synapse_group.hpp>
#include <monnto/inputs/direct_current.hpp>
#include <monnto/inputs/poisson_input.hpp>
#include <monnto/inputs/spike_array.hpp>
#include <monnto/inputs/step_current.hpp>
#include <monnto/recorders/event_recorder.hpp>
#include <monnto/recorders/recorder.hpp>
#include <monnto/synapse/rules.hpp>
