#include "binding.hpp"
#include "compiled_executor.hpp"
#include "events/gathered_sum.hpp"
#include "events/outlook.hpp"
#include "events/placement.hpp"
#include "events/product.hpp"
#include "events/region_finder.hpp"
#include "events/rewrite.hpp"
#include "events/words.hpp"
#include "region_run.hpp"
#include "row_log.hpp"
#include "team.hpp"

#include <monnto/base/error.hpp>

#include <algorithm>
#include <cstring>

// Steps that events make smaller (D5). What is refused here runs as if there were no rewrite.
namespace monnto::cpu {
namespace {

[[nodiscard]] const std::byte* place(std::uint64_t word) noexcept {
    return reinterpret_cast<const std::byte*>(word);  // NOLINT(performance-no-int-to-ptr)
}

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

/// The log of a matrix that is updated in place.
[[nodiscard]] RowLog& log_of(Buffer& buffer, const kernel::Fusion& fusion, std::size_t width) {
    RowLog* log = RowLog::of(buffer);
    if (log == nullptr || !log->fits(fusion.rows, fusion.columns, width)) {
        static_cast<void>(buffer.data());
        buffer.keep_changes(std::make_unique<RowLog>(fusion.rows, fusion.columns, width));
        log = RowLog::of(buffer);
    }
    return *log;
}

/// Updates the region's rows now and its columns later.
void run_rows_first(const BoundKernel& kernel, const events::Region& region,
                    const RowLog::Masks& masks, Buffer& buffer) {
    const std::size_t width = size_of(kernel.fusion.program.outputs.front().dtype);
    RowLog& log = log_of(buffer, kernel.fusion, width);
    if (region.shape == events::Region::Shape::cross) {
        static thread_local events::Region rows;
        rows.shape = events::Region::Shape::rows;
        rows.rows = region.rows;
        rows.elements = 1;
        log.catch_up(buffer.memory(), region.rows);
        static_cast<void>(run_on_region(kernel, rows, false));
    }
    log.append(kernel, region, masks);
    buffer.set_behind(log.pending() > 0);
    if (log.is_full()) {
        static_cast<void>(buffer.data());
    }
}

/// Makes what is pending for the elements that a kernel is about to change.
void catch_up(const kernel::Fusion& fusion, const events::Region& region, const Buffer& buffer) {
    const bool changes_rows =
        region.shape == events::Region::Shape::rows ||
        (region.shape == events::Region::Shape::pairs && !region.has_all_rows);
    if (changes_rows) {
        static_cast<void>(events::with_rows(buffer, {fusion.columns}, region.rows));
    } else {
        static_cast<void>(buffer.data());
    }
}

void lament_copy(events::Rewrite& rewrite, const Node& matrix) {
    rewrite.lament(matrix.shape.product(),
                   "a matrix is copied before it is updated, because its old content is still "
                   "held by another attribute, a list or a variable");
    rewrite.tell([&] { return rewrite.outcome + "; " + events::copied_first(matrix); });
}

/// As the script sees the matrix, whichever way it lies.
void tell_of_waiting(events::Rewrite& rewrite, const kernel::Fusion& fusion) {
    rewrite.tell([&] {
        return rewrite.outcome + (fusion.is_turned ? "; rows wait until a column is read"
                                                   : "; columns wait until a row is read");
    });
}

/// Of an update that nobody has tried to make smaller.
void refuse_unseen(const kernel::Graph& graph, const kernel::Fusion& fusion,
                   events::Rewrite& rewrite) {
    if (rewrite.can_restrict) {
        rewrite.refuse(graph.at(rewrite.matrix));  // whether rightly is found out later
        rewrite.tell([] { return "plain: not compiled yet"; });
    } else if (fusion.rows > 1 && fusion.columns > 1) {
        rewrite.tell([] { return "plain: a new matrix, not an update of one"; });
    }
}

}  // namespace

/// Finds the bits of matrices beside the changed one, of which a log keeps nothing else; whether
/// it has them all.
bool CompiledExecutor::find_masks(const BoundKernel& kernel, const events::Outlook& outlook) {
    const kernel::Fusion& fusion = kernel.fusion;
    masks_.assign(fusion.operands.size(), nullptr);
    for (std::uint32_t k = 0; k < fusion.operands.size(); ++k) {
        const kernel::Operand& operand = fusion.operands[k];
        if (k == kernel.matrix || operand.row == 0 || operand.column == 0) {
            continue;
        }
        const std::uint64_t number = outlook.known_mask_at(k);
        if (number == 0) {
            return false;
        }
        const auto at = static_cast<std::size_t>(kernel.layout.input(k));
        masks_[k] = mask_shelf_.find(
            number, {place(kernel.words[at]), size_of(operand.dtype), fusion.rows, fusion.columns,
                     operand.row, operand.column, fusion.is_turned});
        if (masks_[k] == nullptr) {
            return false;
        }
    }
    return true;
}

bool CompiledExecutor::can_postpone(const events::Region& region, const Buffer& buffer,
                                    const BoundKernel& kernel, const events::Outlook& outlook) {
    const bool crosses = region.shape == events::Region::Shape::cross ||
                         (region.shape == events::Region::Shape::pairs && region.has_all_rows);
    if (!crosses || region.columns.empty() || buffer.bytes() < options_.postpone_above) {
        return false;
    }
    RowLog* log = RowLog::of(buffer);
    return (log == nullptr || log->is_patient()) && find_masks(kernel, outlook);
}

bool CompiledExecutor::run_rewritten(const kernel::Graph& graph, Step& step) {
    switch (step.rewrite->kind) {
        case events::Rewrite::Kind::product:
            return run_event_product(graph, step);
        case events::Rewrite::Kind::sum:
            run_gathered_sum(graph, step);
            return true;
        case events::Rewrite::Kind::placement:
            return run_placement(graph, step);
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
    // The gather itself never is settled.
    settle_inputs(sum.op == Op::picked_sum ? sum : *sum.inputs()[0]);
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

bool CompiledExecutor::run_placement(const kernel::Graph& graph, Step& step) {
    Node& node = graph.node(step.nodes.front());
    settle_inputs(node);
    if (!events::can_place(node)) {
        return false;
    }
    const Node& matrix = *node.inputs()[0];
    const Buffer& buffer = *matrix.value().buffer;
    const bool is_last_use =
        step.is_last_use.empty() ? matrix.ref_count() == 1 : step.is_last_use.front() != 0;
    const bool in_place = is_last_use && buffer.ref_count() == 1 && buffer.is_writable() &&
                          !buffer.is_pinned() && !buffer.is_foreign();
    const Value result{in_place ? matrix.value().buffer : copy_of(matrix), 0,
                       matrix.value().strides};
    counters().donated += in_place ? 1 : 0;
    counters().interpreted += step.nodes.size();
    events::place(node, result, *step.rewrite, in_place);
    node.settle(result);
    return true;
}

/// Of the operands that the result may take over one that nobody holds: `W`, not `enabled`, in
/// `W += x[:, None] * spike[None, :] * enabled`. Where several could be it, the next one if events
/// made nothing of the last.
void CompiledExecutor::choose_matrix(const kernel::Graph& graph, const Step& step) {
    const kernel::Fusion& fusion = *step.fusion;  // NOLINT(bugprone-unchecked-optional-access)
    events::Rewrite& rewrite = *step.rewrite;
    const std::vector<std::uint32_t>& candidates = rewrite.candidates;
    const auto last = std::ranges::find(candidates, rewrite.operand) - candidates.begin();
    const auto first = static_cast<std::size_t>(last) + (rewrite.is_refused ? 1 : 0);
    for (std::size_t k = 0; candidates.size() > 1 && k < candidates.size(); ++k) {
        const std::uint32_t each = candidates[(first + k) % candidates.size()];
        if (can_take_over(step, each, graph.at(fusion.operands[each].source))) {
            if (each != rewrite.operand) {
                rewrite.take_matrix(graph, fusion, each);
            }
            return;
        }
    }
}

bool CompiledExecutor::run_restricted(const kernel::Graph& graph, Step& step) {
    const kernel::Fusion& fusion = *step.fusion;  // NOLINT(bugprone-unchecked-optional-access)
    events::Rewrite& rewrite = *step.rewrite;
    choose_matrix(graph, step);
    events::Outlook outlook(graph, fusion, rewrite);
    outlook.note_results();
    if (!rewrite.can_restrict || step.function == nullptr) {
        refuse_unseen(graph, fusion, rewrite);
        return false;
    }
    const Node& matrix = graph.at(rewrite.matrix);
    static thread_local events::Region region;
    rewrite.tell([&] {
        return "plain: the result lies in memory in another way than " +
               events::called(matrix, "the matrix");
    });
    rewrite.is_refused =
        !lies_like_results(fusion, matrix) || !events::RegionFinder(outlook, rewrite).find(region);
    if (rewrite.is_refused) {
        return false;
    }
    const kernel::Layout& layout = *step.layout;  // NOLINT(bugprone-unchecked-optional-access)
    const bool in_place = can_take_over(step, rewrite.operand, matrix);
    if (!in_place) {
        lament_copy(rewrite, matrix);
    }
    Node& changed = graph.node(fusion.results.front().node);
    const Value result{in_place ? matrix.value().buffer : copy_of(matrix), 0,
                       strides_of_result(fusion, changed)};
    counters().donated += in_place ? 1 : 0;
    bind_inputs(graph, fusion, layout, step.arguments.data(), rewrite.operand);
    Buffer& buffer = *result.buffer;
    step.arguments[static_cast<std::size_t>(layout.output(0))] =
        reinterpret_cast<std::uint64_t>(buffer.memory());
    const BoundKernel kernel{fusion, layout, step.function, step.arguments, rewrite.operand};
    const bool can_wait = in_place && can_postpone(region, buffer, kernel, outlook);
    // Columns that wait cannot be looked at. Elsewhere the whole is looked at once its parts have
    // cost as much.
    const bool can_look_at_all = can_wait || rewrite.looked_at > matrix.shape.product();
    const bool looks = region.elements != 0 && outlook.needs_a_look() &&
                       !(can_look_at_all && outlook.look_again());
    rewrite.looked_at += looks ? region.elements : 0;
    if (region.elements == 0) {
        outlook.note_unchanged();
    } else if (can_wait && !looks) {
        run_rows_first(kernel, region, masks_, buffer);
        tell_of_waiting(rewrite, fusion);
    } else {
        catch_up(fusion, region, *matrix.value().buffer);
        if (const auto found = run_on_region(kernel, region, looks)) {
            outlook.note_changed(*found);
        }
    }
    ++counters().kernels;
    ++counters().rewritten;
    counters().fused += step.nodes.size();
    counters().touched += static_cast<std::uint64_t>(region.elements);
    changed.settle(result);
    return true;
}

}  // namespace monnto::cpu
