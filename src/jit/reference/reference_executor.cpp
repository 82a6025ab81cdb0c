#include "kernels.hpp"
#include "reference_executor.hpp"

#include <monnto/base/error.hpp>

namespace monnto {
namespace {

[[nodiscard]] Value value_of(Node& node) {
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

std::shared_ptr<Executor> make_reference_executor() {
    return std::make_shared<ReferenceExecutor>();
}

[[maybe_unused]] const bool is_registered = [] {
    register_executor(0, &make_reference_executor);
    return true;
}();

}  // namespace

void ReferenceExecutor::run(std::span<Node* const> nodes, std::span<Node* const> /*wanted*/) {
    for (Node* node : nodes) {
        node->settle(value_of(*node));
    }
}

}  // namespace monnto
