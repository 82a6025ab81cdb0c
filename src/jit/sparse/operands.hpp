#pragma once

#include "accumulate.hpp"
#include "events/pending_rows.hpp"
#include "events/scan.hpp"
#include "reference/operand.hpp"

#include <monnto/array/node.hpp>
#include <monnto/array/pattern.hpp>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace monnto::sparse {

template <class T>
[[nodiscard]] Weights<T> weights_of(const Value& contiguous, const Node& node) noexcept {
    return {reference::elements<T>(contiguous), node.shape.empty()};
}

/// The same for somebody who reads values of few sources only, which `sources` lists (ascending):
/// what is pending for others stays so.
template <class T, class F>
[[nodiscard]] Weights<T> weights_of_rows(const Value& contiguous, const Node& node,
                                         const Pattern& pattern, const F& sources) {
    if (contiguous.offset != 0 || !contiguous.buffer->is_behind()) {
        return weights_of<T>(contiguous, node);
    }
    const auto layout = events::RowLayout::of(pattern);
    const std::byte* values = events::with_rows(*contiguous.buffer, layout, sources());
    return {reinterpret_cast<const T*>(values), node.shape.empty()};
}

/// Elements of a vector that are not 0, ascending, and what they are.
template <class T>
struct Events {
    std::vector<std::int32_t> at;
    std::vector<T> factor;
    bool are_ones = false;  // known to be: the vector is of truth values

    explicit Events(const Node& vector) {
        const reference::Operand x = reference::operand(vector);
        const std::ptrdiff_t step = x.strides[0];
        events::find_events({vector.dtype, x.data, step, vector.shape[0]}, 0, at);
        if (vector.dtype == DType::boolean) {
            factor.assign(at.size(), T(1));
            are_ones = true;
            return;
        }
        factor.reserve(at.size());
        for (const std::int32_t i : at) {
            factor.push_back(x.as<T>()[i * step]);
        }
    }
};

}  // namespace monnto::sparse
