#include <monnto/array/plan.hpp>

#include "evaluate.hpp"

#include <algorithm>
#include <utility>

namespace monnto {
namespace {

/// Brings the nodes of a plan back to how they were before it ran, however the run ends.
class ReopenScope {
public:
    explicit ReopenScope(std::span<Node* const> nodes) noexcept : nodes_(nodes) {}
    ReopenScope(const ReopenScope&) = delete;
    ReopenScope& operator=(const ReopenScope&) = delete;
    ~ReopenScope() {
        for (Node* node : nodes_) {
            if (node->is_settled()) {
                node->reopen();
            }
        }
    }

private:
    std::span<Node* const> nodes_;
};

}  // namespace

void Places::add(std::string name, Cell& cell) {
    Cell& owner = cell.owner();
    list.push_back(
        {std::move(name), Ref<Cell>(&owner), owner.content()->id, cell.is_view(), false});
}

Plan::~Plan() = default;

bool Plan::is_ours(const State& state) const noexcept {
    const Node& node = *state.node;
    const Buffer& buffer = *node.value().buffer;
    return node.ref_count() == state.holders && buffer.ref_count() == state.buffer_holders &&
           !buffer.is_pinned() && std::ranges::all_of(state.cells, [&state](const Ref<Cell>& cell) {
               return cell->content() == state.node;
           });
}

bool Plan::is_ready() const noexcept {
    return std::ranges::all_of(states_, [this](const State& state) { return is_ours(state); }) &&
           std::ranges::all_of(replaced_, [](const Replaced& each) {
               return each.cell.get()->ref_count() == each.holders &&
                      std::ranges::none_of(each.objects, [](const HostHolder& holder) {
                          return holder.is_held_elsewhere(holder.object.get());
                      });
           });
}

void Plan::run(std::uint64_t step) {
    for (const State* state : moving_) {
        if (state->leaf != nullptr) {
            state->leaf->replace_value(state->node->take_value());
        }
    }
    const ReopenScope scope(prepared_->settles());
    try {
        run_locked(*prepared_, step);
    } catch (...) {
        for (const State* state : moving_) {
            if (state->leaf != nullptr) {
                state->node->replace_value(state->leaf->take_value());
            }
        }
        throw;
    }
    for (const State* state : moving_) {
        state->node->replace_value(state->source->value());
    }
    for (const State* state : moving_) {
        if (state->leaf != nullptr) {
            state->leaf->replace_value({});
        }
    }
    ++counters().replayed;
}

}  // namespace monnto
