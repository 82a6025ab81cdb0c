#pragma once

#include "graph.hpp"

#include <cstdint>
#include <vector>

namespace monnto::kernel {

/// What a backend can put into its kernels.
struct Abilities {
    bool (*can_compute)(Op op, DType from, DType to) noexcept = nullptr;
    bool (*can_draw)(Distribution distribution, DType dtype) noexcept = nullptr;
    bool folds = true;        // reductions of everything inside kernels
    bool axis_folds = true;   // reductions along axes
    bool mixes_draws = true;  // draws in kernels with other work
    /// Reductions to one number in kernels with work that spreads vectors over a matrix.
    bool mixes_folds = true;
};

/// Nodes that run together: as one kernel, or one by one in the interpreter.
struct Group {
    std::vector<std::uint32_t> nodes;  // ascending, so inputs come first
    int level = 0;                     // groups of lower levels run before
    bool is_fused = false;
    Shape space;  // of a fused group: extents above 1 that its loop covers
    /// Axes of the space that its reductions combine, a bit each; 0 where there are none.
    unsigned reduced = 0;
};

struct Grouping {
    static constexpr int none = -1;
    std::vector<Group> groups;  // in the order in which they run
    /// Per node its group; none for nodes that no group computes: numbers, and windows that
    /// consumers read through.
    std::vector<int> group_of;
    /// Per node whether its value has to be in memory when its group is done.
    std::vector<char> is_stored;
    /// Per node whether it is a matrix that lies column by column once its group is done; known of
    /// groups that are fused already.
    std::vector<char> is_turned;
};

/// Cuts the graph into maximal groups of elementwise work over one space, with the reductions that
/// end them; what only one group needs stays inside it.
[[nodiscard]] Grouping grouped(const Graph& graph, const Abilities& abilities);

/// Whether some axes are kept and some reduced.
[[nodiscard]] bool keeps_axes(unsigned reduced, const Shape& space) noexcept;
/// Extents without those of 1, which no loop has to walk.
[[nodiscard]] Shape space_of(const Shape& shape) noexcept;
/// Whether consumers may read through this node to its input: a window or another shape of
/// something that lies in memory in C order, or a window of a matrix that lies column by column.
[[nodiscard]] bool is_window(const Graph& graph, std::size_t node) noexcept;

}  // namespace monnto::kernel
