#include <monnto/array/plan.hpp>

#include "evaluate.hpp"
#include "tape.hpp"

#include <algorithm>
#include <unordered_map>
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

/// From the content of cells to the leaf of the graph.
void lend(Node& content, Node& leaf) noexcept {
    content.lend_value();
    leaf.replace_value(content.take_value());
    leaf.facts = std::move(content.facts);
}

void give_back(Node& leaf, Node& content) noexcept {
    content.return_value(leaf.take_value());
    content.facts = std::move(leaf.facts);
}

/// A result becomes the content of cells; others may take it on as well.
void take_over(Node& from, Node& to) {
    to.return_value(from.value());
    to.facts = from.facts ? std::make_unique<Facts>(*from.facts) : nullptr;
}

}  // namespace

void Places::add(std::string name, Cell& cell) {
    Cell& owner = cell.owner();
    const Node& content = *owner.content();
    list.push_back({std::move(name), Ref<Cell>(&owner), &owner, owner.birth(), content.id,
                    content.dtype, content.shape, cell.is_view(), false});
}

void Places::make_plain() {
    std::unordered_map<std::uint64_t, NodeRef> made;
    for (Place& place : list) {
        const NodeRef content = place.cell->content();
        if (content->is_settled() && (content->op == Op::constant || content->op == Op::cast)) {
            NodeRef& plain = made[content->id];
            plain = plain ? plain : plain_copy(*content);
            place.cell->exchange_content(plain);
            place.content = plain->id;
        }
    }
}

std::vector<std::uint64_t> left_in_place(const Places& before, const Places& after) {
    std::vector<std::uint64_t> left;
    for (std::size_t i = 0; i < std::min(before.list.size(), after.list.size()); ++i) {
        if (before.list[i].content == after.list[i].content) {
            left.push_back(after.list[i].content);
        }
    }
    std::ranges::sort(left);
    return left;
}

void Places::let_go() {
    holders.clear();
    for (Place& place : list) {
        place.cell.reset();
    }
}

Plan::~Plan() {
    for (const State& state : states_) {
        if (state.is_in_place) {
            state.node->set_changing(false);
        }
    }
}

bool Plan::is_ours(const State& state) noexcept {
    const Node& node = *state.node;
    const Buffer& buffer = *node.value().buffer;
    return node.ref_count() == state.holders && buffer.ref_count() == state.buffer_holders &&
           !buffer.is_pinned() && std::ranges::all_of(state.cells, [&state](const Ref<Cell>& cell) {
               return cell->content() == state.node;
           });
}

bool Plan::moves(const Node& content) const noexcept {
    return std::ranges::any_of(
        moving_, [&content](const State* state) { return state->node.get() == &content; });
}

void Plan::keep_reader(std::shared_ptr<const void> reader) {
    readers_.push_back(std::move(reader));
    for (State& state : states_) {
        state.holders = state.node->ref_count();
    }
}

bool Plan::is_ready() const noexcept {
    return std::ranges::all_of(states_, &is_ours) &&
           std::ranges::all_of(replaced_, [](const Replaced& each) {
               return each.cell->ref_count() == each.holders &&
                      std::ranges::none_of(each.objects, [](const HostHolder& holder) {
                          return holder.is_held_elsewhere(holder.object.get());
                      });
           });
}

bool Plan::lies_elsewhere(const State& state) noexcept {
    const Value& value = state.node->value();
    return value.offset != 0 || value.strides != state.strides;
}

bool Plan::is_worn() const noexcept {
    return is_worn_ || std::ranges::any_of(moving_, [](const State* state) {
               return state->strides.size() > 1 && lies_elsewhere(*state);
           });
}

void Plan::run(std::uint64_t step) {
    for (const State* state : moving_) {
        if (state->leaf != nullptr) {
            lend(*state->node, *state->leaf);
        }
    }
    const ReopenScope scope(prepared_->settles());
    try {
        run_locked(*prepared_, step);
    } catch (...) {
        for (const State* state : moving_) {
            if (state->leaf != nullptr) {
                give_back(*state->leaf, *state->node);
            }
        }
        throw;
    }
    is_worn_ = prepared_->is_worn();
    for (const State* state : moving_) {
        take_over(*state->source, *state->node);
        is_worn_ = is_worn_ || lies_elsewhere(*state);
    }
    for (const State* state : moving_) {
        if (state->leaf != nullptr) {
            state->leaf->replace_value({});
            state->leaf->facts.reset();
        }
    }
    ++counters().replayed;
}

}  // namespace monnto
