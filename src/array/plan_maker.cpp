// How two iterations in a row, or one that is known to repeat, become a plan.
#include "tape.hpp"
#include "tape_difference.hpp"

#include <monnto/array/plan.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <memory_resource>
#include <optional>
#include <unordered_map>
#include <utility>

namespace monnto {
namespace {

/// Where in a tape an array comes from: nodes count up from 0, leaves down from -1.
using Code = std::int64_t;

[[nodiscard]] Code leaf_code(std::size_t index) noexcept {
    return ~static_cast<Code>(index);
}

[[nodiscard]] bool is_leaf(Code code) noexcept {
    return code < 0;
}

/// By the ids of what was recorded. Made once per tape and then thrown away, so its memory is one
/// piece.
using Codes = std::pmr::unordered_map<std::uint64_t, Code>;

[[nodiscard]] Codes codes_of(const Tape& tape, std::pmr::memory_resource& memory) {
    Codes codes(tape.ids.size() + tape.leaf_ids.size(), &memory);
    for (std::size_t i = 0; i < tape.ids.size(); ++i) {
        codes.emplace(tape.ids[i], static_cast<Code>(i));
    }
    for (std::size_t i = 0; i < tape.leaf_ids.size(); ++i) {
        codes.emplace(tape.leaf_ids[i], leaf_code(i));
    }
    return codes;
}

}  // namespace

class PlanMaker {
public:
    /// `first` is empty where there is only one.
    PlanMaker(Tape first, Tape& last, Places before, Places& after)
        : first_(std::move(first)),
          last_(last),
          before_(std::move(before)),
          after_(after),
          codes_(codes_of(last_, memory_)) {}

    /// Whether the last iteration did what the first did.
    [[nodiscard]] bool is_repeated(std::string& refusal) {
        for (const Tape* tape : {&first_, &last_}) {
            if (!tape->refusal.empty()) {
                refusal = tape->refusal;
                return false;
            }
        }
        refusal = first_difference(first_, last_);
        return refusal.empty() && follow_places(refusal) && feed_leaves(refusal) &&
               are_alone(refusal);
    }

    /// Whether the last iteration, which is known to repeat, tells all that a plan has to know.
    [[nodiscard]] bool tells_all(std::string& refusal) {
        refusal = last_.refusal;
        return refusal.empty() && have_same_names(refusal) && follow_contents(refusal) &&
               feed_leaves(refusal) && are_alone(refusal);
    }

    [[nodiscard]] std::unique_ptr<Plan> plan() {
        std::unique_ptr<Plan> made(new Plan);
        static std::atomic<std::uint64_t> plans{0};
        made->id_ = plans.fetch_add(1, std::memory_order_relaxed) + 1;
        take_states(*made);
        take_replaced(*made);
        for (const std::uint32_t index : last_.wanted) {
            made->kept_.push_back(last_.nodes[index]);
        }
        std::vector<Node*> wanted;
        for (const NodeRef& node : made->kept_) {
            wanted.push_back(node.get());
        }
        for (const auto& [content, state] : states_) {
            if (is_leaf(state.source)) {
                made->kept_.emplace_back(at(state.source));
            }
        }
        std::vector<const Node*> constants;
        for (std::size_t i = 0; i < last_.leaves.size(); ++i) {
            if (is_constant(i)) {
                constants.push_back(last_.leaves[i].get());
            }
        }
        std::vector<Node*> nodes;
        nodes.reserve(last_.nodes.size());
        for (const NodeRef& node : last_.nodes) {
            nodes.push_back(node.get());
        }
        // From here on only the graph itself and `kept_` hold its nodes, so that an executor sees
        // which memory it may take over.
        first_ = Tape();
        last_ = Tape();
        prepare(*made, nodes, wanted);
        for (const Node* constant : constants) {  // held by the graph, and laid out for it by now
            made->constants_.push_back(constant->value());
        }
        return made;
    }

private:
    struct State {
        std::vector<Cell*> cells;
        Code source = 0;
        std::optional<std::size_t> leaf;
    };

    bool have_same_names(std::string& refusal) const {
        const auto [was_end, now_end] =
            std::ranges::mismatch(before_.list, after_.list, {}, &Place::name, &Place::name);
        if (was_end == before_.list.end() && now_end == after_.list.end()) {
            return true;
        }
        refusal = fmt::format("the array '{}' appeared or vanished in this iteration",
                              now_end != after_.list.end() ? now_end->name : was_end->name);
        return false;
    }

    [[nodiscard]] bool was_left(std::uint64_t content) const {
        return last_.left && std::ranges::binary_search(*last_.left, content);
    }

