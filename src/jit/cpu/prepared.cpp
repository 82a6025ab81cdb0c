// Graphs that run again and again: what plans replay.
#include "batch.hpp"
#include "compiled_executor.hpp"
#include "events/rewrite.hpp"

#include <monnto/array/trace.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <span>
#include <unordered_map>
#include <variant>

namespace monnto::cpu {

using kernel::Recipe;
using kernel::Source;

/// A graph with its recipe, found once. Results that live on are left where the values are that
/// they replace, so that most kernels always get the same arguments.
class CompiledExecutor::Prepared final : public PreparedRun {
public:
    Prepared(CompiledExecutor& executor, std::span<Node* const> nodes,
             std::span<Node* const> wanted, std::span<Carried> carried)
        : executor_(executor) {
        graph_.assign(nodes, wanted);
        recipe_ = *executor_.recipe_of(graph_);
        last_use_ = kernel::mark_last_uses(graph_, recipe_);
        for (Step& step : recipe_.steps) {
            // It will come again: there is no reason to wait with compiling.
            for (std::uint64_t k = 0; k < executor_.options_.compile_after; ++k) {
                static_cast<void>(executor_.make_ready(step));
            }
            reserve_results(step);
        }
        keep_in_place(carried);
        make_items(carried);
        find_open_nodes();
        stock_shelves();
        for (const Step& each : recipe_.steps) {
            if (each.rewrite && each.rewrite->has_matrix()) {
                matrices_.push_back(&graph_.at(each.rewrite->matrix));
            }
        }
    }

    [[nodiscard]] std::span<Node* const> settles() const noexcept override { return open_; }
    [[nodiscard]] bool is_worn() const noexcept override {
        return std::ranges::any_of(matrices_, [](const Node* matrix) {
            return matrix->facts != nullptr && matrix->facts->wants_turning;
        });
    }

    void run(std::uint64_t step) override {
        for (Node* draw : draws_) {
            draw->set_step(step);
        }
        const RunningScope scope(executor_.running_);
        const bool is_traced = TraceScope::current() != nullptr;
        const std::size_t kept_before = executor_.kept_.size();
        for (Item& item : items_) {
            if (auto* steps = std::get_if<std::span<Step>>(&item)) {
                is_traced ? executor_.run_traced(graph_, *steps)
                          : executor_.run_together(graph_, *steps);
            } else {
                auto& batch = std::get<Batch>(item);
                is_traced ? run_traced(batch, step) : batch.run(step);
            }
        }
        executor_.kept_.resize(kept_before);
    }

private:
    using Item = std::variant<std::span<Step>, Batch>;  // steps of a chain, or a single one

    /// So that the first run asks for no memory either.
    static void reserve_results(Step& step) {
        if (step.fusion) {
            step.taken.reserve(step.fusion->operands.size());
            step.results.reserve(step.fusion->results.size() + step.fusion->folds.size());
        }
    }

    /// Leaves a block for each small result on the shelves of kept blocks.
    void stock_shelves() const {
        constexpr std::size_t small = 64 << 10;
        std::vector<Ref<Buffer>> blocks;
        for (const Node* node : open_) {
            const std::size_t bytes =
                static_cast<std::size_t>(node->shape.product()) * size_of(node->dtype);
            if (bytes > 0 && bytes <= small) {
                blocks.push_back(Buffer::allocate(bytes));
            }
        }
    }

    /// Gives results that replace what is dead by then, or what the same kernel reads at the same
    /// element, its memory for ever.
    void keep_in_place(std::span<Carried> carried) {
        std::unordered_map<const Node*, std::pair<std::size_t, const kernel::Result*>> writers;
        for (std::size_t i = 0; i < recipe_.steps.size(); ++i) {
            // Updates of matrices take over what they change, with what is known about it.
            const Step& step = recipe_.steps[i];
            if (step.function != nullptr && step.fusion && !step.rewrite) {
                for (const kernel::Result& result : step.fusion->results) {
                    writers.try_emplace(&graph_.node(result.node), i, &result);
                }
            }
        }
        for (Carried& each : carried) {
            const auto writer = writers.find(each.source);
            if (writer == writers.end() || each.source->is_settled() ||
                !can_stay(each, writer->second.first, *writer->second.second)) {
                continue;
            }
            each.is_in_place = true;
            each.source->settle(each.value);
            each.source->set_changing(true);
            if (each.leaf != nullptr) {
                each.leaf->set_changing(true);
            }
        }
    }

