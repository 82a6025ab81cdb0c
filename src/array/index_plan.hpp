#pragma once

#include <monnto/array/array.hpp>

#include <vector>

namespace monnto {

/// An index taken apart: a strided window for its basic part, and what index arrays and masks do to
/// that window.
struct IndexPlan {
    ViewAttr window;               // on the owner's elements
    GatherAttr gather;             // axes of the window
    std::vector<NodeRef> indices;  // i64, checked, non-negative, of one common shape; settled
    Shape result;                  // of the whole selection
    bool is_snapshot = false;      // only ints: a zero-dimensional result is a copy (S4)

    [[nodiscard]] bool is_basic() const noexcept { return gather.axes.empty(); }
};

/// Throws IndexOutOfRange, ShapeMismatch or TypeMismatch; evaluates masks and index arrays.
[[nodiscard]] IndexPlan plan_index(const Array& source, const Index& index);

}  // namespace monnto
