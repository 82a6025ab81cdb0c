#pragma once

#include <monnto/array/pattern.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace monnto::synapse {

/// An uninitialized list of targets, in the width that their number asks for.
[[nodiscard]] Ref<Buffer> target_list(std::ptrdiff_t targets, std::int64_t count);

/// A pattern of them, in pages where that is worth it.
[[nodiscard]] PatternRef packed(Pattern::Parts parts);

/// Sums of counts: where each row starts, and the end of the last. `counts[i + 1]` is row i's.
void make_starts(std::vector<std::int64_t>& counts);

/// Calls `use(list)` with a target_list as pointer to u16 or to u32.
template <class F>
void with_list(const Buffer& list, std::ptrdiff_t targets, const F& use) {
    if (Pattern::is_narrow(targets)) {
        use(reinterpret_cast<std::uint16_t*>(list.data()));
    } else {
        use(reinterpret_cast<std::uint32_t*>(list.data()));
    }
}

}  // namespace monnto::synapse
