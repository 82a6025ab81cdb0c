#pragma once

#include <monnto/array/cell.hpp>

#include <atomic>
#include <cstddef>
#include <vector>

namespace monnto {

/// The cells of the whole process whose content is not settled yet. A spin lock guards the list: it
/// is held for a few instructions, and almost always by one thread.
class PendingCells {
public:
    static void insert(Cell& cell) noexcept;
    /// Swaps the content of a cell, which another thread may be collecting.
    static void replace(Cell& cell, NodeRef content) noexcept;
    static void remove(Cell& cell) noexcept;
    /// Holders of all unsettled contents, for the time of an evaluation.
    [[nodiscard]] static std::vector<NodeRef> contents();
    /// Those whose elements a mask picks and nobody has counted.
    [[nodiscard]] static std::vector<Ref<Cell>> picked();
    /// Drops the cells whose content is settled now.
    static void sweep() noexcept;
    [[nodiscard]] static bool is_empty() noexcept;

private:
    static void unlink(Cell& cell) noexcept;
};

/// Counts a node that was recorded but not evaluated; true when it is time to evaluate all (S12).
[[nodiscard]] bool count_recorded() noexcept;

}  // namespace monnto
