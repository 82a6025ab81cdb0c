// Graphs that run again and again: what plans replay.
#include "batch.hpp"
#include "compiled_executor.hpp"
#include "description.hpp"
#include "equal_steps.hpp"
#include "events/rewrite.hpp"
#include "events/storage.hpp"
#include "number_step.hpp"

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
        if (executor_.running_ == 0) {
            events::turn_matrices(graph_);
        }
        recipe_ = *executor_.recipe_of(graph_);
        for (Step& step : recipe_.steps) {
            // It will come again: there is no reason to wait with compiling.
            for (std::uint64_t k = 0; k < executor_.options_.compile_after; ++k) {
                static_cast<void>(executor_.make_ready(step));
            }
            reserve_results(step);
        }
        bring_equal_steps_together(graph_, recipe_, carried);
        last_use_ = kernel::mark_last_uses(graph_, recipe_);
        keep_in_place(carried);
        keep_between();
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
        events::replayed_step() = step;
        const bool is_traced = TraceScope::current() != nullptr;
        if (is_traced) {
            name_windows(graph_);
        }
        const std::size_t kept_before = executor_.kept_.size();
        for (Item& item : items_) {
            if (auto* steps = std::get_if<std::span<Step>>(&item)) {
                is_traced ? executor_.run_traced(graph_, *steps)
                          : executor_.run_together(graph_, *steps);
            } else if (const auto* number = std::get_if<NumberStep>(&item)) {
                number->run();
            } else {
                auto& batch = std::get<Batch>(item);
                is_traced ? run_traced(batch, step) : batch.run(step);
            }
        }
        executor_.kept_.resize(kept_before);
    }

