#include "grouping.hpp"
#include "own_work.hpp"
#include "placed.hpp"
#include "role.hpp"

#include <algorithm>
#include <limits>
#include <optional>

namespace monnto::kernel {
namespace {

constexpr std::size_t most_nodes = 192;  // of a kernel: compile time grows with it

class Grouper {
public:
    Grouper(const Graph& graph, const Abilities& abilities)
        : graph_(graph),
          abilities_(abilities),
          parts_(graph, abilities),
          roles_(graph.size()),
          open_of_(graph.size(), Grouping::none),
          settled_(graph.size(), 0) {
        result_.is_stored.assign(graph.size(), 0);
        result_.is_turned.assign(graph.size(), 0);
    }

    Grouping run() {
        for (std::size_t i = 0; i < graph_.size(); ++i) {
            roles_[i] = parts_.role_of(i);
            switch (roles_[i]) {
                case Role::number:
                case Role::window:
                    break;
                case Role::interpreted:
                    interpret(i);
                    break;
                default:
                    fuse(i);
                    break;
            }
            if (graph_.is_wanted(i)) {
                store(i);
            }
        }
        return finish();
    }

private:
    struct Open {
        std::vector<std::uint32_t> nodes;
        int level = 1;
        int first_consumer = std::numeric_limits<int>::max();  // lowest level of a reader outside
        bool is_fused = false;
        bool has_isolated_draw = false;
        bool has_draw = false;
        Shape space;
        unsigned reduced = 0;
    };

    /// The node behind windows: what has to be in memory.
    [[nodiscard]] Source behind(Source source) const {
        while (!source.is_leaf() && roles_[source.index()] == Role::window) {
            source = graph_.inputs(source.index())[0];
        }
        return source;
    }

    void store(std::size_t i) {
        result_.is_stored[i] = 1;
        if (roles_[i] == Role::number || roles_[i] == Role::window) {
            settled_[i] = 1;
        }
    }

    /// The level from which on a source can be read from memory; marks it as stored.
    [[nodiscard]] int read(Source source, int& consumer_of, bool as_node) {
        if (source.is_leaf()) {
            return 0;
        }
        const std::size_t i = source.index();
        if (roles_[i] == Role::number) {
            if (as_node) {
                store(i);
            }
            return 0;
        }
        int extra = 0;
        if (roles_[i] == Role::window && as_node) {
            store(i);
            extra = 1;
        }
        const Source base = behind(source);
        if (base.is_leaf()) {
            return extra;
        }
        if (roles_[base.index()] == Role::number) {
            store(base.index());
            return extra;
        }
        store(base.index());
        consumer_of = open_of_[base.index()];
        return level_of(base.index()) + extra;
    }
    [[nodiscard]] int level_of(std::size_t node) const {
        return open_[static_cast<std::size_t>(open_of_[node])].level;
    }

    void interpret(std::size_t i) {
        int level = 0;
        std::vector<int> read_from;
        for (const Source source : graph_.inputs(i)) {
            int group = Grouping::none;
            level = std::max(level, read(source, group, true));
            read_from.push_back(group);
        }
        Open open;
        open.level = level + 1;
        open.nodes.push_back(static_cast<std::uint32_t>(i));
        // One level less, because a window that is settled for this node takes one of its own.
        note_consumer(read_from, open.level - 1);
        add(std::move(open), i);
        store(i);
    }

    void note_consumer(const std::vector<int>& groups, int level) {
        for (const int group : groups) {
            if (group != Grouping::none) {
                Open& read = open_[static_cast<std::size_t>(group)];
                read.first_consumer = std::min(read.first_consumer, level);
            }
        }
    }

    void add(Open open, std::size_t node) {
        open_of_[node] = static_cast<int>(open_.size());
        open_.push_back(std::move(open));
    }

