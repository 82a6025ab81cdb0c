#pragma once

#include "graph.hpp"
#include "grouping.hpp"

#include <cstddef>
#include <cstdint>

namespace monnto::kernel {

/// How a node takes part.
enum class Role : std::uint8_t {
    number,       // an argument of whoever uses it
    window,       // read through
    elementwise,  // in kernels
    draw,
    fold,
    interpreted,
};

/// Which part each node takes in the steps of an evaluation, by itself and its inputs.
class Parts {
public:
    Parts(const Graph& graph, const Abilities& abilities) : graph_(graph), abilities_(abilities) {}

    [[nodiscard]] Role role_of(std::size_t i) const;
    /// Of reductions: axes of the input's space that they combine, a bit each.
    [[nodiscard]] unsigned reduced_axes(std::size_t i) const;
    [[nodiscard]] bool is_axis_fold(std::size_t i) const;

private:
    [[nodiscard]] bool folds(std::size_t i) const;
    [[nodiscard]] bool can_draw(std::size_t i) const;
    [[nodiscard]] bool lies_anyhow(Source source) const;

    const Graph& graph_;
    const Abilities& abilities_;
};

}  // namespace monnto::kernel