    [[nodiscard]] bool can_stay(const Carried& each, std::size_t step,
                                const kernel::Result& result) const {
        // The state's own node, the leaf, and `carried`; anybody else sees the same bytes.
        const std::uint32_t holders = each.leaf == nullptr ? 2 : 3;
        const Value& value = each.value;
        const auto bytes =
            static_cast<std::size_t>(each.source->shape.product()) * size_of(each.source->dtype);
        if (value.buffer->ref_count() != holders || !value.buffer->is_writable() ||
            value.buffer->bytes() < bytes || !is_contiguous(each.source->shape, value.strides)) {
            return false;
        }
        if (each.leaf == nullptr) {
            return true;
        }
        for (std::size_t i = 0; i < graph_.leaf_count(); ++i) {
            if (&graph_.leaf(i) == each.leaf) {
                return is_over(Source::leaf(i), step, result);
            }
        }
        return true;
    }

    /// Whether nobody reads the source once that result is written.
    [[nodiscard]] bool is_over(Source source, std::size_t step,
                               const kernel::Result& result) const {
        const std::size_t last = last_use_.at(source.code());
        if (graph_.is_held(source) || last > step) {
            return false;
        }
        return last < step ||
               std::ranges::any_of(
                   result.donors,
                   [&](std::uint32_t donor) {
                       return recipe_.steps[step].fusion->operands[donor].source == source;
                   });
    }

    void make_items(std::span<const Carried> carried) {
        std::set<const Node*> moves;
        for (const Carried& each : carried) {
            if (!each.is_in_place && each.leaf != nullptr) {
                moves.insert(each.leaf);
            }
        }
        std::span<Step> left = recipe_.steps;
        while (!left.empty()) {
            const std::span<Step> chain = left.first(left.front().chain);
            left = left.subspan(chain.size());
            const Step& step = chain.front();
            const bool stays = Batch::can_take(graph_, step, moves);
            Batch fresh;
            auto* open = items_.empty() ? nullptr : std::get_if<Batch>(&items_.back());
            if (stays && open != nullptr && open->add(graph_, step)) {
                continue;
            }
            if (stays && fresh.add(graph_, step)) {
                items_.emplace_back(std::move(fresh));
                continue;
            }
            items_.emplace_back(chain);
        }
        for (Item& item : items_) {
            if (auto* batch = std::get_if<Batch>(&item)) {
                batch->join(executor_.kernels_);
            }
        }
    }

    /// Batches settle nothing. Other steps settle their nodes and what no step computes, numbers
    /// and windows.
    void find_open_nodes() {
        std::vector<char> is_open(graph_.size(), 1);
        std::set<const Step*> others;
        for (const Item& item : items_) {
            if (const auto* steps = std::get_if<std::span<Step>>(&item)) {
                for (const Step& step : *steps) {
                    others.insert(&step);
                }
            }
        }
        if (others.empty()) {
            return;
        }
        for (const Step& step : recipe_.steps) {
            for (const std::uint32_t node : step.nodes) {
                is_open[node] = others.contains(&step) ? 1 : 0;
            }
        }
        for (std::size_t i = 0; i < graph_.size(); ++i) {
            Node& node = graph_.node(i);
            if (is_open[i] != 0 && node.op == Op::random) {
                draws_.push_back(&node);  // also where its result stays in place
            }
            if (is_open[i] != 0 && !node.is_settled()) {
                open_.push_back(&node);
            }
        }
    }

    static void run_traced(Batch& batch, std::uint64_t step) {
        StepReport report;
        report.groups = batch.size();
        report.operations = batch.first().operations;
        report.elements = batch.elements();
        report.bytes = batch.bytes();
        report.kernel = fmt::format("{:016x}", batch.kernel());
        const auto start = std::chrono::steady_clock::now();
        batch.run(step);
        report.seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        TraceScope::current()->push_back(std::move(report));
    }

    CompiledExecutor& executor_;
    kernel::Graph graph_;
    Recipe recipe_;
    std::map<int, std::size_t> last_use_;
    std::vector<Item> items_;
    std::vector<Node*> open_;            // what other items settle
    std::vector<Node*> draws_;           // of other items
    std::vector<const Node*> matrices_;  // that events make updates and products of smaller
};

std::unique_ptr<PreparedRun> CompiledExecutor::prepare(std::span<Node* const> nodes,
                                                       std::span<Node* const> wanted,
                                                       std::span<Carried> carried) {
    return std::make_unique<Prepared>(*this, nodes, wanted, carried);
}

}  // namespace monnto::cpu
