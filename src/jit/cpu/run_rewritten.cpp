#include "compiled_executor.hpp"
#include "events/product.hpp"
#include "events/rewrite.hpp"

// Steps that events make smaller (D5). What is refused here runs as if there were no rewrite.
namespace monnto::cpu {

bool CompiledExecutor::run_rewritten(const kernel::Graph& graph, Step& step) {
    return run_event_product(graph, step);
}

bool CompiledExecutor::run_event_product(const kernel::Graph& graph, Step& step) {
    Node& product = graph.node(step.nodes.front());
    for (const NodeRef& input : product.inputs().all()) {
        if (!input->is_settled()) {
            interpret(*input);
        }
    }
    Node& holder = graph.at(step.rewrite->matrix);
    std::optional<Value> result = events::multiplied_by_events(product, holder, *step.rewrite);
    if (!result) {
        return false;
    }
    counters().interpreted += step.nodes.size();
    product.settle(*std::move(result));
    return true;
}

}  // namespace monnto::cpu
