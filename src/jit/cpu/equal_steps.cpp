#include "equal_steps.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <queue>
#include <utility>
#include <vector>

namespace monnto::cpu {
namespace {

using kernel::Graph;
using kernel::Recipe;
using kernel::Source;

/// Where kernels move more than this, results that wait in the cache count for more.
constexpr std::size_t small = 32 << 10;

/// What equal kernels have in common; null for steps that stay where they are.
[[nodiscard]] kernel::Function kind_of(const Recipe::Step& step) {
    const bool is_small = step.chain == 1 && step.fusion && step.fusion->bytes <= small;
    return is_small && !step.rewrite ? step.function : nullptr;
}

[[nodiscard]] bool has_equal_steps(const Recipe& recipe) {
    std::vector<kernel::Function> kinds;
    for (const Recipe::Step& step : recipe.steps) {
        if (const kernel::Function kind = kind_of(step); kind != nullptr) {
            kinds.push_back(kind);
        }
    }
    std::ranges::sort(kinds, std::less<>());
    return std::ranges::adjacent_find(kinds) != kinds.end();
}

class EqualSteps {
public:
    EqualSteps(const Graph& graph, const Recipe& recipe, std::span<const Carried> carried)
        : graph_(graph), recipe_(recipe), maker_(graph.size(), none) {
        find_units();
        readers_of_node_.resize(graph.size());
        readers_of_leaf_.resize(graph.leaf_count());
        for (std::size_t unit = 0; unit < units_.size(); ++unit) {
            for_each_node(unit, [&](std::uint32_t node) { meet_inputs(unit, node); });
        }
        is_carried_.resize(graph.leaf_count());
        for (const Carried& each : carried) {
            keep_readers_first(each);
        }
        for (std::size_t unit = 0; unit < units_.size(); ++unit) {
            keep_readers_first(unit);
        }
        for (const Carried& each : carried) {
            bring_readers_forward(each);
        }
    }

    /// The numbers of the steps in their new order: what is no small kernel first, then kernels
    /// whose equals are all ready, then whatever most others wait for.
    [[nodiscard]] std::vector<std::size_t> run() {
        measure_heights();
        for (std::size_t unit = 0; unit < units_.size(); ++unit) {
            if (const auto kind = kind_of(unit); kind != nullptr) {
                ++kinds_[kind].left;
            }
        }
        for (std::size_t unit = 0; unit < units_.size(); ++unit) {
            if (units_[unit].waits_for == 0) {
                make_ready(unit);
            }
        }
        while (finish_other() || finish_kind() || finish_highest()) {
        }
        return std::move(order_);
    }

private:
    static constexpr std::uint32_t none = ~std::uint32_t{0};
    using Smallest = std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>>;

    /// Small kernels that are equal.
    struct Kind {
        std::size_t left = 0;  // that did not run yet
        std::vector<std::size_t> ready;
    };
    /// A step, or the steps of a chain.
    struct Unit {
        std::size_t first = 0, count = 1;
        std::vector<std::size_t> before;  // those that wait for it
        std::size_t waits_for = 0;
        std::size_t height = 0;  // of the longest line of units that wait for it
        bool is_done = false;
    };

    void find_units() {
        for (std::size_t i = 0; i < recipe_.steps.size(); i += units_.back().count) {
            units_.push_back({.first = i, .count = recipe_.steps[i].chain, .before = {}});
            for_each_node(units_.size() - 1, [&](std::uint32_t node) {
                maker_[node] = static_cast<std::uint32_t>(units_.size() - 1);
            });
        }
    }

    template <class F>
    void for_each_node(std::size_t unit, const F& f) const {
        for (std::size_t i = 0; i < units_[unit].count; ++i) {
            std::ranges::for_each(recipe_.steps[units_[unit].first + i].nodes, f);
        }
    }

    void wait(std::size_t later, std::size_t earlier) {
        if (later != earlier) {
            units_[earlier].before.push_back(later);
            ++units_[later].waits_for;
        }
    }

    [[nodiscard]] std::vector<std::size_t>& readers_of(Source source) {
        return source.is_leaf() ? readers_of_leaf_[source.index()]
                                : readers_of_node_[source.index()];
    }

    /// Also through windows, which no step computes.
    void meet_inputs(std::size_t unit, std::size_t node) {
        for (const Source input : graph_.inputs(node)) {
            std::vector<std::size_t>& readers = readers_of(input);
            if (readers.empty() || readers.back() != unit) {
                readers.push_back(unit);
            }
            if (input.is_leaf()) {
                continue;
            }
            if (maker_[input.index()] != none) {
                wait(unit, maker_[input.index()]);
            } else {
                meet_inputs(unit, input.index());
            }
        }
    }

    /// Those that come before a writer now.
    void keep_readers_first(Source source, std::size_t writer) {
        for (const std::size_t reader : readers_of(source)) {
            if (reader < writer) {
                wait(writer, reader);
            }
        }
    }

    void keep_readers_first(const Carried& each) {
        if (const auto writer = writer_of(each)) {
            is_carried_[each.leaf->position] = 1;
            keep_readers_first(Source::leaf(each.leaf->position), *writer);
        }
    }

    /// Those that come after a writer now, where nothing speaks against it: what is carried on can
    /// then stay where it is.
    void bring_readers_forward(const Carried& each) {
        const auto writer = writer_of(each);
        if (!writer) {
            return;
        }
        for (const std::size_t reader : readers_of(Source::leaf(each.leaf->position))) {
            if (reader > *writer && !waits_for(reader, *writer)) {
                wait(*writer, reader);
            }
        }
    }

