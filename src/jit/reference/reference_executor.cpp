#include "kernels.hpp"
#include "reference_executor.hpp"

#include <monnto/base/error.hpp>

namespace monnto {

Value reference::evaluate_node(Node& node) {
    switch (family_of(node.op)) {
        case OpFamily::leaf:
            return reference::run_leaf(node);
        case OpFamily::unary:
        case OpFamily::predicate:
        case OpFamily::binary:
        case OpFamily::comparison:
        case OpFamily::select:
            return reference::run_elementwise(node);
        case OpFamily::window:
            return reference::run_window(node);
        case OpFamily::index:
            return reference::run_index(node);
        case OpFamily::reduction:
            return reference::run_reduction(node);
        case OpFamily::scan:
            return reference::run_scan(node);
        case OpFamily::product:
            return reference::run_product(node);
    }
    throw InternalError("reference executor: unknown family of operations");
}

void ReferenceExecutor::run(std::span<Node* const> nodes, std::span<Node* const> /*wanted*/) {
    for (Node* node : nodes) {
        node->settle(reference::evaluate_node(*node));
    }
}

}  // namespace monnto