    /// Whether the value can stay in a register on its way to node i.
    [[nodiscard]] bool can_flow(Source source, const Shape& space) const {
        if (source.is_leaf()) {
            return false;
        }
        const std::size_t from = source.index();
        if (roles_[from] != Role::elementwise && roles_[from] != Role::draw) {
            return false;
        }
        const Open& group = open_[static_cast<std::size_t>(open_of_[from])];
        return !group.has_isolated_draw && group.space == space && group.nodes.size() < most_nodes;
    }

    void fuse(std::size_t i) {
        const Role role = roles_[i];
        const Shape space = space_of(role == Role::fold ? graph_.at(graph_.inputs(i)[0]).shape
                                                        : graph_.node(i).shape);
        std::vector<int> joined = choose_groups(i, space);
        if (role == Role::fold && !abilities_.mixes_folds && !parts_.is_axis_fold(i)) {
            separate(joined, i, space);
        }
        if (const int sibling =
                joined.empty() && role == Role::fold ? sibling_of(i, space) : Grouping::none;
            sibling != Grouping::none) {
            joined.push_back(sibling);
        }
        int level = 1;
        std::vector<int> read_from;
        for (const Source source : graph_.inputs(i)) {
            if (!is_in(source, joined)) {
                int group = Grouping::none;
                level = std::max(level, read(source, group, false) + 1);
                read_from.push_back(group);
            }
        }
        for (const int group : joined) {
            level = std::max(level, open_[static_cast<std::size_t>(group)].level);
        }
        note_consumer(read_from, level);
        join(joined, i, level, space);
    }

    /// Leaves groups that no kernel can walk as one row; the reduction takes its own part of their
    /// work along.
    void separate(std::vector<int>& joined, std::size_t i, const Shape& space) {
        const auto is_row = [&](std::uint32_t node) { return is_flat(graph_, node, space); };
        std::erase_if(joined, [&](int group) {
            return !std::ranges::all_of(open_[static_cast<std::size_t>(group)].nodes, is_row);
        });
        const Source source = graph_.inputs(i)[0];
        if (!joined.empty() || !can_flow(source, space)) {
            return;
        }
        auto& nodes = open_[static_cast<std::size_t>(open_of_[source.index()])].nodes;
        Open own;
        own.is_fused = true;
        own.space = space;
        own.nodes = own_work(graph_, nodes, i, space);
        if (own.nodes.empty()) {
            return;
        }
        std::erase_if(
            nodes, [&](std::uint32_t node) { return std::ranges::binary_search(own.nodes, node); });
        for (const std::uint32_t node : own.nodes) {
            open_of_[node] = static_cast<int>(open_.size());
        }
        joined.push_back(static_cast<int>(open_.size()));
        own.level = level_behind_inputs(own.nodes, joined);
        open_.push_back(std::move(own));
    }

    /// From which nodes of a new group can run; what they read is in memory then.
    [[nodiscard]] int level_behind_inputs(const std::vector<std::uint32_t>& nodes,
                                          const std::vector<int>& group) {
        int level = 1;
        std::vector<int> read_from;
        for (const std::uint32_t node : nodes) {
            for (const Source source : graph_.inputs(node)) {
                if (!is_in(source, group)) {
                    read_from.push_back(Grouping::none);
                    level = std::max(level, read(source, read_from.back(), false) + 1);
                }
            }
        }
        note_consumer(read_from, level);
        return level;
    }

    /// A group of nothing but reductions of what node i reduces too: they read it together.
    [[nodiscard]] int sibling_of(std::size_t i, const Shape& space) const {
        const Source source = graph_.inputs(i)[0];
        const auto is_like_it = [&](std::uint32_t node) {
            return roles_[node] == Role::fold && graph_.inputs(node)[0] == source;
        };
        for (std::size_t k = 0; k < open_.size(); ++k) {
            const Open& open = open_[k];
            if (!open.nodes.empty() && open.is_fused && open.space == space &&
                open.reduced == parts_.reduced_axes(i) &&
                std::ranges::all_of(open.nodes, is_like_it)) {
                return static_cast<int>(k);
            }
        }
        return Grouping::none;
    }