private:
    /// Steps of a chain, or a single one; others whose arguments stay.
    using Item = std::variant<std::span<Step>, Batch, NumberStep>;

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
        const std::unordered_map<const Node*, Writer> writers = find_writers();
        for (Carried& each : carried) {
            const auto writer = writers.find(each.source);
            if (writer != writers.end() && !each.source->is_settled() &&
                can_stay(each, writer->second)) {
                leave_in_place(each);
            }
        }
        // Once it is known which leaves stay: a number is written only by a step of its own.
        const std::set<const Node*> moves = moving(carried);
        for (std::size_t i = 0; i < recipe_.steps.size(); ++i) {
            if (!NumberStep::can_take(graph_, recipe_.steps[i], moves)) {
                continue;
            }
            const Node& number = graph_.node(recipe_.steps[i].nodes.front());
            const auto each = std::ranges::find(carried, &number, &Carried::source);
            if (each != carried.end() && each->leaf == nullptr && !number.is_settled() &&
                can_stay(*each, {i, nullptr})) {
                leave_in_place(*each);
                NumberStep::settle_constants(graph_, recipe_.steps[i]);
                numbers_.insert(&recipe_.steps[i]);
            }
        }
    }

    /// Gives small results that only steps of this graph read a place for ever, so that kernels
    /// always get the same arguments.
    void keep_between() {
        for (const Step& step : recipe_.steps) {
            const std::uint32_t first = step.nodes.front();
            if (step.fusion && step.function != nullptr && !step.rewrite && step.chain == 1 &&
                !step.fusion->is_turned) {
                for (const kernel::Result& result : step.fusion->results) {
                    keep_between(result.node);
                }
            } else if (step.nodes.size() == 1 && is_given_a_place(graph_.node(first))) {
                keep_between(first);
            }
        }
    }

    /// Vectors that the interpreter makes of products and draws.
    [[nodiscard]] static bool is_given_a_place(const Node& node) {
        return node.shape.size() == 1 && (node.op == Op::matmul || node.op == Op::random);
    }

    void keep_between(std::uint32_t at) {
        constexpr std::size_t small = 64 << 10;
        Node& node = graph_.node(at);
        const std::size_t bytes =
            static_cast<std::size_t>(node.shape.product()) * size_of(node.dtype);
        if (node.is_settled() || graph_.is_wanted(at) || bytes > small) {
            return;
        }
        // Held here, so that no result is written over it.
        places_.push_back(Buffer::allocate(bytes));
        node.settle({places_.back(), 0, contiguous_strides(node.shape)});
        node.set_changing(true);
    }

    static void leave_in_place(Carried& each) {
        each.is_in_place = true;
        each.source->settle(each.value);
        each.source->set_changing(true);
        if (each.leaf != nullptr) {
            each.leaf->set_changing(true);
        }
    }

    /// The step that writes a result, and the result where a kernel may write it over an operand.
    struct Writer {
        std::size_t step = 0;
        const kernel::Result* result = nullptr;
    };

    [[nodiscard]] std::unordered_map<const Node*, Writer> find_writers() const {
        std::unordered_map<const Node*, Writer> writers;
        for (std::size_t i = 0; i < recipe_.steps.size(); ++i) {
            // Updates of matrices take over what they change, with what is known about it.
            const Step& step = recipe_.steps[i];
            if (step.function == nullptr || !step.fusion || step.rewrite) {
                continue;
            }
            for (const kernel::Result& result : step.fusion->results) {
                writers.try_emplace(&graph_.node(result.node), Writer{i, &result});
            }
            for (const std::uint32_t fold : step.fusion->folds) {
                writers.try_emplace(&graph_.node(fold), Writer{i, nullptr});
            }
        }
        return writers;
    }

    /// Leaves whose elements lie elsewhere in each run.
    [[nodiscard]] static std::set<const Node*> moving(std::span<const Carried> carried) {
        std::set<const Node*> moves;
        for (const Carried& each : carried) {
            if (!each.is_in_place && each.leaf != nullptr) {
                moves.insert(each.leaf);
            }
        }
        return moves;
    }

    [[nodiscard]] bool can_stay(const Carried& each, Writer writer) const {
        // The state's own node, the leaf, and `carried`; anybody else sees the same bytes.
        const std::uint32_t holders = each.leaf == nullptr ? 2 : 3;
        const Value& value = each.value;
        const auto bytes =
            static_cast<std::size_t>(each.source->shape.product()) * size_of(each.source->dtype);
        if (value.buffer->ref_count() > holders || !value.buffer->is_writable() ||
            value.buffer->bytes() < bytes || !is_contiguous(each.source->shape, value.strides)) {
            return false;
        }
        if (each.leaf == nullptr) {
            return true;
        }
        for (std::size_t i = 0; i < graph_.leaf_count(); ++i) {
            if (&graph_.leaf(i) == each.leaf) {
                return is_over(Source::leaf(i), writer);
            }
        }
        return true;
    }

    /// Whether nobody reads the source once that result is written.
    [[nodiscard]] bool is_over(Source source, Writer writer) const {
        const std::size_t last = last_use_.at(source);
        if (graph_.is_held(source) || last > writer.step) {
            return false;
        }
        return last < writer.step ||
               (writer.result != nullptr &&
                std::ranges::any_of(
                    writer.result->donors,
                    [&](std::uint32_t donor) {
                        return recipe_.steps[writer.step].fusion->operands[donor].source == source;
                    }));
    }

    void make_items(std::span<const Carried> carried) {
        const std::set<const Node*> moves = moving(carried);
        std::span<Step> left = recipe_.steps;
        while (!left.empty()) {
            const std::span<Step> chain = left.first(left.front().chain);
            left = left.subspan(chain.size());
            const Step& step = chain.front();
            if (numbers_.contains(&step)) {
                items_.emplace_back(NumberStep(graph_, step));
                continue;
            }
            if (is_done(step)) {
                continue;
            }
            const bool stays = chain.size() == 1 && Batch::can_take(graph_, step, moves);
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

    /// Whether it only stands for constants that are settled.
    [[nodiscard]] bool is_done(const Step& step) const {
        return !step.fusion && std::ranges::all_of(step.nodes, [this](std::uint32_t node) {
            return graph_.node(node).op == Op::constant && graph_.node(node).is_settled();
        });
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
        report.origins = origins_of(batch.results());
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
    kernel::LastReaders last_use_;
    std::vector<Ref<Buffer>> places_;  // of vectors between steps
    std::vector<Item> items_;
    std::set<const Step*> numbers_;      // steps on single numbers whose results stay
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
