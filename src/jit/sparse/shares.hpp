#pragma once

#include <monnto/array/executor.hpp>
#include <monnto/array/parallel.hpp>
#include <monnto/array/pattern.hpp>

#include <cstdint>
#include <span>

namespace monnto::sparse {

/// Targets [first, last) that one thread owns: nobody else adds to them, so the order of a sum does
/// not depend on how many threads there are. They lie in one page.
struct Share {
    std::ptrdiff_t first, last;
    std::ptrdiff_t page, page_first;
    int part, parts;  // of the page
    std::span<const std::uint32_t> cuts;

    /// Of the synapses of a source with the delay of that index, those that end in this share.
    [[nodiscard]] Pattern::Range part_of(const Pattern& pattern, std::ptrdiff_t source,
                                         std::ptrdiff_t delay) const noexcept {
        const Pattern::Range all = pattern.segment(source, delay, page);
        if (parts == 1) {
            return all;
        }
        const std::ptrdiff_t number = (source * pattern.blocks() + delay) * pattern.pages() + page;
        const std::uint32_t* cut = cuts.data() + number * (parts - 1);
        return {part == 0 ? all.first : all.first + cut[part - 1],
                part == parts - 1 ? all.last : all.first + cut[part]};
    }
};

/// The share of that number, counted page by page.
[[nodiscard]] inline Share share_of(const Pattern& pattern, int number, int parts,
                                    std::span<const std::uint32_t> cuts) noexcept {
    const std::ptrdiff_t page = number / parts;
    const int part = number % parts;
    const std::ptrdiff_t begin = pattern.page_first(page);
    const std::ptrdiff_t extent = pattern.page_first(page + 1) - begin;
    return {begin + Pattern::share(extent, parts, part),
            begin + Pattern::share(extent, parts, part + 1),
            page,
            begin,
            part,
            parts,
            cuts};
}

/// Calls `add(share)` for shares that together are all targets: the pages, cut so often that there
/// is one for each thread where that many events are worth it.
template <class F>
void in_shares(const Pattern& pattern, std::int64_t events, const F& add) {
    // About 10 us of one thread.
    constexpr std::int64_t worth_waking = 8'000;
    const int pages = static_cast<int>(pattern.pages());
    int parts = events < worth_waking ? 1 : (threads() + pages - 1) / pages;
    parts = pattern.targets() / pages < parts ? 1 : parts;
    const std::span<const std::uint32_t> cuts =
        parts == 1 ? std::span<const std::uint32_t>() : pattern.cuts(parts);
    constexpr std::ptrdiff_t work_per_event = 16;
    const std::ptrdiff_t clearing = pattern.targets() / 2;
    in_parallel(pages * parts, 1, events * work_per_event + clearing,
                [&](std::ptrdiff_t from, std::ptrdiff_t to) {
                    for (auto number = static_cast<int>(from); number < static_cast<int>(to);
                         ++number) {
                        add(share_of(pattern, number, parts, cuts));
                    }
                });
}

}  // namespace monnto::sparse