    [[nodiscard]] bool is_in(Source source, const std::vector<int>& groups) const {
        return !source.is_leaf() && open_of_[source.index()] != Grouping::none &&
               std::ranges::find(groups, open_of_[source.index()]) != groups.end() &&
               roles_[source.index()] != Role::fold;
    }

    /// Whether one kernel can reduce along these axes and hold what both groups have.
    [[nodiscard]] static bool agree(const Open& a, const Open& b) {
        const unsigned reduced = a.reduced | b.reduced;
        const bool reduces_alike = a.reduced == 0 || b.reduced == 0 || a.reduced == b.reduced;
        // Draws go by the flat order of elements.
        return reduces_alike && !((a.has_draw || b.has_draw) && keeps_axes(reduced, a.space));
    }

    /// The groups whose values could stay in registers on their way to node i.
    [[nodiscard]] std::vector<int> flowing_groups(std::size_t i, const Shape& space) const {
        std::vector<int> flowing;
        Open together;
        together.space = space;
        together.reduced = roles_[i] == Role::fold ? parts_.reduced_axes(i) : 0;
        for (const Source source : graph_.inputs(i)) {
            if (!can_flow(source, space)) {
                continue;
            }
            const int group = open_of_[source.index()];
            const Open& open = open_[static_cast<std::size_t>(group)];
            if (std::ranges::find(flowing, group) == flowing.end() && agree(together, open)) {
                flowing.push_back(group);
                together.reduced |= open.reduced;
                together.has_draw = together.has_draw || open.has_draw;
            }
        }
        return flowing;
    }

    /// Of those the ones that can become one group with it: one that somebody reads before the
    /// others are ready cannot wait for them.
    [[nodiscard]] std::vector<int> choose_groups(std::size_t i, const Shape& space) {
        std::vector<int> chosen = flowing_groups(i, space);
        while (true) {
            const std::size_t before = chosen.size();
            int level = 0;
            for (const Source source : graph_.inputs(i)) {
                if (!is_in(source, chosen)) {
                    level = std::max(level, level_before(source) + 1);
                    // What a group leaves in memory is there when it is done, not before.
                    std::erase(chosen, group_before(source));
                }
            }
            if (chosen.size() != before) {
                continue;
            }
            std::size_t nodes = 1;
            for (const int group : chosen) {
                level = std::max(level, open_[static_cast<std::size_t>(group)].level);
                nodes += open_[static_cast<std::size_t>(group)].nodes.size();
            }
            const auto refused = std::ranges::find_if(chosen, [&](int group) {
                const Open& open = open_[static_cast<std::size_t>(group)];
                return open.level != level && open.first_consumer <= level;
            });
            if (refused != chosen.end()) {
                chosen.erase(refused);
            } else if (nodes > most_nodes) {
                chosen.pop_back();
            } else {
                return chosen;
            }
        }
    }
    [[nodiscard]] int group_before(Source source) const {
        const Source base = behind(source);
        return base.is_leaf() ? Grouping::none : open_of_[base.index()];
    }
    [[nodiscard]] int level_before(Source source) const {
        const int group = group_before(source);
        return group == Grouping::none ? 0 : open_[static_cast<std::size_t>(group)].level;
    }

