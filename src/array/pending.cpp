#include "pending.hpp"

#include <monnto/array/tape.hpp>

#include <utility>

namespace monnto {

namespace {

std::atomic_flag lock = ATOMIC_FLAG_INIT;
Cell* first = nullptr;
std::atomic<int> recorded{0};
constexpr int most_waiting_nodes = 4096;
constexpr int most_taped_nodes = 1 << 20;  // a plan needs the iteration in one piece

class Guard {
public:
    Guard() noexcept {
        while (lock.test_and_set(std::memory_order_acquire)) {
        }
    }
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;
    ~Guard() { lock.clear(std::memory_order_release); }
};

}  // namespace

void PendingCells::insert(Cell& cell) noexcept {
    const Guard guard;
    if (cell.pending_) {
        return;
    }
    cell.pending_ = true;
    cell.previous_ = nullptr;
    cell.next_ = first;
    if (first != nullptr) {
        first->previous_ = &cell;
    }
    first = &cell;
}

void PendingCells::replace(Cell& cell, NodeRef content) noexcept {
    {
        const Guard guard;
        std::swap(cell.content_, content);
    }
    // The old content dies here, outside the lock: its end may free host objects.
}

void PendingCells::unlink(Cell& cell) noexcept {
    (cell.previous_ != nullptr ? cell.previous_->next_ : first) = cell.next_;
    if (cell.next_ != nullptr) {
        cell.next_->previous_ = cell.previous_;
    }
    cell.previous_ = cell.next_ = nullptr;
    cell.pending_ = false;
}

void PendingCells::remove(Cell& cell) noexcept {
    const Guard guard;
    if (cell.pending_) {
        unlink(cell);
    }
}

std::vector<NodeRef> PendingCells::contents() {
    const Guard guard;
    std::vector<NodeRef> nodes;
    for (const Cell* cell = first; cell != nullptr; cell = cell->next_) {
        if (cell->content_) {
            nodes.push_back(cell->content_);
        }
    }
    return nodes;
}

std::vector<Ref<Cell>> PendingCells::picked() {
    const Guard guard;
    std::vector<Ref<Cell>> cells;
    for (Cell* cell = first; cell != nullptr; cell = cell->next_) {
        if (cell->is_picked() && cell->ref_count() > 0) {
            cells.emplace_back(cell);
        }
    }
    return cells;
}

void PendingCells::sweep() noexcept {
    const Guard guard;
    for (Cell* cell = first; cell != nullptr;) {
        Cell* next = cell->next_;
        if (cell->content_ && cell->content_->is_settled()) {
            unlink(*cell);
        }
        cell = next;
    }
    recorded.store(0, std::memory_order_relaxed);
}

bool PendingCells::is_empty() noexcept {
    const Guard guard;
    return first == nullptr;
}

bool count_recorded() noexcept {
    const int most = TapeScope::is_open() ? most_taped_nodes : most_waiting_nodes;
    return recorded.fetch_add(1, std::memory_order_relaxed) + 1 > most;
}

}  // namespace monnto
