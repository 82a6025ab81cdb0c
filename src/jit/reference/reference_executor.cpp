#include "kernels.hpp"
#include "reference_executor.hpp"

#include <monnto/array/legend.hpp>
#include <monnto/base/error.hpp>

#include <algorithm>
#include <chrono>
#include <span>
#include <utility>

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
        case OpFamily::sparse:
            return reference::run_sparse(node);
        case OpFamily::custom:
            return node.attribute<CustomAttr>().operation->evaluate(node);
    }
    throw InternalError("reference executor: unknown family of operations");
}

std::size_t reference::bytes_moved(const Node& node) noexcept {
    const auto size = [](const Node& each) {
        return static_cast<std::size_t>(each.shape.product()) * size_of(each.dtype);
    };
    if (node.op == Op::view || node.op == Op::reshape) {
        return 0;  // another look at the same memory, as a rule
    }
    std::size_t bytes = size(node);
    for (const NodeRef& input : node.inputs().all()) {
        // Of what indices or events pick from, only what they pick is read.
        const bool is_picked_from = (node.op == Op::gather || node.op == Op::sparse_product ||
                                     node.op == Op::sparse_push || node.op == Op::sparse_deliver) &&
                                    input == node.inputs()[0];
        bytes += is_picked_from ? std::min(size(node), size(*input)) : size(*input);
    }
    return bytes;
}

void ReferenceExecutor::run(std::span<Node* const> nodes, std::span<Node* const> /*wanted*/) {
    for (Node* node : nodes) {
        if (TraceScope::current() == nullptr) {
            node->settle(reference::evaluate_node(*node));
            continue;
        }
        StepReport report;
        report.operations = {node->op};
        report.elements = node->shape.product();
        report.bytes = reference::bytes_moved(*node);
        if (const Legend* legend = Legend::current(); legend != nullptr) {
            report.origins = legend->origins_of(std::span(&node->id, 1));
        }
        const auto start = std::chrono::steady_clock::now();
        node->settle(reference::evaluate_node(*node));
        if (std::vector<StepReport>* trace = TraceScope::current(); trace != nullptr) {
            report.seconds =
                std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
            trace->push_back(std::move(report));
        }
    }
}

}  // namespace monnto
