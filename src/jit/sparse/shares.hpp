#pragma once

#include <monnto/array/executor.hpp>
#include <monnto/array/parallel.hpp>
#include <monnto/array/pattern.hpp>

#include <cstdint>
#include <span>

namespace monnto::sparse {

/// Targets [first, last) that one thread owns: nobody else adds to them, so the order of a sum does
/// not depend on how many threads there are.
struct Share {
    std::ptrdiff_t first, last;
    int part, parts;
    std::span<const std::uint32_t> cuts;

    /// Of a block of synapses (that of `number` in order of sources and delays), those that end in
    /// this share.
    [[nodiscard]] Pattern::Range part_of(Pattern::Range range, std::ptrdiff_t number) const {
        if (parts == 1) {
            return range;
        }
        const std::uint32_t* cut = cuts.data() + number * (parts - 1);
        return {part == 0 ? range.first : range.first + cut[part - 1],
                part == parts - 1 ? range.last : range.first + cut[part]};
    }
};

/// Calls `add(share)` for shares that together are all targets; one for each thread where that many
/// events are worth it.
template <class F>
void in_shares(const Pattern& pattern, std::int64_t events, const F& add) {
    // About 20 us of one thread.
    constexpr std::int64_t worth_waking = 20'000;
    const int parts = events < worth_waking ? 1 : threads();
    if (parts < 2 || pattern.targets() < parts) {
        add(Share{0, pattern.targets(), 0, 1, {}});
        return;
    }
    const std::span<const std::uint32_t> cuts = pattern.cuts(parts);
    constexpr std::ptrdiff_t work_per_event = 16;
    in_parallel(parts, 1, events * work_per_event, [&](std::ptrdiff_t from, std::ptrdiff_t to) {
        for (auto part = static_cast<int>(from); part < static_cast<int>(to); ++part) {
            add(Share{Pattern::share(pattern.targets(), parts, part),
                      Pattern::share(pattern.targets(), parts, part + 1), part, parts, cuts});
        }
    });
}

}  // namespace monnto::sparse
