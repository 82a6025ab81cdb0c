#pragma once

#include "rewrite.hpp"

#include <monnto/array/node.hpp>

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What rewrites tell somebody who looks (Rewrite::tell), in the words of the script. Nothing here
/// is called while nobody looks.
namespace monnto::events {

/// "`spike` of exc", or `otherwise` where nobody named it.
[[nodiscard]] std::string called(const Node& node, std::string_view otherwise);
/// " (`post`, `pre` of exc)": those of the nodes that have a name; empty where none has.
[[nodiscard]] std::string in_brackets(std::span<const Node* const> nodes);
/// ", since key 3, iteration 0": with which content of the matrix the refusal began.
[[nodiscard]] std::string since(const Rewrite& rewrite, const Node& matrix);
/// Why nothing can be left out of a matrix that somebody outside sees, and since when.
[[nodiscard]] std::string why_shared(const Node& matrix);
/// What a product with a pattern, which walks rows of elements that are not 0, is about to do.
[[nodiscard]] std::string sparse_events(const Node& product);
/// Why the old content of a matrix could not be written over.
[[nodiscard]] std::string copied_first(const Node& matrix);

/// A vector of an update, as a finder sees it.
struct Seen {
    const Sparse* vector;
    const Node* node;
    bool rests;
};
/// " (`trace`: 900 of 1000 differ from 0; `spike`: ...)".
[[nodiscard]] std::string counts_of(std::span<const Seen> vectors);
/// Why an update cannot be left out where all vectors rest that do. `keeps` asks whether the matrix
/// keeps its bits where these rest, with the bounds in the rewrite's workspace.
[[nodiscard]] std::string why_unproven(
    Rewrite& rewrite, const Node& matrix, std::span<const Seen> vectors,
    const std::function<bool(const std::vector<const Sparse*>&)>& keeps);

}  // namespace monnto::events
