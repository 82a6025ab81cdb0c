#include "number_step.hpp"
#include "reference/kernels.hpp"
#include "reference/lookup.hpp"

#include <monnto/array/executor.hpp>

#include <algorithm>

namespace monnto::cpu {
namespace {

[[nodiscard]] std::byte* place_of(const Node& node) noexcept {
    const Value& value = node.value();
    return value.buffer->data() + value.offset * static_cast<std::ptrdiff_t>(size_of(node.dtype));
}

}  // namespace

bool NumberStep::can_take(const kernel::Graph& graph, const Step& step,
                          const std::set<const Node*>& moves) {
    if (step.fusion || step.rewrite || step.nodes.size() != 1) {
        return false;
    }
    const Node& node = graph.node(step.nodes.front());
    return is_elementwise(node.op) && node.shape.product() == 1 && node.inputs().size() <= 3 &&
           std::ranges::all_of(node.inputs().all(), [&moves](const NodeRef& input) {
               return input->shape.product() == 1 &&
                      (input->is_settled() ? !moves.contains(input.get())
                                           : input->op == Op::constant);
           });
}

void NumberStep::settle_constants(const kernel::Graph& graph, const Step& step) {
    for (const NodeRef& input : graph.node(step.nodes.front()).inputs().all()) {
        if (!input->is_settled()) {
            input->settle(reference::run_leaf(*input));
        }
    }
}

NumberStep::NumberStep(const kernel::Graph& graph, const Step& step)
    : kernel_(reference::elementwise_kernel(graph.node(step.nodes.front()))) {
    const Node& node = graph.node(step.nodes.front());
    for (std::size_t k = 0; k < node.inputs().size(); ++k) {
        row_.in[k] = place_of(*node.inputs()[k]);
    }
    row_.out = place_of(node);
    row_.count = 1;
}

void NumberStep::run() const {
    kernel_(row_);
    ++counters().interpreted;
}

}  // namespace monnto::cpu