    [[nodiscard]] std::optional<std::size_t> writer_of(const Carried& each) const {
        const std::uint32_t at = each.source->position;
        const bool is_made = each.leaf != nullptr && at < graph_.size() &&
                             &graph_.node(at) == each.source && maker_[at] != none;
        return is_made ? std::optional<std::size_t>(maker_[at]) : std::nullopt;
    }

    [[nodiscard]] bool waits_for(std::size_t later, std::size_t earlier) const {
        return later == earlier ||
               std::ranges::any_of(units_[earlier].before,
                                   [&](std::size_t next) { return waits_for(later, next); });
    }

    /// Whoever reads last may. Leaves are there in the next run again, unless they are carried on,
    /// and small memory that is carried on is best left to what replaces it.
    [[nodiscard]] bool may_take_over(std::size_t unit, Source source) {
        const bool is_free =
            !source.is_leaf() || (is_carried_[source.index()] != 0 && kind_of(unit) == nullptr);
        return is_free && readers_of(source).back() == unit;
    }

    /// Of what the unit's kernels, or writes by index, may write over.
    void keep_readers_first(std::size_t unit) {
        for (std::size_t i = 0; i < units_[unit].count; ++i) {
            const Recipe::Step& step = recipe_.steps[units_[unit].first + i];
            if (!step.fusion) {
                const Op op = graph_.node(step.nodes.front()).op;
                if (op == Op::update || op == Op::scatter) {
                    keep_readers_first(graph_.inputs(step.nodes.front())[0], unit);
                }
                continue;
            }
            for (const kernel::Result& result : step.fusion->results) {
                for (const std::uint32_t donor : result.donors) {
                    const Source source = step.fusion->operands[donor].source;
                    if (may_take_over(unit, source)) {
                        keep_readers_first(source, unit);
                    }
                }
            }
        }
    }

    [[nodiscard]] kernel::Function kind_of(std::size_t unit) const {
        return cpu::kind_of(recipe_.steps[units_[unit].first]);
    }

    void measure_heights() {
        std::vector<std::size_t> waits_for(units_.size());
        std::vector<std::size_t> order;
        for (std::size_t unit = 0; unit < units_.size(); ++unit) {
            waits_for[unit] = units_[unit].waits_for;
            if (waits_for[unit] == 0) {
                order.push_back(unit);
            }
        }
        for (std::size_t i = 0; i < order.size(); ++i) {
            for (const std::size_t later : units_[order[i]].before) {
                if (--waits_for[later] == 0) {
                    order.push_back(later);
                }
            }
        }
        for (std::size_t i = order.size(); i > 0; --i) {
            Unit& unit = units_[order[i - 1]];
            for (const std::size_t later : unit.before) {
                unit.height = std::max(unit.height, units_[later].height + 1);
            }
        }
    }

    void make_ready(std::size_t unit) {
        const auto kind = kind_of(unit);
        if (kind == nullptr) {
            others_.push(unit);
            return;
        }
        Kind& own = kinds_[kind];
        own.ready.push_back(unit);
        highest_.emplace(units_[unit].height, units_.size() - unit);
        if (own.ready.size() == own.left) {
            complete_.push(&own);
        }
    }

    [[nodiscard]] bool finish_other() {
        if (others_.empty()) {
            return false;
        }
        const std::size_t unit = others_.top();
        others_.pop();
        finish(unit);
        return true;
    }

    [[nodiscard]] bool finish_kind() {
        if (complete_.empty()) {
            return false;
        }
        Kind& kind = *complete_.front();
        complete_.pop();
        kind.left = 0;
        const std::vector<std::size_t> units = std::exchange(kind.ready, {});
        std::ranges::for_each(units, [this](std::size_t unit) { finish(unit); });
        return true;
    }

    [[nodiscard]] bool finish_highest() {
        while (!highest_.empty()) {
            const std::size_t unit = units_.size() - highest_.top().second;
            highest_.pop();
            if (units_[unit].is_done) {
                continue;
            }
            Kind& kind = kinds_[kind_of(unit)];
            std::erase(kind.ready, unit);
            --kind.left;
            finish(unit);
            return true;
        }
        return false;
    }

    void finish(std::size_t unit) {
        units_[unit].is_done = true;
        for (std::size_t i = 0; i < units_[unit].count; ++i) {
            order_.push_back(units_[unit].first + i);
        }
        for (const std::size_t later : units_[unit].before) {
            if (--units_[later].waits_for == 0) {
                make_ready(later);
            }
        }
    }

    const Graph& graph_;
    const Recipe& recipe_;
    std::vector<std::uint32_t> maker_;  // unit, by node
    std::vector<Unit> units_;
    std::vector<std::vector<std::size_t>> readers_of_node_, readers_of_leaf_;
    std::vector<char> is_carried_;  // leaves that a step replaces
    Smallest others_;               // ready ones that are no small kernels
    std::map<kernel::Function, Kind> kinds_;
    std::queue<Kind*> complete_;
    std::priority_queue<std::pair<std::size_t, std::size_t>> highest_;  // and who comes first
    std::vector<std::size_t> order_;
};

}  // namespace

void bring_equal_steps_together(const Graph& graph, Recipe& recipe,
                                std::span<const Carried> carried) {
    if (!has_equal_steps(recipe)) {
        return;
    }
    const std::vector<std::size_t> order = EqualSteps(graph, recipe, carried).run();
    if (std::ranges::is_sorted(order)) {
        return;
    }
    std::vector<Recipe::Step> steps;
    steps.reserve(order.size());
    for (const std::size_t step : order) {
        steps.push_back(std::move(recipe.steps[step]));
    }
    recipe.steps = std::move(steps);
}

}  // namespace monnto::cpu
