#include "binding.hpp"
#include "compiled_executor.hpp"
#include "events/gathered_sum.hpp"
#include "events/outlook.hpp"
#include "events/product.hpp"
#include "events/region_finder.hpp"
#include "events/rewrite.hpp"
#include "region_run.hpp"
#include "team.hpp"

#include <monnto/base/error.hpp>

#include <cstring>

// Steps that events make smaller (D5). What is refused here runs as if there were no rewrite.
namespace monnto::cpu {
namespace {

/// The matrix again, for a result that must not be written over it.
[[nodiscard]] Ref<Buffer> copy_of(const Node& matrix) {
    const std::byte* from = matrix.value().buffer->data();
    const auto bytes = static_cast<std::ptrdiff_t>(size_of(matrix.dtype)) * matrix.shape.product();
    Ref<Buffer> copy = Buffer::allocate(static_cast<std::size_t>(bytes));
    in_parallel(bytes, 4096, bytes / 4, [&](std::ptrdiff_t first, std::ptrdiff_t last) {
        std::memcpy(copy->data() + first, from + first, static_cast<std::size_t>(last - first));
    });
    return copy;
}

}  // namespace

bool CompiledExecutor::run_rewritten(const kernel::Graph& graph, Step& step) {
    switch (step.rewrite->kind) {
        case events::Rewrite::Kind::product:
            return run_event_product(graph, step);
        case events::Rewrite::Kind::sum:
            run_gathered_sum(graph, step);
            return true;
        case events::Rewrite::Kind::update:
            return run_restricted(graph, step);
        case events::Rewrite::Kind::synapses:
            return run_synapse_update(graph, step);
    }
    throw InternalError("run_rewritten: no such rewrite");
}

/// Windows and numbers, which nobody else has settled.
void CompiledExecutor::settle_inputs(const Node& node) {
    for (const NodeRef& input : node.inputs().all()) {
        if (!input->is_settled()) {
            interpret(*input);
        }
    }
}

void CompiledExecutor::run_gathered_sum(const kernel::Graph& graph, Step& step) {
    Node& sum = graph.node(step.nodes.front());
    settle_inputs(*sum.inputs()[0]);  // the gather itself never is
    counters().interpreted += step.nodes.size();
    sum.settle(events::sum_of_gathered(sum, graph.at(step.rewrite->matrix), *step.rewrite));
}

bool CompiledExecutor::run_event_product(const kernel::Graph& graph, Step& step) {
    Node& product = graph.node(step.nodes.front());
    settle_inputs(product);
    Node& holder = graph.at(step.rewrite->matrix);
    std::optional<Value> result = events::multiplied_by_events(product, holder, *step.rewrite);
    if (!result) {
        return false;
    }
    counters().interpreted += step.nodes.size();
    product.settle(*std::move(result));
    return true;
}

bool CompiledExecutor::run_restricted(const kernel::Graph& graph, Step& step) {
    const kernel::Fusion& fusion = *step.fusion;  // NOLINT(bugprone-unchecked-optional-access)
    events::Rewrite& rewrite = *step.rewrite;
    events::Outlook outlook(graph, fusion, rewrite);
    outlook.note_results();
    if (!rewrite.can_restrict || step.function == nullptr) {
        return false;
    }
    const Node& matrix = graph.at(rewrite.matrix);
    static thread_local events::Region region;
    if (!lies_like_results(fusion, matrix) ||
        !events::RegionFinder(outlook, rewrite).find(region)) {
        return false;
    }
    const kernel::Layout& layout = *step.layout;  // NOLINT(bugprone-unchecked-optional-access)
    const bool in_place = can_take_over(step, rewrite.operand, matrix);
    if (!in_place) {
        rewrite.lament(matrix.shape.product(),
                       "a matrix is copied before it is updated, because its old content is still "
                       "held by another attribute, a list or a variable");
    }
    Node& changed = graph.node(fusion.results.front().node);
    const Value result{in_place ? matrix.value().buffer : copy_of(matrix), 0,
                       strides_of_result(fusion, changed)};
    counters().donated += in_place ? 1 : 0;
    bind_inputs(graph, fusion, layout, step.arguments.data());
    step.arguments[static_cast<std::size_t>(layout.output(0))] =
        reinterpret_cast<std::uint64_t>(result.buffer->data());
    const BoundKernel kernel{fusion, layout, step.function, step.arguments, rewrite.operand};
    if (const auto found = run_on_region(kernel, region, outlook.needs_a_look())) {
        outlook.note_changed(*found);
    }
    ++counters().kernels;
    ++counters().rewritten;
    counters().fused += step.nodes.size();
    counters().touched += static_cast<std::uint64_t>(region.elements);
    changed.settle(result);
    return true;
}

}  // namespace monnto::cpu
