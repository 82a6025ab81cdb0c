#pragma once

#include <cstddef>

namespace monnto::cpu {

/// The elements at those places, side by side: so many loads at a time that the processor waits for
/// several lines of memory at once.
template <class T, class Index>
void pick(T* to, const T* from, const Index* at, std::size_t count) {
#pragma GCC unroll 8
    for (std::size_t i = 0; i < count; ++i) {
        to[i] = from[at[i]];
    }
}

}  // namespace monnto::cpu
