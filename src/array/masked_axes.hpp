#pragma once

#include <monnto/array/array.hpp>

#include <optional>

namespace monnto {

/// A mask in an index: `[mask]`, `[:, mask]`; or what stands for one.
struct MaskedAxes {
    NodeRef mask;
    int axis = 0;
    /// An index array that picks rows or columns as the mask would: ascending, none twice. That is
    /// what `np.flatnonzero(spike)` and `np.where(spike)[0]` give.
    NodeRef places;
};
/// The mask where the index has one, whole axes, and nothing else; its extents fit the source.
[[nodiscard]] std::optional<MaskedAxes> masked_axes(const Index& index, const Array& source);

}  // namespace monnto
