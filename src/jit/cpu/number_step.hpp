#pragma once

#include "program/recipe.hpp"
#include "reference/rows.hpp"

#include <set>

namespace monnto::cpu {

/// An elementwise operation on single numbers that all have their places, like the division of a
/// mean: the interpreter's loop, found once. A kernel would not be faster, and cost its compiling.
class NumberStep {
public:
    using Step = kernel::Recipe::Step;

    /// Whether that step is such an operation, and its inputs have places or are constants; `moves`
    /// as for Batch. The result's place is the caller's to give.
    [[nodiscard]] static bool can_take(const kernel::Graph& graph, const Step& step,
                                       const std::set<const Node*>& moves);

    /// Settles constants that the step reads, for ever. Contract: can_take.
    static void settle_constants(const kernel::Graph& graph, const Step& step);
    /// Contract: can_take, and what it reads and writes is settled.
    NumberStep(const kernel::Graph& graph, const Step& step);
    void run() const;

private:
    reference::Kernel kernel_;
    reference::Row row_{};
};

}  // namespace monnto::cpu