    /// Each place has what it had, or a result of the iteration that takes the place of one array
    /// like it. Where two places shared an array, they do so afterwards.
    bool follow_contents(std::string& refusal) {
        std::pmr::map<std::uint64_t, std::uint64_t> before_of(&memory_);  // by content after it
        for (std::size_t i = 0; i < after_.list.size(); ++i) {
            const Place& place = after_.list[i];
            const Place& was = before_.list[i];
            if (place.content == was.content) {
                continue;
            }
            const auto result = codes_.find(place.content);
            const auto then = before_of.emplace(place.content, was.content).first->second;
            const auto known = carried_.find(was.content);
            const Node& content = *place.cell->content();
            const bool is_alike = place.dtype == was.dtype && place.shape == was.shape &&
                                  place.is_view == was.is_view &&
                                  (content.facts == nullptr || !content.facts->wants_turning);
            const bool is_shared = then != was.content || was_left(was.content) ||
                                   (known != carried_.end() && known->second != place.content);
            if (result == codes_.end() || is_leaf(result->second) || !is_alike || is_shared) {
                refusal =
                    fmt::format("the array '{}' is not yet what it is going to be", place.name);
                return false;
            }
            add(place, was, result->second);
        }
        before_ = Places();
        return true;
    }

    /// What each place has after the iteration, in terms of the tape: twice the same thing.
    bool follow_places(std::string& refusal) {
        if (!have_same_names(refusal)) {
            return false;
        }
        const Codes codes_before = codes_of(first_, memory_);
        for (std::size_t i = 0; i < after_.list.size(); ++i) {
            const Place& place = after_.list[i];
            const Place& was = before_.list[i];
            const auto now = codes_.find(place.content);
            const auto then = codes_before.find(was.content);
            const bool is_idle =
                now == codes_.end() && then == codes_before.end() && place.content == was.content;
            if (is_idle) {
                continue;
            }
            if (now == codes_.end() || then == codes_before.end() || now->second != then->second) {
                refusal = fmt::format("the array '{}' comes from another place in each iteration",
                                      place.name);
                return false;
            }
            add(place, was, now->second);
        }
        before_ = Places();  // so that it holds no cell that others are asked about
        return true;
    }

    void add(const Place& place, const Place& before, Code code) {
        if (is_leaf(code) && is_constant(static_cast<std::size_t>(~code))) {
            return;
        }
        State& state = states_[place.content];
        state.source = code;
        if (std::ranges::find(state.cells, place.cell.get()) == state.cells.end()) {
            state.cells.push_back(place.cell.get());
            if (before.address != place.address || before.birth != place.birth) {
                replaced_.push_back(place.cell.get());
            }
        }
        carried_.emplace(before.content, place.content);
    }

    [[nodiscard]] bool is_constant(std::size_t leaf) const { return last_.is_constant[leaf] != 0; }

    /// Each leaf is what a place had after the iteration before, or always the same.
    bool feed_leaves(std::string& refusal) {
        for (std::size_t i = 0; i < last_.leaves.size(); ++i) {
            if (is_constant(i)) {
                continue;
            }
            const auto carried = carried_.find(last_.leaf_ids[i]);
            if (carried == carried_.end()) {
                refusal = fmt::format(
                    "an array of shape {} that no attribute holds is new in each iteration (a "
                    "NumPy "
                    "array made by the behavior, a list): make it an attribute",
                    last_.leaves[i]->shape.to_string());
                return false;
            }
            states_[carried->second].leaf = i;
        }
        return true;
    }

    [[nodiscard]] static bool is_replaceable(const Value& value) noexcept {
        return value.offset == 0 && !value.buffer->is_foreign() && !value.buffer->is_pinned();
    }

    /// By others than the tape and the cells of places.
    [[nodiscard]] bool is_held_elsewhere(const NodeRef& node) const {
        const auto state = states_.find(node->id);
        const std::size_t cells = state == states_.end() ? 0 : state->second.cells.size();
        return node.get()->ref_count() > 1 + cells;
    }

    /// What the iteration leaves behind is held by the places we know, and by nobody else.
    bool are_alone(std::string& refusal) {
        for (std::size_t i = 0; i < last_.held.size(); ++i) {
            const NodeRef& leaf = last_.held[i];
            if (leaf && !is_constant(i) && is_held_elsewhere(leaf)) {
                refusal = fmt::format(
                    "an old value with shape {} is kept where a replay cannot "
                    "reach it (a list, a local variable)",
                    last_.leaves[i]->shape.to_string());
                return false;
            }
        }
        for (const NodeRef& result : last_.results) {
            if (is_held_elsewhere(result)) {
                refusal = fmt::format(
                    "the result of {} with shape {} is kept where a replay cannot "
                    "reach it (a list, a local variable, another array)",
                    name_of(result->op), result->shape.to_string());
                return false;
            }
        }
        for (const auto& [content, state] : states_) {
            if (!is_replaceable(state.cells.front()->content()->value())) {
                refusal = fmt::format("an array of shape {} lies in memory of NumPy",
                                      state.cells.front()->shape().to_string());
                return false;
            }
        }
        return std::ranges::all_of(replaced_, [&](Cell* cell) { return is_alone(*cell, refusal); });
    }

