#include "binding.hpp"
#include "compiled_executor.hpp"
#include "cpu/emit/draw.hpp"
#include "cpu/emit/operation.hpp"
#include "cpu/llvm/library.hpp"
#include "description.hpp"
#include "events/rewrite.hpp"
#include "events/storage.hpp"
#include "launch.hpp"
#include "program/closing_fold.hpp"
#include "program/fold.hpp"
#include "program/hash.hpp"
#include "reference/kernels.hpp"
#include "reference/random.hpp"
#include "sparse/kernels.hpp"

#include <monnto/array/slowness.hpp>
#include <monnto/array/trace.hpp>

#include <algorithm>

namespace monnto::cpu {
namespace {

using kernel::Fusion;
using kernel::Layout;
using kernel::Recipe;

[[nodiscard]] std::uint64_t hash_of(std::span<const std::uint64_t> words) noexcept {
    kernel::Hash hash;
    std::ranges::for_each(words, [&hash](std::uint64_t word) { hash.add(word); });
    return hash.value();
}

/// Says that sums and dense products of large matrices of half numbers are slow (S26): kernels have
/// none.
void lament_halves(const Node& node) {
    constexpr std::ptrdiff_t large = 250'000;
    const auto is_large_half = [](const Node& each) {
        return is_half(each.dtype) && each.shape.product() >= large;
    };
    const bool computes = family_of(node.op) != OpFamily::leaf && node.op != Op::cast;
    if (computes && std::ranges::any_of(node.inputs().all(), [&](const NodeRef& input) {
            return is_large_half(*input);
        })) {
        SlownessScope::report(
            "a sum or product of a whole matrix of float16 or bfloat16 is computed with one "
            "operation "
            "after the other: it takes half the memory, but float32 is faster");
    }
}

[[nodiscard]] bool leaves_lanes(const Fusion& fusion) {
    return !fusion.folds.empty() && fusion.program.folds.front().along == kernel::Along::all;
}
/// What one fold of all elements leaves.
[[nodiscard]] std::size_t lane_bytes(const Fusion& fusion) {
    const std::ptrdiff_t blocks = (fusion.columns + kernel::fold_block - 1) / kernel::fold_block;
    return static_cast<std::size_t>(blocks * kernel::lanes) * 8;
}

}  // namespace

CompiledExecutor::CompiledExecutor(const Options& options)
    : options_(options), kernels_(options.width, options.kernels) {}

void CompiledExecutor::run(std::span<Node* const> nodes, std::span<Node* const> wanted) {
    // Letting go of the last input of a node may run code of the host, which may evaluate: a run
    // within a run has a graph of its own.
    std::unique_ptr<kernel::Graph> graph =
        spare_graph_ ? std::move(spare_graph_) : std::make_unique<kernel::Graph>();
    graph->assign(nodes, wanted);
    if (running_ == 0) {  // a run around this one relies on where things lie
        events::turn_matrices(*graph);
    }
    const RunningScope scope(running_);
    events::replayed_step() = 0;
    if (TraceScope::current() != nullptr) {
        name_windows(*graph);
    }
    // Held, because a run within this one may clear the recipes.
    const std::shared_ptr<Recipe> recipe = recipe_of(*graph);
    run_recipe(*graph, *recipe);
    spare_graph_ = std::move(graph);
}

void CompiledExecutor::run_recipe(const kernel::Graph& graph, Recipe& recipe) {
    const std::size_t kept_before = kept_.size();
    std::span<Step> left = recipe.steps;
    while (!left.empty()) {
        const std::span<Step> chain = left.first(left.front().chain);
        left = left.subspan(chain.size());
        if (TraceScope::current() != nullptr) {
            run_traced(graph, chain);
        } else {
            run_together(graph, chain);
        }
    }
    kept_.resize(kept_before);
}

void CompiledExecutor::run_together(const kernel::Graph& graph, std::span<Step> chain) {
    if (kernel::closes_with_fold(chain)) {
        run_closing_fold(graph, chain.front(), chain.back());
        return;
    }
    if (chain.size() > 1 && run_chain(graph, chain)) {
        return;
    }
    for (Step& step : chain) {
        run_step(graph, step);
    }
}

void CompiledExecutor::run_step(const kernel::Graph& graph, Step& step) {
    static_cast<void>(make_ready(step));
    run_alone(graph, step);
}

void CompiledExecutor::run_alone(const kernel::Graph& graph, Step& step) {
    if (step.rewrite && run_rewritten(graph, step)) {
        return;
    }
    if (step.function != nullptr) {
        run_kernel(graph, step);
    } else {
        run_interpreted(graph, step);
    }
}

std::shared_ptr<Recipe> CompiledExecutor::recipe_of(kernel::Graph& graph) {
    const std::span<const std::uint64_t> signature = graph.signature();
    const std::uint64_t hash = hash_of(signature);
    const auto [first, last] = recipes_.equal_range(hash);
    for (auto each = first; each != last; ++each) {
        if (std::ranges::equal(each->second->signature, signature)) {
            return each->second;
        }
    }
    // Graphs whose shapes differ each time (a selection of neurons) would pile up.
    constexpr std::size_t most_recipes = 2048;
    if (recipes_.size() >= most_recipes) {
        recipes_.clear();
    }
    auto recipe = std::make_shared<Recipe>(
        kernel::make_recipe(graph, {.can_compute = &emit::can_emit, .can_draw = &emit::can_draw}));
    events::find_rewrites(graph, *recipe);
    recipe->signature.assign(signature.begin(), signature.end());
    return recipes_.emplace(hash, std::move(recipe))->second;
}

bool CompiledExecutor::make_ready(Step& step) {
    if (step.function != nullptr || !step.fusion) {
        return step.function != nullptr;
    }
    const Fusion& fusion = *step.fusion;
    // The interpreter would lay turned matrices back, and products would ask for turning again.
    const bool at_once = work_of(fusion) >= options_.compile_above || fusion.is_turned;
    const CompiledKernel& compiled =
        kernels_.ask_for(fusion.program, at_once ? 1 : options_.compile_after);
    if (compiled.function == nullptr) {
        return false;
    }
    step.function = compiled.function;
    const Layout& layout = step.layout.emplace(fusion.program);
    step.arguments.assign(static_cast<std::size_t>(layout.size()), 0);
    for (void* host_function : compiled.host_functions) {
        step.arguments.push_back(reinterpret_cast<std::uint64_t>(host_function));
    }
    const auto word = [&step](int at) -> std::uint64_t& {
        return step.arguments[static_cast<std::size_t>(at)];
    };
    for (std::size_t k = 0; k < fusion.operands.size(); ++k) {
        const auto width = static_cast<std::ptrdiff_t>(size_of(fusion.operands[k].dtype));
        if (fusion.program.has_rows) {
            word(layout.input_row(k)) = static_cast<std::uint64_t>(fusion.operands[k].row * width);
        }
        if (fusion.program.inputs[k].step == kernel::Step::any) {
            word(layout.input_column(k)) =
                static_cast<std::uint64_t>(fusion.operands[k].column * width);
        }
        if (fusion.program.inputs[k].fetch != kernel::Fetch::none) {
            word(layout.input_ahead(k)) =
                static_cast<std::uint64_t>(fusion.operands[k].ahead * width);
        }
    }
    if (fusion.program.has_rows) {
        for (std::size_t k = 0; k < fusion.results.size(); ++k) {
            const std::size_t width = size_of(fusion.program.outputs[k].dtype);
            word(layout.output_row(k)) = static_cast<std::uint64_t>(fusion.columns) * width;
        }
        word(layout.columns()) = static_cast<std::uint64_t>(fusion.columns);
    }
    return true;
}

bool CompiledExecutor::can_take_over(const Step& step, std::uint32_t operand, const Node& source) {
    const Fusion& fusion = *step.fusion;  // NOLINT(bugprone-unchecked-optional-access)
    const Buffer& buffer = *source.value().buffer;
    const bool is_last_use = step.is_last_use.empty() ? source.ref_count() == fusion.uses[operand]
                                                      : step.is_last_use[operand] != 0;
    return is_last_use && buffer.ref_count() == 1 && buffer.is_writable() && !buffer.is_pinned() &&
           !buffer.is_foreign() && lies_like_results(fusion, source);
}

bool CompiledExecutor::lies_like_results(const Fusion& fusion, const Node& source) {
    return fusion.is_turned ? kernel::is_turned(source) : kernel::is_plain(source);
}

Strides CompiledExecutor::strides_of_result(const Fusion& fusion, const Node& node) {
    return fusion.is_turned ? turned_strides(node.shape) : contiguous_strides(node.shape);
}

Value CompiledExecutor::place_for(const kernel::Graph& graph, Step& step,
                                  const kernel::Result& result) {
    const Fusion& fusion = *step.fusion;  // NOLINT(bugprone-unchecked-optional-access)
    const Node& node = graph.node(result.node);
    for (const std::uint32_t donor : result.donors) {
        const Node& source = graph.at(fusion.operands[donor].source);
        if (step.taken[donor] == 0 && can_take_over(step, donor, source)) {
            step.taken[donor] = 1;
            ++counters().donated;
            return {source.value().buffer, 0, strides_of_result(fusion, node)};
        }
    }
    const auto size = static_cast<std::size_t>(node.shape.product());
    return {Buffer::allocate(size * size_of(node.dtype)), 0, strides_of_result(fusion, node)};
}

bool CompiledExecutor::bind(const kernel::Graph& graph, Step& step) {
    // Both are there once a step is ready.
    const Fusion& fusion = *step.fusion;  // NOLINT(bugprone-unchecked-optional-access)
    const Layout& layout = *step.layout;  // NOLINT(bugprone-unchecked-optional-access)
    std::uint64_t* words = step.arguments.data();
    tables_.resize(std::max(tables_.size(), fusion.draws.size()));
    for (std::size_t k = 0; k < fusion.draws.size(); ++k) {
        if (!bind_draw(graph.node(fusion.draws[k]), words + layout.draw(k), tables_[k])) {
            return false;
        }
    }
    bind_inputs(graph, fusion, layout, words);
    step.taken.assign(fusion.operands.size(), 0);
    step.results.clear();
    for (std::size_t k = 0; k < fusion.results.size(); ++k) {
        // A plan's results in place are settled from the start.
        const Node& node = graph.node(fusion.results[k].node);
        step.results.push_back(node.is_settled() ? node.value()
                                                 : place_for(graph, step, fusion.results[k]));
        words[layout.output(k)] = address(step.results.back().buffer->data());
    }
    for (std::size_t k = 0; k < fusion.folds.size(); ++k) {
        const Node& node = graph.node(fusion.folds[k]);
        const auto size = static_cast<std::size_t>(node.shape.product());
        step.results.push_back(node.is_settled()
                                   ? node.value()
                                   : Value{Buffer::allocate(size * size_of(node.dtype)), 0,
                                           contiguous_strides(node.shape)});
        words[layout.fold(k)] = address(step.results.back().buffer->data());
    }
    return true;
}

void CompiledExecutor::run_kernel(const kernel::Graph& graph, Step& step) {
    if (!bind(graph, step)) {
        run_interpreted(graph, step);
        return;
    }
    bind_partial(step);
    // NOLINTNEXTLINE(bugprone-unchecked-optional-access): it is bound
    cpu::run({*step.fusion, *step.layout, step.function, step.arguments});
    ++counters().kernels;
    counters().fused += step.nodes.size();
    join_partial(step);
    settle_results(graph, step);  // last, because it may run code of the host
}

void CompiledExecutor::bind_partial(Step& step) {
    const Fusion& fusion = *step.fusion;  // NOLINT(bugprone-unchecked-optional-access)
    if (!leaves_lanes(fusion)) {
        return;
    }
    const std::size_t bytes = lane_bytes(fusion);
    partial_.resize(std::max(partial_.size(), bytes * fusion.folds.size()));
    for (std::size_t k = 0; k < fusion.folds.size(); ++k) {
        // NOLINTNEXTLINE(bugprone-unchecked-optional-access): it is bound
        const auto at = static_cast<std::size_t>(step.layout->fold(k));
        step.arguments[at] = address(partial_.data() + k * bytes);
    }
}

void CompiledExecutor::join_partial(const Step& step) const {
    const Fusion& fusion = *step.fusion;  // NOLINT(bugprone-unchecked-optional-access)
    for (std::size_t k = 0; leaves_lanes(fusion) && k < fusion.folds.size(); ++k) {
        const kernel::Fold& fold = fusion.program.folds[k];
        kernel::join_folds(fold.op, fold.dtype, partial_.data() + k * lane_bytes(fusion),
                           fusion.columns, step.results[fusion.results.size() + k].buffer->data());
    }
}

void settle_results(const kernel::Graph& graph, Recipe::Step& step) {
    const Fusion& fusion = *step.fusion;  // NOLINT(bugprone-unchecked-optional-access)
    std::vector<Value> results = std::move(step.results);  // a run within this run has its own
    for (std::size_t k = 0; k < fusion.results.size(); ++k) {
        graph.node(fusion.results[k].node).settle(std::move(results[k]));
    }
    for (std::size_t k = 0; k < fusion.folds.size(); ++k) {
        graph.node(fusion.folds[k]).settle(std::move(results[fusion.results.size() + k]));
    }
    results.clear();
    step.results = std::move(results);
}

void CompiledExecutor::run_interpreted(const kernel::Graph& graph, const Step& step) {
    counters().interpreted += step.nodes.size();
    for (const std::uint32_t node : step.nodes) {
        lament_halves(graph.node(node));
        // Numbers and windows may have been met before; what a plan left in place is written anew.
        if (!graph.node(node).is_settled() || graph.node(node).is_changing()) {
            interpret(graph.node(node));
        }
    }
}

void CompiledExecutor::interpret(Node& node) {
    // Numbers and windows, which kernels see through, are settled where the interpreter meets them.
    const bool draws_its_mask = node.op == Op::random && reference::draws_its_mask(node);
    for (const NodeRef& input : node.inputs().all()) {
        if (!input->is_settled() && !draws_its_mask) {
            interpret(*input);  // a window, then perhaps the number behind it: no deeper
        }
    }
    if (node.op == Op::view || node.op == Op::reshape) {
        kept_.push_back(node.inputs()[0]);  // kernels that come later read what is behind it
    }
    node.settle(family_of(node.op) == OpFamily::sparse ? sparse::evaluate(node)
                                                       : reference::evaluate_node(node));
}

std::shared_ptr<Executor> make_compiled_executor() {
    const CompiledExecutor::Options options;
    // Without vectors of 256 bits there is no fused multiply-add, which our polynomials need.
    const bool has_vectors = options.width != Processor::baseline;
    return has_vectors && llvm::library() != nullptr ? std::make_shared<CompiledExecutor>(options)
                                                     : nullptr;
}

}  // namespace monnto::cpu