    void join(const std::vector<int>& groups, std::size_t i, int level, const Shape& space) {
        if (groups.empty()) {
            Open open;
            open.level = level;
            open.is_fused = true;
            open.space = space;
            open.nodes.push_back(static_cast<std::uint32_t>(i));
            open.has_draw = roles_[i] == Role::draw;
            open.has_isolated_draw = open.has_draw && !abilities_.mixes_draws;
            open.reduced = roles_[i] == Role::fold ? parts_.reduced_axes(i) : 0;
            add(std::move(open), i);
            return;
        }
        const int target = groups.front();
        Open& into = open_[static_cast<std::size_t>(target)];
        for (std::size_t k = 1; k < groups.size(); ++k) {
            Open& from = open_[static_cast<std::size_t>(groups[k])];
            for (const std::uint32_t node : from.nodes) {
                open_of_[node] = target;
            }
            into.nodes.insert(into.nodes.end(), from.nodes.begin(), from.nodes.end());
            into.first_consumer = std::min(into.first_consumer, from.first_consumer);
            into.reduced |= from.reduced;
            into.has_draw = into.has_draw || from.has_draw;
            from.nodes.clear();
        }
        into.level = level;
        into.reduced |= roles_[i] == Role::fold ? parts_.reduced_axes(i) : 0;
        into.nodes.push_back(static_cast<std::uint32_t>(i));
        open_of_[i] = target;
    }

    Grouping finish() {
        // Numbers and windows that somebody wants as nodes: as soon as their input is there.
        for (std::size_t i = 0; i < graph_.size(); ++i) {
            if (settled_[i] != 0) {
                const Source base =
                    roles_[i] == Role::window ? behind(Source::node(i)) : Source::node(i);
                const bool is_computed =
                    !base.is_leaf() && open_of_[base.index()] != Grouping::none;
                Open open;
                open.level = is_computed ? level_of(base.index()) + 1 : 0;
                open.nodes.push_back(static_cast<std::uint32_t>(i));
                add(std::move(open), i);
            }
        }
        std::vector<std::size_t> order;
        for (std::size_t k = 0; k < open_.size(); ++k) {
            if (!open_[k].nodes.empty()) {
                order.push_back(k);
            }
        }
        std::ranges::stable_sort(
            order, [&](std::size_t a, std::size_t b) { return open_[a].level < open_[b].level; });
        result_.group_of.assign(graph_.size(), Grouping::none);
        for (const std::size_t k : order) {
            Open& open = open_[k];
            std::ranges::sort(open.nodes);
            for (const std::uint32_t node : open.nodes) {
                result_.group_of[node] = static_cast<int>(result_.groups.size());
            }
            result_.groups.push_back(
                {std::move(open.nodes), open.level, open.is_fused, open.space, open.reduced});
        }
        return std::move(result_);
    }

    const Graph& graph_;
    Abilities abilities_;
    Parts parts_;
    std::vector<Role> roles_;
    std::vector<int> open_of_;
    std::vector<char> settled_;
    std::vector<Open> open_;
    Grouping result_;
};

}  // namespace

bool keeps_axes(unsigned reduced, const Shape& space) noexcept {
    return reduced != 0 && reduced != (1U << static_cast<unsigned>(space.size())) - 1;
}

Shape space_of(const Shape& shape) noexcept {
    Shape space;
    for (const std::ptrdiff_t extent : shape) {
        if (extent != 1) {
            space.push_back(extent);
        }
    }
    return space;
}

bool is_window(const Graph& graph, std::size_t node) noexcept {
    const Op op = graph.node(node).op;
    if (op != Op::view && op != Op::reshape) {
        return false;
    }
    const Source input = graph.inputs(node)[0];
    if (input.is_leaf()) {
        const Node& leaf = graph.leaf(input.index());
        const Strides& strides = leaf.value().strides;
        return is_contiguous(leaf.shape, strides) ||
               (op == Op::view && is_turned(leaf) &&
                as_it_lies(graph.node(node).attribute<ViewAttr>(), leaf.shape, strides));
    }
    // Of what kernels and the interpreter compute, only windows may lie otherwise.
    const Op from = graph.node(input.index()).op;
    return from != Op::view && from != Op::reshape;
}

Grouping grouped(const Graph& graph, const Abilities& abilities) {
    return Grouper(graph, abilities).run();
}

}  // namespace monnto::kernel
