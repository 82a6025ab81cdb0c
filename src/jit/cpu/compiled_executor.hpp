#pragma once

#include "cpu/kernel_cache.hpp"
#include "cpu/mask_bits.hpp"
#include "math/rare_draws.hpp"
#include "program/recipe.hpp"

#include <monnto/array/executor.hpp>

#include <memory>
#include <unordered_map>
#include <vector>

namespace monnto::events {
class Outlook;
struct Region;
}  // namespace monnto::events

namespace monnto::cpu {

struct BoundKernel;
struct SynapseRegion;

/// Compiles what comes again or is large, interprets the rest: the same bits either way (S16).
class CompiledExecutor final : public Executor {
public:
    struct Options {
        Processor width = this_processor();
        /// How often a kernel is asked for before it is compiled.
        std::uint64_t compile_after = 2;
        /// Elements times operations from which on compiling pays even for a single evaluation.
        std::uint64_t compile_above = 20'000'000;
        /// Where kernels are kept for later processes; nowhere if empty.
        std::string kernels = kernel_folder();
        /// Bytes of a matrix from which on updates across its rows wait until a row is read: below
        /// it stays in the second-level cache, and picking columns is as fast.
        std::size_t postpone_above = 1U << 20U;
    };
    explicit CompiledExecutor(const Options& options);

    [[nodiscard]] std::string_view name() const noexcept override { return "llvm"; }
    void run(std::span<Node* const> nodes, std::span<Node* const> wanted) override;

    [[nodiscard]] std::unique_ptr<PreparedRun> prepare(std::span<Node* const> nodes,
                                                       std::span<Node* const> wanted,
                                                       std::span<Carried> carried) override;

    [[nodiscard]] KernelCache& kernels() noexcept { return kernels_; }

private:
    class Prepared;  // prepared.cpp
    using Step = kernel::Recipe::Step;

    [[nodiscard]] std::shared_ptr<kernel::Recipe> recipe_of(kernel::Graph& graph);
    void run_recipe(const kernel::Graph& graph, kernel::Recipe& recipe);
    void run_step(const kernel::Graph& graph, Step& step);
    /// A step whose kernel has been asked for.
    void run_alone(const kernel::Graph& graph, Step& step);
    /// Steps that go through a matrix together, or a single one.
    void run_together(const kernel::Graph& graph, std::span<Step> chain);
    [[nodiscard]] bool run_chain(const kernel::Graph& graph, std::span<Step> chain);
    void run_closing_fold(const kernel::Graph& graph, Step& maker, Step& fold);
    void run_traced(const kernel::Graph& graph, std::span<Step> chain);
    [[nodiscard]] bool make_ready(Step& step);
    void run_kernel(const kernel::Graph& graph, Step& step);
    /// Fills in the arguments of a kernel, with places for its results; false where it has to be
    /// interpreted.
    [[nodiscard]] bool bind(const kernel::Graph& graph, Step& step);
    /// Folds of all elements leave their lanes in `partial_`: before and after the kernel runs.
    void bind_partial(Step& step);
    void join_partial(const Step& step) const;
    /// Whether events made the step so small that it is done (run_rewritten.cpp).
    [[nodiscard]] bool run_rewritten(const kernel::Graph& graph, Step& step);
    [[nodiscard]] bool run_event_product(const kernel::Graph& graph, Step& step);
    [[nodiscard]] bool run_placement(const kernel::Graph& graph, Step& step);
    void run_gathered_sum(const kernel::Graph& graph, Step& step);
    void settle_inputs(const Node& node);
    /// In run_synapse_update.cpp; settles the spread operands where it refuses.
    [[nodiscard]] bool run_synapse_update(const kernel::Graph& graph, Step& step);
    static void choose_matrix(const kernel::Graph& graph, const Step& step);
    [[nodiscard]] bool run_restricted(const kernel::Graph& graph, Step& step);
    [[nodiscard]] bool can_postpone(const events::Region& region, const Buffer& buffer,
                                    const BoundKernel& kernel, const events::Outlook& outlook);
    [[nodiscard]] bool find_masks(const BoundKernel& kernel, const events::Outlook& outlook);
    [[nodiscard]] bool can_postpone(const kernel::Graph& graph, const Step& step,
                                    const SynapseRegion& region, const Buffer& buffer) const;
    void run_interpreted(const kernel::Graph& graph, const Step& step);
    void interpret(Node& node);
    /// Whether a result of the step may be written over what that operand reads: nobody else holds
    /// it any more.
    [[nodiscard]] static bool can_take_over(const Step& step, std::uint32_t operand,
                                            const Node& source);
    [[nodiscard]] static bool lies_like_results(const kernel::Fusion& fusion, const Node& source);
    [[nodiscard]] static Strides strides_of_result(const kernel::Fusion& fusion, const Node& node);
    [[nodiscard]] static Value place_for(const kernel::Graph& graph, Step& step,
                                         const kernel::Result& result);

    /// Runs within runs are told by it.
    class RunningScope {
    public:
        explicit RunningScope(int& running) noexcept : running_(running) { ++running_; }
        RunningScope(const RunningScope&) = delete;
        RunningScope& operator=(const RunningScope&) = delete;
        ~RunningScope() { --running_; }

    private:
        int& running_;
    };

    Options options_;
    KernelCache kernels_;
    std::unique_ptr<kernel::Graph> spare_graph_;
    std::unordered_multimap<std::uint64_t, std::shared_ptr<kernel::Recipe>> recipes_;
    std::vector<NodeRef> kept_;      // until the end of the run
    std::vector<Ref<Buffer>> held_;  // until the end of a chain
    std::vector<lane::PoissonTable> tables_;
    MaskShelf mask_shelf_;
    std::vector<std::shared_ptr<const MaskBits>> masks_;  // per operand, of the update in progress
    std::vector<std::byte> partial_;                      // what folds leave
    int running_ = 0;                                     // runs within runs
};

/// Outputs first, then folds, as they stand in `step.results`.
void settle_results(const kernel::Graph& graph, kernel::Recipe::Step& step);

/// The executor of this machine: compiling where LLVM and vectors are there, else null.
[[nodiscard]] std::shared_ptr<Executor> make_compiled_executor();

}  // namespace monnto::cpu
