#include "repeated.hpp"

#include <monnto/array/executor.hpp>

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

namespace monnto {
namespace {

using Sources = std::pair<const Node*, const Node*>;

[[nodiscard]] Sources sources_of(const Node& product) {
    return {product.inputs()[0].get(), product.inputs()[1].get()};
}

/// For each product that was recorded before in the same words: the earlier one.
[[nodiscard]] std::unordered_map<const Node*, Node*> repeated_products(
    std::span<Node* const> nodes, std::span<Node* const> wanted) {
    std::unordered_map<const Node*, Node*> earlier;
    std::map<Sources, Node*> first;
    for (Node* node : nodes) {
        if (node->op != Op::matmul) {
            continue;
        }
        const auto [known, is_new] = first.try_emplace(sources_of(*node), node);
        if (!is_new && known->second->dtype == node->dtype && known->second->shape == node->shape &&
            std::ranges::find(wanted, node) == wanted.end()) {
            earlier.emplace(node, known->second);
        }
    }
    return earlier;
}

}  // namespace

void share_repeated_products(std::vector<Node*>& nodes, std::span<Node* const> wanted) {
    const auto is_product = [](const Node* node) { return node->op == Op::matmul; };
    if (std::ranges::count_if(nodes, is_product) < 2) {
        return;
    }
    const std::unordered_map<const Node*, Node*> earlier = repeated_products(nodes, wanted);
    if (earlier.empty()) {
        return;
    }
    // First out of the list: the last reader that changes over may be the last holder.
    std::erase_if(nodes, [&](const Node* node) { return earlier.contains(node); });
    for (Node* node : nodes) {
        for (NodeRef& input : node->inputs().all()) {
            if (const auto same = earlier.find(input.get()); same != earlier.end()) {
                input = NodeRef(same->second);
            }
        }
    }
    counters().shared += earlier.size();
}

}  // namespace monnto
