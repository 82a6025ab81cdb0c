// Patterns from other patterns: with delays, and with fewer synapses.
#include "pieces.hpp"
#include "rows.hpp"

#include <monnto/synapse/build.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <numeric>
#include <utility>

namespace monnto {
namespace {

using synapse::in_pieces;

/// Which delays occur: their list, and the place of each in it.
class DelayTable {
public:
    explicit DelayTable(std::span<const std::int32_t> steps) {
        std::int32_t most = 0;
        for (const std::int32_t delay : steps) {
            check(delay);
            most = std::max(most, delay);
        }
        std::vector<char> occurs(static_cast<std::size_t>(most) + 1, 0);
        for (const std::int32_t delay : steps) {
            occurs[static_cast<std::size_t>(delay)] = 1;
        }
        index_.resize(occurs.size(), 0);
        for (std::size_t delay = 0; delay < occurs.size(); ++delay) {
            if (occurs[delay] != 0) {
                index_[delay] = static_cast<std::uint32_t>(list_.size());
                list_.push_back(static_cast<std::int32_t>(delay));
            }
        }
    }

    static void check(std::int32_t delay) {
        if (delay < 1 || delay > BadDelay::longest) {
            throw BadDelay(delay, "steps");
        }
    }
    [[nodiscard]] std::size_t index(std::int32_t delay) const {
        return index_[static_cast<std::size_t>(delay)];
    }
    [[nodiscard]] const std::vector<std::int32_t>& list() const noexcept { return list_; }

private:
    std::vector<std::int32_t> list_;
    std::vector<std::uint32_t> index_;
};

[[nodiscard]] Pattern::Parts parts_like(const Pattern& pattern) {
    Pattern::Parts parts;
    parts.sources = pattern.sources();
    parts.targets = pattern.targets();
    parts.starts = pattern.starts();
    return parts;
}

/// Rows sorted by (delay, target), each by counting: stable, so targets stay ascending.
/// `delay(source, position, target)` says the delay of a synapse of a pattern without delays.
template <class Delay>
PatternRef sorted_by_delay(const Pattern& pattern, const DelayTable& table, const Delay& delay,
                           std::vector<std::int64_t>* order) {
    Pattern::Parts parts = parts_like(pattern);
    parts.delays = table.list();
    parts.indices = synapse::target_list(parts.targets, pattern.size());
    const std::size_t blocks = parts.delays.size();
    parts.segment_ends.resize(static_cast<std::size_t>(parts.sources) * blocks);
    if (order != nullptr) {
        order->resize(static_cast<std::size_t>(pattern.size()));
    }
    const auto sort_row = [&](std::ptrdiff_t source, Pattern::Range row, const auto* from,
                              auto* to) {
        std::uint32_t* ends = parts.segment_ends.data() + static_cast<std::size_t>(source) * blocks;
        std::vector<std::uint32_t> at(blocks + 1, 0);
        for (std::int64_t k = row.first; k < row.last; ++k) {
            ++at[table.index(delay(source, k, from[k - row.first])) + 1];
        }
        for (std::size_t b = 0; b < blocks; ++b) {
            at[b + 1] += at[b];
            ends[b] = at[b + 1];
        }
        for (std::int64_t k = row.first; k < row.last; ++k) {
            const auto target = from[k - row.first];
            const std::int64_t place = row.first + at[table.index(delay(source, k, target))]++;
            to[place] = static_cast<std::remove_cvref_t<decltype(*to)>>(target);
            if (order != nullptr) {
                (*order)[static_cast<std::size_t>(place)] = k;
            }
        }
    };
    in_pieces(parts.sources, 16, pattern.size() * 16, [&](auto first, auto last) {
        pattern.for_rows(first, last, [&](auto source, auto row, const auto* from) {
            synapse::with_list(*parts.indices, parts.targets,
                               [&](auto* to) { sort_row(source, row, from, to); });
        });
    });
    return synapse::packed(std::move(parts));
}

/// All at the same delay: the same rows.
[[nodiscard]] PatternRef with_one_delay(const Pattern& pattern, std::int32_t steps,
                                        std::vector<std::int64_t>* order) {
    DelayTable::check(steps);
    Pattern::Parts parts = parts_like(pattern);
    parts.indices = pattern.indices();
    parts.segment_ends = pattern.parts().segment_ends;
    parts.pages = pattern.pages();
    parts.delays = {steps};
    if (order != nullptr) {
        order->resize(static_cast<std::size_t>(pattern.size()));
        std::iota(order->begin(), order->end(), std::int64_t{0});
    }
    return std::make_shared<Pattern>(std::move(parts));
}

/// `order` composed with an earlier one.
void compose(std::vector<std::int64_t>& order, const std::vector<std::int64_t>& earlier) {
    for (std::int64_t& each : order) {
        each = earlier[static_cast<std::size_t>(each)];
    }
}

void check_has_no_delays(const Pattern& pattern) {
    if (pattern.delay_count() > 1) {
        throw BadState("these synapses have delays already; give delays to the pattern without");
    }
}

/// Delays of one end: 0 where all of it is at the other.
[[nodiscard]] std::vector<std::int32_t> distinct(std::span<const std::int32_t> steps) {
    std::vector<std::int32_t> list(steps.begin(), steps.end());
    std::ranges::sort(list);
    list.erase(std::ranges::unique(list).begin(), list.end());
    if (!list.empty() && (list.front() < 0 || list.back() > BadDelay::longest)) {
        throw BadDelay(list.front() < 0 ? list.front() : list.back(), "steps");
    }
    return list;
}

void check_ends(std::span<const std::int32_t> steps, std::ptrdiff_t extent, const char* name) {
    if (steps.size() != 1 && std::cmp_not_equal(steps.size(), extent)) {
        throw ShapeMismatch(name, {static_cast<std::ptrdiff_t>(steps.size())}, {extent},
                            "give one delay per neuron, or one for all");
    }
}

}  // namespace

BadDelay::BadDelay(double delay_, std::string_view unit)
    : BadParameter("delay", fmt::format("{} {}", delay_, unit),
                   fmt::format("one step or more, up to {}; a spike cannot arrive in the step in "
                               "which it is made",
                               longest)),
      delay(delay_) {}

PatternRef with_delays(const PatternRef& pattern, std::span<const std::int32_t> steps,
                       std::vector<std::int64_t>* order) {
    check_has_no_delays(*pattern);
    if (steps.size() == 1 && pattern->size() != 1) {
        return with_one_delay(*pattern, steps.front(), order);
    }
    if (std::cmp_not_equal(steps.size(), pattern->size())) {
        throw ShapeMismatch("with_delays", {static_cast<std::ptrdiff_t>(steps.size())},
                            {pattern->size()}, "give one delay per synapse, or one for all");
    }
    return sorted_by_delay(
        *pattern, DelayTable(steps),
        [steps](std::ptrdiff_t, std::int64_t k, std::uint32_t) {
            return steps[static_cast<std::size_t>(k)];
        },
        order);
}

PatternRef with_end_delays(const PatternRef& pattern, std::span<const std::int32_t> axonal,
                           std::span<const std::int32_t> dendritic,
                           std::vector<std::int64_t>* order) {
    check_has_no_delays(*pattern);
    check_ends(axonal, pattern->sources(), "axonal delay");
    check_ends(dendritic, pattern->targets(), "dendritic delay");
    if (axonal.size() == 1 && dendritic.size() == 1) {
        return with_one_delay(*pattern, axonal.front() + dendritic.front(), order);
    }
    const auto at = [](std::span<const std::int32_t> steps, std::ptrdiff_t i) {
        return steps.size() == 1 ? steps.front() : steps[static_cast<std::size_t>(i)];
    };
    // Every sum that can occur: there are few distinct delays on either side.
    std::vector<std::int32_t> sums;
    for (const std::int32_t a : distinct(axonal)) {
        for (const std::int32_t d : distinct(dendritic)) {
            sums.push_back(a + d);
        }
    }
    return sorted_by_delay(
        *pattern, DelayTable(sums),
        [&](std::ptrdiff_t source, std::int64_t, std::uint32_t target) {
            return at(axonal, source) + at(dendritic, target);
        },
        order);
}

namespace {

/// Writes the targets that stay from position `at` on; where the next row begins.
template <class From, class To>
std::int64_t keep_row(Pattern::Range row, const From* from, std::span<const bool> kept, To* to,
                      std::int64_t at, std::vector<std::int64_t>* order) {
    for (std::int64_t k = row.first; k < row.last; ++k) {
        if (!kept[static_cast<std::size_t>(k)]) {
            continue;
        }
        to[at] = static_cast<To>(from[k - row.first]);
        if (order != nullptr) {
            (*order)[static_cast<std::size_t>(at)] = k;
        }
        ++at;
    }
    return at;
}

}  // namespace

PatternRef kept_synapses(const PatternRef& pattern, std::span<const bool> kept,
                         std::vector<std::int64_t>* order) {
    if (std::cmp_not_equal(kept.size(), pattern->size())) {
        throw ShapeMismatch("kept_synapses", {static_cast<std::ptrdiff_t>(kept.size())},
                            {pattern->size()}, "say for each synapse whether it stays");
    }
    Pattern::Parts parts = parts_like(*pattern);
    parts.delays = pattern->delays();
    const std::ptrdiff_t blocks = pattern->blocks();
    parts.segment_ends.resize(blocks > 1 ? static_cast<std::size_t>(parts.sources * blocks) : 0);
    const auto count_in = [kept](Pattern::Range range) {
        return std::count(kept.begin() + range.first, kept.begin() + range.last, true);
    };
    in_pieces(parts.sources, 16, pattern->size() * 2, [&](auto first, auto last) {
        for (std::ptrdiff_t source = first; source < last; ++source) {
            std::int64_t total = 0;
            for (std::ptrdiff_t k = 0; k < blocks; ++k) {
                total += count_in(pattern->block(source, k));
                if (blocks > 1) {
                    parts.segment_ends[static_cast<std::size_t>(source * blocks + k)] =
                        static_cast<std::uint32_t>(total);
                }
            }
            parts.starts[static_cast<std::size_t>(source) + 1] = total;
        }
    });
    synapse::make_starts(parts.starts);
    parts.indices = synapse::target_list(parts.targets, parts.starts.back());
    if (order != nullptr) {
        order->resize(static_cast<std::size_t>(parts.starts.back()));
    }
    in_pieces(parts.sources, 16, pattern->size() * 4, [&](auto first, auto last) {
        std::int64_t at = parts.starts[static_cast<std::size_t>(first)];
        pattern->for_rows(first, last, [&](auto, auto row, const auto* from) {
            synapse::with_list(*parts.indices, parts.targets,
                               [&](auto* to) { at = keep_row(row, from, kept, to, at, order); });
        });
    });
    return synapse::packed(std::move(parts));
}

SynapseList list_of(const Pattern& pattern) {
    SynapseList list;
    list.source.reserve(static_cast<std::size_t>(pattern.size()));
    list.target.reserve(static_cast<std::size_t>(pattern.size()));
    pattern.for_rows(0, pattern.sources(), [&](auto, auto row, const auto* targets) {
        list.target.insert(list.target.end(), targets, targets + (row.last - row.first));
    });
    list.delay.resize(pattern.delays().empty() ? 0 : list.target.size());
    for (std::ptrdiff_t source = 0; source < pattern.sources(); ++source) {
        const Pattern::Range row = pattern.row(source);
        list.source.insert(list.source.end(), static_cast<std::size_t>(row.last - row.first),
                           source);
        if (!list.delay.empty()) {
            pattern.delays_of(source, list.delay.data() + row.first);
        }
    }
    return list;
}

PatternRef grown_pattern(const PatternRef& pattern, std::span<const std::int64_t> source_of,
                         std::span<const std::int64_t> target_of,
                         std::span<const std::int32_t> delays, std::vector<std::int64_t>* order) {
    SynapseList list = list_of(*pattern);
    const bool has_delays = !list.delay.empty();
    if (has_delays && delays.size() != 1 && delays.size() != source_of.size()) {
        throw ShapeMismatch("grow", {static_cast<std::ptrdiff_t>(delays.size())},
                            {static_cast<std::ptrdiff_t>(source_of.size())},
                            "give one delay per new synapse, or one for all");
    }
    if (!has_delays && !delays.empty()) {
        throw BadParameter("delays", fmt::format("{} of them", delays.size()),
                           "none: the matrix was made without delays");
    }
    list.source.insert(list.source.end(), source_of.begin(), source_of.end());
    list.target.insert(list.target.end(), target_of.begin(), target_of.end());
    const SortedConnections sorted =
        connections_from_pairs(pattern->sources(), pattern->targets(), list.source, list.target);
    std::vector<std::int64_t> by_target(sorted.order.begin(), sorted.order.end());
    if (by_target.empty()) {
        by_target.resize(list.source.size());
        std::iota(by_target.begin(), by_target.end(), std::int64_t{0});
    }
    PatternRef grown = pattern_from(sorted.connections);
    if (has_delays) {
        for (std::size_t k = 0; k < source_of.size(); ++k) {
            list.delay.push_back(delays.size() == 1 ? delays.front() : delays[k]);
        }
        std::vector<std::int32_t> steps(by_target.size());
        std::ranges::transform(by_target, steps.begin(), [&](std::int64_t k) {
            return list.delay[static_cast<std::size_t>(k)];
        });
        std::vector<std::int64_t> by_delay;
        grown = with_delays(grown, steps, &by_delay);
        compose(by_delay, by_target);
        by_target = std::move(by_delay);
    }
    if (order != nullptr) {
        *order = std::move(by_target);
    }
    return grown;
}

}  // namespace monnto
