#pragma once

#include <monnto/array/array.hpp>
#include <monnto/array/pattern.hpp>
#include <monnto/synapse/connections.hpp>

#include <cstdint>
#include <span>
#include <vector>

/// Ways to make a pattern. They run on the engine's team of threads and give the same pattern for
/// any number of them.
///
/// `order`, where given, receives for each position of the result the number of that synapse in
/// what it was made from, so that values can follow.
namespace monnto {

/// With the delays of the connections, where they have any.
[[nodiscard]] PatternRef pattern_from(const Connections& connections,
                                      std::vector<std::int64_t>* order = nullptr);
/// Where a dense matrix is not 0. Throws ShapeMismatch where it is no matrix.
[[nodiscard]] PatternRef pattern_from_dense(const Array& matrix, bool is_source_first);

/// The same synapses with delays in steps, 1 or more: of one element for all, or one per synapse in
/// the order of its positions. Throws BadDelay and ShapeMismatch, and BadState where the pattern
/// has delays already.
[[nodiscard]] PatternRef with_delays(const PatternRef& pattern, std::span<const std::int32_t> steps,
                                     std::vector<std::int64_t>* order = nullptr);
/// Delay of each synapse: that of its source's axon plus that of its target's dendrite, of which
/// one may be 0. Either list may have one element, for all. Throws as above.
[[nodiscard]] PatternRef with_end_delays(const PatternRef& pattern,
                                         std::span<const std::int32_t> axonal,
                                         std::span<const std::int32_t> dendritic,
                                         std::vector<std::int64_t>* order = nullptr);

/// Only the synapses where `kept` is true, of one element per position. Throws ShapeMismatch.
[[nodiscard]] PatternRef kept_synapses(const PatternRef& pattern, std::span<const bool> kept,
                                       std::vector<std::int64_t>* order = nullptr);
/// With more synapses, at the ends given, which come after those that share their place. `delays`
/// in steps: one per new synapse, one for all, or none where the pattern has none. `order` counts
/// the new ones on from the old ones. Throws IndexOutOfRange, ShapeMismatch, BadParameter,
/// BadDelay.
[[nodiscard]] PatternRef grown_pattern(const PatternRef& pattern,
                                       std::span<const std::int64_t> source_of,
                                       std::span<const std::int64_t> target_of,
                                       std::span<const std::int32_t> delays = {},
                                       std::vector<std::int64_t>* order = nullptr);

/// The ends and delays of all synapses, by position.
struct SynapseList {
    std::vector<std::int64_t> source, target;
    std::vector<std::int32_t> delay;  // empty where the pattern has none
};
[[nodiscard]] SynapseList list_of(const Pattern& pattern);

/// A delay that cannot be: shorter than a step, longer than `longest`, not a number.
class BadDelay : public BadParameter {
public:
    static constexpr std::int32_t longest = 1 << 20;  // steps: beyond, it is a unit mixed up
    BadDelay(double delay, std::string_view unit);
    double delay;
};

}  // namespace monnto
