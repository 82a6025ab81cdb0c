#pragma once

#include <monnto/array/node.hpp>

/// Operations on synapses as fast as this machine does them; bits as those of
/// reference/sparse.cpp.
namespace monnto::sparse {

/// The value of a node of the family `sparse`, whose inputs are settled.
[[nodiscard]] Value evaluate(const Node& node);

// One function per operation; floats of 32 and 64 bits only.
[[nodiscard]] Value product_from_sources(const Node& node);
[[nodiscard]] Value product_from_targets(const Node& node);
[[nodiscard]] Value deliver(const Node& node);
[[nodiscard]] Value sum(const Node& node);

// Any type.
[[nodiscard]] Value push(const Node& node);
[[nodiscard]] Value spread(const Node& node);
[[nodiscard]] Value sample(const Node& node);

}  // namespace monnto::sparse
