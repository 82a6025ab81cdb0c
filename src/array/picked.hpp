#pragma once

#include <monnto/array/array.hpp>

#include <memory>
#include <optional>
#include <vector>

namespace monnto {

/// What a mask picks from an array, and what was computed of that, before anybody asked how many
/// elements it has: every element of the whole array is computed, and the mask says which of them
/// count. So `n.u[n.spike] += 2.0` needs no count of the mask and stays lazy, as
/// `n.v[n.spike] = 0.0` does.
struct Picked {
    NodeRef mask;    // along the axes from `axis` on
    int axis = 0;    // of `whole`
    NodeRef places;  // where the mask stands for an index array: that
    NodeRef whole;   // each element as it is where the mask picks it
    /// How it came about: `operation` on `parts`, which are numbers, arrays beside what is picked,
    /// or picked themselves; without, the mask picks from `whole`.
    std::optional<Op> operation;  // Op::cast: to the dtype of `whole`
    std::vector<Operand> parts;

    /// The same as an ordinary array: counts the mask.
    [[nodiscard]] Array gathered() const;
};

/// `source[index]` without counting, where that is possible and promises to be cheap.
[[nodiscard]] std::shared_ptr<const Picked> pick(const Array& source, const Index& index);

[[nodiscard]] inline bool is_picked(const Operand& operand) noexcept {
    return !operand.is_number() && operand.array().is_picked();
}
/// The operation on what is picked; null where the elements have to be counted first.
[[nodiscard]] std::shared_ptr<const Picked> picked_unary(Op op, const Operand& a);
[[nodiscard]] std::shared_ptr<const Picked> picked_binary(Op op, const Operand& a,
                                                          const Operand& b);
[[nodiscard]] std::shared_ptr<const Picked> picked_cast(const Array& a, DType dtype);
/// The sum over `axes` (all without) where the mask picks along just these, in the order of what it
/// picks (S17); an empty handle where the elements have to be counted first.
[[nodiscard]] Array picked_sum(const Array& a,
                               const std::optional<std::vector<std::ptrdiff_t>>& axes);

/// The content of `target` after `target[index] = value`, where that needs no count; null
/// otherwise.
[[nodiscard]] NodeRef with_masked(const Array& target, const Index& index, const Operand& value);

[[nodiscard]] Array array_of_picked(std::shared_ptr<const Picked> picked);

}  // namespace monnto
