#pragma once

#include <cstddef>
#include <cstdint>

/// The innermost loops of delivery: they decide what an event costs. Unrolled, because the loop's
/// own instructions are as many as those of an event; prefetching and scatter instructions gained
/// nothing (docs/decisions.md).
namespace monnto::sparse {

/// Values of synapses: one each, or one for all.
template <class T>
struct Weights {
    const T* data;
    bool is_single;
};

/// out[target] += value for `count` synapses.
template <class T, class Index>
inline void add_values(T* out, const Index* targets, const T* values, std::int64_t count) noexcept {
#pragma GCC unroll 8
    for (std::int64_t k = 0; k < count; ++k) {
        out[targets[k]] += values[k];
    }
}

/// out[target] += value * factor.
template <class T, class Index>
inline void add_products(T* out, const Index* targets, const T* values, T factor,
                         std::int64_t count) noexcept {
#pragma GCC unroll 8
    for (std::int64_t k = 0; k < count; ++k) {
        out[targets[k]] += values[k] * factor;
    }
}

/// out[target] += value, the same for all.
template <class T, class Index>
inline void add_constant(T* out, const Index* targets, T value, std::int64_t count) noexcept {
#pragma GCC unroll 8
    for (std::int64_t k = 0; k < count; ++k) {
        out[targets[k]] += value;
    }
}

/// Synapses [first, last) of a source whose element of the vector is `factor`.
template <class T, class Index>
inline void add_range(T* out, const Index* targets, const Weights<T>& weights, T factor,
                      std::int64_t first, std::int64_t last) noexcept {
    if (weights.is_single) {
        add_constant(out, targets + first, weights.data[0] * factor, last - first);
    } else if (factor == T(1)) {  // the same bits without the product
        add_values(out, targets + first, weights.data + first, last - first);
    } else {
        add_products(out, targets + first, weights.data + first, factor, last - first);
    }
}

}  // namespace monnto::sparse
