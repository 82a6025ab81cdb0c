#pragma once

#include <monnto/core/connect.hpp>

namespace monnto {

/// What a rule is to connect: sizes, which neurons are the same, and positions where it asks.
[[nodiscard]] Ends ends_between(const Population& source, const Population& target,
                                const Rule& rule, const ConnectOptions& options);

/// Throws NotEnoughMemory where the synapses of a rule cannot be kept.
void check_room(const SynapseGroup& synapses, const Rule& rule, const Ends& ends,
                const ConnectOptions& options, std::size_t value_bytes);

}  // namespace monnto
