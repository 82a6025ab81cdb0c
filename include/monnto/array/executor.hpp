#pragma once

#include <monnto/array/node.hpp>

#include <memory>
#include <span>
#include <string_view>

namespace monnto {

/// A result of a graph of lasting nodes that lives on until the graph runs again.
struct Carried {
    Node* leaf = nullptr;    // which reads it in the next run; null where nothing does
    Node* source = nullptr;  // the result, or the leaf whose value it takes on
    Value value;             // what is there now
    /// Set by the executor: each run leaves the result where `value` is, and both nodes keep it.
    bool is_in_place = false;
};

/// A graph of lasting nodes that is evaluated again and again.
class PreparedRun {
public:
    PreparedRun() = default;
    PreparedRun(const PreparedRun&) = delete;
    PreparedRun& operator=(const PreparedRun&) = delete;
    virtual ~PreparedRun() = default;

    /// Contract: the leaves have values laid out as when it was prepared; no node is settled but
    /// those in place. `step` is the one that draws are for. Called under the engine's lock.
    virtual void run(std::uint64_t step) = 0;
    /// Those of its nodes that a run may settle and that have to be open when it starts.
    [[nodiscard]] virtual std::span<Node* const> settles() const noexcept = 0;
    /// Whether the last run left something that the next one could not go on from, because it
    /// should lie elsewhere in memory.
    [[nodiscard]] virtual bool is_worn() const noexcept { return false; }
};

/// Turns recorded nodes into values. The array module owns this interface, jit implements it.
class Executor {
public:
    Executor() = default;
    Executor(const Executor&) = delete;
    Executor& operator=(const Executor&) = delete;
    virtual ~Executor() = default;

    [[nodiscard]] virtual std::string_view name() const noexcept = 0;

    /// Evaluates `nodes`: none of them settled, each after its inputs, in the order of recording.
    /// Every node of `wanted` (a subset) must be settled on return; the others may be, or may
    /// vanish inside a fused kernel. Inputs that are settled already may be read in place; a buffer
    /// may be overwritten only where `can_donate` allows it. Called under the engine's lock. Throws
    /// only for defects (InternalError) and lack of memory.
    virtual void run(std::span<Node* const> nodes, std::span<Node* const> wanted) = 0;

    /// The same for lasting nodes, to be run many times. What is held from outside the graph is not
    /// overwritten; leaves have values already.
    [[nodiscard]] virtual std::unique_ptr<PreparedRun> prepare(std::span<Node* const> nodes,
                                                               std::span<Node* const> wanted,
                                                               std::span<Carried> carried);
};

/// Whether the result of `consumer` may be written over the buffer of its input `input`: nobody
/// else holds the node or the buffer, the bytes are our own and not pinned, and the window is the
/// whole C-ordered buffer.
[[nodiscard]] bool can_donate(const NodeRef& input) noexcept;

/// The executor in use; never null after the first evaluation. Defaults to the reference
/// interpreter.
[[nodiscard]] Executor& executor();
/// Replaces it (tests and benches compare executors). Evaluates what is pending first.
std::shared_ptr<Executor> set_executor(std::shared_ptr<Executor> next);
/// How executors make themselves known; the last registered with the highest `rank` is the default.
void register_executor(int rank, std::shared_ptr<Executor> (*make)());

/// How many threads executors may use; results do not depend on it (S16). A network sets its own
/// for each of its iterations.
[[nodiscard]] int threads() noexcept;
/// 0: as many as the machine has.
void set_threads(int count) noexcept;

/// Evaluates every live pending array (S12). Cheap when nothing is pending.
void evaluate_pending();
/// Evaluates this node, and what else is pending.
void evaluate(const NodeRef& node);

/// Counters of what was done, for tests, `explain()` and benches.
struct EvaluationCounters {
    std::uint64_t evaluations = 0;  // calls of Executor::run
    std::uint64_t nodes = 0;        // nodes handed to it
    std::uint64_t shared = 0;       // products that were not computed a second time
    std::uint64_t donated = 0;      // results written over an input
    std::uint64_t kernels = 0;      // runs of compiled kernels
    std::uint64_t fused = 0;        // nodes that ran inside them
    std::uint64_t chained = 0;      // of the kernels, those that met blocks of others in the cache
    std::uint64_t interpreted = 0;  // nodes that ran one by one
    std::uint64_t compiled = 0;     // kernels compiled
    std::uint64_t loaded = 0;       // kernels that a process before had left on disk
    std::uint64_t replayed = 0;     // iterations that ran as a plan
    std::uint64_t parallel = 0;     // pieces of work that the team of threads shared
    std::uint64_t rewritten = 0;    // steps that events made smaller (D5)
    std::uint64_t touched = 0;      // elements of matrices that those steps read or wrote
    std::uint64_t postponed = 0;    // updates of columns that were kept until a row is read
    std::uint64_t caught_up = 0;    // elements that were changed by them later
    std::uint64_t scanned = 0;      // elements of matrices looked at to learn facts
    std::uint64_t relocated = 0;    // matrices laid out along the other axis
};
[[nodiscard]] EvaluationCounters& counters() noexcept;

}  // namespace monnto