    bool is_alone(const Cell& cell, std::string& refusal) const {
        std::uint32_t places = 0;
        std::ptrdiff_t of_host = 0;
        std::string name;
        bool has_view = false;
        for (const Place& place : after_.list) {
            if (place.cell.get() == &cell) {
                ++places;
                of_host += place.is_of_host ? 1 : 0;
                has_view = has_view || place.is_view;
                name = place.name;
            }
        }
        const std::ptrdiff_t holders =
            std::ranges::count(after_.holders, &cell, [](const HostHolder& h) { return h.cell; });
        // Each entry of the list is a holder, and holds the cell once more itself.
        if (has_view || cell.ref_count() > 2 * places || holders != of_host) {
            refusal = fmt::format(
                "the array '{}', which each iteration replaces, is also held "
                "where a replay cannot reach it",
                name);
            return false;
        }
        return true;
    }

    [[nodiscard]] Node* at(Code code) const {
        return is_leaf(code) ? last_.leaves[static_cast<std::size_t>(~code)].get()
                             : last_.nodes[static_cast<std::size_t>(code)].get();
    }

    void take_states(Plan& plan) {
        for (auto& [content, state] : states_) {
            const NodeRef old = state.cells.front()->content();
            Plan::State made;
            made.node = plain_copy(*old);
            for (Cell* cell : state.cells) {
                cell->exchange_content(made.node);
                made.cells.emplace_back(cell);
            }
            made.holders = static_cast<std::uint32_t>(made.cells.size()) + 1;
            made.strides = old->value().strides;
            made.source = at(state.source);
            if (state.leaf) {
                made.leaf = last_.leaves[*state.leaf].get();
                made.leaf->replace_value(old->value());
            }
            plan.states_.push_back(std::move(made));
        }
    }

    static void prepare(Plan& plan, std::span<Node* const> nodes, std::span<Node* const> wanted) {
        std::vector<Carried> carried;
        carried.reserve(plan.states_.size());
        for (const Plan::State& state : plan.states_) {
            carried.push_back({state.leaf, state.source, state.node->value()});
        }
        plan.prepared_ = executor().prepare(nodes, wanted, carried);
        for (std::size_t i = 0; i < carried.size(); ++i) {
            Plan::State& state = plan.states_[i];
            state.is_in_place = carried[i].is_in_place;
            if (!state.is_in_place && state.leaf != nullptr) {
                state.leaf->replace_value({});
            }
        }
        carried.clear();
        for (Plan::State& state : plan.states_) {
            if (state.is_in_place) {
                state.node->set_changing(true);
                state.buffer_holders = state.node->value().buffer->ref_count();
            } else {
                plan.moving_.push_back(&state);
            }
        }
    }

    void take_replaced(Plan& plan) {
        for (Cell* cell : replaced_) {
            Plan::Replaced made;
            for (const HostHolder& holder : after_.holders) {
                if (holder.cell == cell) {
                    made.objects.push_back(holder);
                }
            }
            made.cell = Ref<Cell>(cell);
            plan.replaced_.push_back(std::move(made));
        }
        after_ = Places();
        for (Plan::Replaced& made : plan.replaced_) {
            made.holders = made.cell->ref_count();
        }
    }

    std::pmr::monotonic_buffer_resource memory_;
    Tape first_;
    Tape& last_;
    Places before_;
    Places& after_;
    Codes codes_;                                           // of the last tape
    std::pmr::map<std::uint64_t, State> states_{&memory_};  // by content after it
    std::pmr::map<std::uint64_t, std::uint64_t> carried_{
        &memory_};  // content before it, content after it
    std::vector<Cell*> replaced_;
};

std::unique_ptr<Plan> Plan::make(Tape first, Tape& second, Places before, Places& after,
                                 std::string& refusal) {
    PlanMaker maker(std::move(first), second, std::move(before), after);
    return maker.is_repeated(refusal) ? maker.plan() : nullptr;
}

std::unique_ptr<Plan> Plan::make(Tape& only, Places before, Places& after, std::string& refusal) {
    PlanMaker maker(Tape(), only, std::move(before), after);
    return maker.tells_all(refusal) ? maker.plan() : nullptr;
}

}  // namespace monnto
