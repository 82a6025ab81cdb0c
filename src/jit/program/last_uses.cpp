#include "recipe.hpp"

#include <algorithm>
#include <utility>

namespace monnto::kernel {
namespace {

class LastUses {
public:
    LastUses(const Graph& graph, Recipe& recipe) : graph_(graph), recipe_(recipe) {
        last_.of_node.resize(graph.size());
        last_.of_leaf.resize(graph.leaf_count());
    }

    LastReaders run() {
        for (std::size_t i = 0; i < recipe_.steps.size(); ++i) {
            step_ = i;
            for (const std::uint32_t node : recipe_.steps[i].nodes) {
                meet_inputs(node);
            }
        }
        for (std::size_t i = 0; i < recipe_.steps.size(); ++i) {
            Recipe::Step& step = recipe_.steps[i];
            if (!step.fusion) {
                note_overwritten(step, i);
                continue;
            }
            for (const Operand& operand : step.fusion->operands) {
                const bool is_last =
                    last_.at(operand.source) == i && !graph_.is_held(operand.source);
                step.is_last_use.push_back(is_last ? 1 : 0);
            }
        }
        return std::move(last_);
    }

private:
    /// Steps read through windows, so everything below a node counts as read with it.
    void meet_inputs(std::size_t node) {
        for (const Source input : graph_.inputs(node)) {
            last_.at(input) = step_;
            if (!input.is_leaf() && is_window(graph_, input.index())) {
                meet_inputs(input.index());
            }
        }
    }

    /// Whether what a write by index writes into may be written over.
    void note_overwritten(Recipe::Step& step, std::size_t i) const {
        const std::size_t node = step.nodes.front();
        const Op op = graph_.node(node).op;
        if (op == Op::update || op == Op::scatter) {
            const Source base = graph_.inputs(node)[0];
            const bool is_last = last_.at(base) == i && !graph_.is_held(base);
            step.is_last_use.push_back(is_last ? 1 : 0);
        }
    }

    const Graph& graph_;
    Recipe& recipe_;
    std::size_t step_ = 0;
    LastReaders last_;
};

}  // namespace

LastReaders mark_last_uses(const Graph& graph, Recipe& recipe) {
    return LastUses(graph, recipe).run();
}

}  // namespace monnto::kernel
