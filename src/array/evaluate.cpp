#include "evaluate.hpp"
#include "pending.hpp"
#include "repeated.hpp"
#include "tape.hpp"

#include <monnto/array/changes.hpp>
#include <monnto/array/executor.hpp>
#include <monnto/array/parallel.hpp>
#include <monnto/base/error.hpp>
#include <monnto/base/host_lock.hpp>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace monnto {

std::uint64_t next_visit() noexcept {
    static std::uint64_t visit = 0;
    return ++visit;
}

std::vector<Node*> unsettled_below(const std::vector<NodeRef>& roots) {
    std::vector<Node*> found;
    static std::vector<Node*> open;  // under the engine's lock; empty between calls
    const std::uint64_t visit = next_visit();
    const auto meet = [&](Node* node) {
        if (!node->is_settled() && node->visited != visit) {
            node->visited = visit;
            open.push_back(node);
        }
    };
    for (const NodeRef& root : roots) {
        meet(root.get());
    }
    while (!open.empty()) {
        Node* node = open.back();
        open.pop_back();
        found.push_back(node);
        for (const NodeRef& input : node->inputs().all()) {
            meet(input.get());
        }
    }
    std::sort(found.begin(), found.end(),
              [](const Node* a, const Node* b) { return a->id < b->id; });
    return found;
}

namespace {

struct Registered {
    int rank = -1;
    std::shared_ptr<Executor> (*make)() = nullptr;
};

Registered& registered() {
    static Registered best;
    return best;
}

std::shared_ptr<Executor>& current() {
    static std::shared_ptr<Executor> executor;
    return executor;
}

/// Recursive: evaluating may free foreign memory, whose owner may run host code that evaluates.
std::recursive_mutex& engine_lock() {
    static std::recursive_mutex lock;
    return lock;
}

void run(const std::vector<NodeRef>& roots) {
    std::vector<Node*> nodes = unsettled_below(roots);
    if (nodes.empty()) {
        return;
    }
    std::vector<Node*> wanted;
    wanted.reserve(roots.size());
    for (const NodeRef& root : roots) {
        if (!root->is_settled()) {
            wanted.push_back(root.get());
        }
    }
    share_repeated_products(nodes, wanted);
    tape_evaluation(nodes, wanted);
    ++counters().evaluations;
    counters().nodes += nodes.size();
    executor().run(nodes, wanted);
}

}  // namespace

void Buffer::catch_up() const noexcept {
    const PatientLock guard(engine_lock());
    if (is_behind()) {
        changes_->settle(data_);
        is_behind_.store(false, std::memory_order_release);
    }
}

Executor& executor() {
    if (!current()) {
        if (registered().make == nullptr) {
            throw InternalError("no executor is registered: the library was linked without jit");
        }
        current() = registered().make();
    }
    return *current();
}

std::shared_ptr<Executor> set_executor(std::shared_ptr<Executor> next) {
    const PatientLock guard(engine_lock());
    evaluate_pending();
    Changes::note();
    static_cast<void>(executor());
    return std::exchange(current(), std::move(next));
}

void register_executor(int rank, std::shared_ptr<Executor> (*make)()) {
    if (rank >= registered().rank) {
        registered() = {rank, make};
    }
}

namespace {
std::atomic<int> thread_count{0};
}

int threads() noexcept {
    const int wanted = thread_count.load(std::memory_order_relaxed);
    static const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    return wanted > 0 ? wanted : cores;
}

void set_threads(int count) noexcept {
    thread_count.store(count, std::memory_order_relaxed);
}

void evaluate_pending() {
    if (PendingCells::is_empty()) {
        return;
    }
    for (const Ref<Cell>& cell : PendingCells::picked()) {
        cell->make_ordinary();
    }
    const PatientLock guard(engine_lock());
    run(PendingCells::contents());
    PendingCells::sweep();
}

void evaluate(const NodeRef& node) {
    if (node->is_settled()) {
        return;
    }
    const PatientLock guard(engine_lock());
    std::vector<NodeRef> roots = PendingCells::contents();
    roots.push_back(node);
    run(roots);
    PendingCells::sweep();
}

void evaluate_alone(const NodeRef& node) {
    TapeScope::refuse("works on memory that somebody outside shares (np.asarray)", false);
    const PatientLock guard(engine_lock());
    run({node});
}

EngineLock::EngineLock() {
    if (!engine_lock().try_lock()) {
        const HostPause others;  // as PatientLock
        engine_lock().lock();
    }
}
EngineLock::~EngineLock() {
    engine_lock().unlock();
}

void run_locked(PreparedRun& prepared, std::uint64_t step) {
    const PatientLock guard(engine_lock());
    prepared.run(step);
}

std::unique_ptr<PreparedRun> Executor::prepare(std::span<Node* const> nodes,
                                               std::span<Node* const> wanted,
                                               std::span<Carried> /*carried*/) {
    /// Each time from the start.
    class Plain final : public PreparedRun {
    public:
        Plain(Executor& executor, std::span<Node* const> nodes, std::span<Node* const> wanted)
            : executor_(executor),
              nodes_(nodes.begin(), nodes.end()),
              wanted_(wanted.begin(), wanted.end()) {}
        void run(std::uint64_t step) override {
            for (Node* node : nodes_) {
                if (node->op == Op::random) {
                    node->set_step(step);
                }
            }
            executor_.run(nodes_, wanted_);
        }
        [[nodiscard]] std::span<Node* const> settles() const noexcept override { return nodes_; }

    private:
        Executor& executor_;
        std::vector<Node*> nodes_, wanted_;
    };
    return std::make_unique<Plain>(*this, nodes, wanted);
}

bool can_donate(const NodeRef& input) noexcept {
    if (input.get()->ref_count() != 1 || !input->is_settled()) {
        return false;
    }
    const Value& value = input->value();
    return value.buffer->ref_count() == 1 && value.offset == 0 && value.buffer->is_writable() &&
           !value.buffer->is_pinned() && !value.buffer->is_foreign() &&
           is_contiguous(input->shape, value.strides);
}

EvaluationCounters& counters() noexcept {
    static EvaluationCounters totals;
    return totals;
}

}  // namespace monnto
