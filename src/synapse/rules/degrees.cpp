// A fixed number of synapses per line, or in all.
#include "choice.hpp"
#include "lines.hpp"
#include "parallel.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <span>
#include <utility>

namespace monnto {
namespace {

/// Rounds of numbers that a rule draws for one line.
constexpr std::uint32_t for_members = 0;
constexpr std::uint32_t for_counts = 1;

class FixedDegree final : public Lines {
public:
    struct Form {
        std::uint32_t k;
        bool by_target;
        bool multapses;
    };
    FixedDegree(Form form, std::int64_t lines, std::int64_t others, std::uint64_t key,
                Omitted omitted)
        : Lines(lines, others), form_(form), key_(key), omitted_(std::move(omitted)) {}
    [[nodiscard]] bool is_by_target() const override { return form_.by_target; }
    void row(std::int64_t line, std::vector<std::uint32_t>& chosen) const override {
        LineStream stream(key_, static_cast<std::uint64_t>(line), for_members);
        const auto choose = form_.multapses ? choose_repeatedly : choose_distinct;
        choose(stream, form_.k, others(), omitted_.of(line), chosen);
    }
    [[nodiscard]] std::int64_t length(std::int64_t /*line*/) const override { return form_.k; }
    [[nodiscard]] double expected() const override {
        return static_cast<double>(count()) * form_.k;
    }

private:
    Form form_;
    std::uint64_t key_;
    Omitted omitted_;
};

/// First how many of all synapses each source has, then which targets: pairs are drawn with
/// replacement, so given their number the targets of a source are independent of all others.
class RepeatedTotal final : public Lines {
public:
    RepeatedTotal(std::int64_t n, const Ends& ends, std::uint64_t key, Omitted omitted)
        : Lines(ends.sources, ends.targets), n_(n), key_(key), omitted_(std::move(omitted)) {
        count_rows();
    }
    void row(std::int64_t source, std::vector<std::uint32_t>& targets) const override {
        LineStream stream(key_, static_cast<std::uint64_t>(source), for_members);
        choose_repeatedly(stream, lengths_[static_cast<std::size_t>(source)], others(),
                          omitted_.of(source), targets);
    }
    [[nodiscard]] std::int64_t length(std::int64_t source) const override {
        return lengths_[static_cast<std::size_t>(source)];
    }
    [[nodiscard]] double expected() const override { return static_cast<double>(n_); }

private:
    static constexpr std::int64_t draws_at_a_time = 1 << 16;

    // Sums of counts do not depend on their order, so threads may add as they come.
    void count_rows() {
        lengths_.assign(static_cast<std::size_t>(count()), 0);
        for_lines(n_, draws_at_a_time * 16, static_cast<double>(n_),
                  [this](std::int64_t first, std::int64_t last) {
                      std::vector<std::uint32_t> counts(lengths_.size(), 0);
                      for (std::int64_t begin = first; begin < last; begin += draws_at_a_time) {
                          count_draws(begin, std::min(last, begin + draws_at_a_time), counts);
                      }
                      for (std::size_t source = 0; source < counts.size(); ++source) {
                          if (counts[source] != 0) {
                              std::atomic_ref(lengths_[source])
                                  .fetch_add(counts[source], std::memory_order_relaxed);
                          }
                      }
                  });
    }

    void count_draws(std::int64_t begin, std::int64_t end, std::span<std::uint32_t> counts) const {
        LineStream stream(key_, static_cast<std::uint64_t>(begin / draws_at_a_time), for_counts);
        const auto sources = static_cast<std::uint32_t>(count());
        for (std::int64_t draw = begin; draw < end; ++draw) {
            std::uint32_t source = stream.below(sources);
            // A pair that is left out is drawn again, its source as well.
            while (omitted_.of(source) >= 0 && stream.below(others()) == omitted_.of(source)) {
                source = stream.below(sources);
            }
            ++counts[source];
        }
    }

    std::int64_t n_;
    std::uint64_t key_;
    Omitted omitted_;
    std::vector<std::uint32_t> lengths_;
};

/// Distinct pairs, as numbers source * targets + target in ascending order.
class DistinctTotal final : public Lines {
public:
    DistinctTotal(std::int64_t n, const Ends& ends, std::uint64_t key, const Omitted& omitted)
        : Lines(ends.sources, ends.targets) {
        const auto pairs = static_cast<std::uint64_t>(ends.sources) * others();
        const std::uint64_t possible = pairs - static_cast<std::uint64_t>(omitted.total());
        LineStream stream(key, 0, for_members);
        const auto wanted = static_cast<std::uint64_t>(n);
        if (wanted > possible / 4) {
            select(stream, wanted, possible, omitted);
        } else {
            collect(stream, wanted, pairs, omitted);
        }
    }
    void row(std::int64_t source, std::vector<std::uint32_t>& targets) const override {
        targets.clear();
        const auto [first, last] = run(source);
        for (auto pair = first; pair != last; ++pair) {
            targets.push_back(static_cast<std::uint32_t>(*pair % others()));
        }
    }
    [[nodiscard]] std::int64_t length(std::int64_t source) const override {
        const auto [first, last] = run(source);
        return last - first;
    }
    [[nodiscard]] double expected() const override { return static_cast<double>(pairs_.size()); }

private:
    using Iterator = std::vector<std::uint64_t>::const_iterator;
    [[nodiscard]] std::pair<Iterator, Iterator> run(std::int64_t source) const {
        const std::uint64_t first = static_cast<std::uint64_t>(source) * others();
        const auto begin = std::lower_bound(pairs_.begin(), pairs_.end(), first);
        return {begin, std::lower_bound(begin, pairs_.end(), first + others())};
    }
    [[nodiscard]] bool is_left_out(std::uint64_t pair, const Omitted& omitted) const {
        const std::int64_t self = omitted.of(static_cast<std::int64_t>(pair / others()));
        return self >= 0 && pair % others() == static_cast<std::uint64_t>(self);
    }

    // Where many are wanted, each pair in turn with the probability that is left for it (Knuth's
    // algorithm S).
    void select(LineStream& stream, std::uint64_t wanted, std::uint64_t possible,
                const Omitted& omitted) {
        pairs_.reserve(wanted);
        for (std::uint64_t pair = 0; wanted > 0; ++pair) {
            if (is_left_out(pair, omitted)) {
                continue;
            }
            if (stream.below_long(possible) < wanted) {
                pairs_.push_back(pair);
                --wanted;
            }
            --possible;
        }
    }

    // Where few are wanted, the first distinct ones of a sequence of random pairs.
    void collect(LineStream& stream, std::uint64_t wanted, std::uint64_t pairs,
                 const Omitted& omitted) {
        while (pairs_.size() < wanted) {
            const auto sorted = static_cast<std::ptrdiff_t>(pairs_.size());
            while (pairs_.size() < wanted) {
                const std::uint64_t pair = stream.below_long(pairs);
                if (!is_left_out(pair, omitted)) {
                    pairs_.push_back(pair);
                }
            }
            std::sort(pairs_.begin() + sorted, pairs_.end());
            std::inplace_merge(pairs_.begin(), pairs_.begin() + sorted, pairs_.end());
            pairs_.erase(std::unique(pairs_.begin(), pairs_.end()), pairs_.end());
        }
    }

    std::vector<std::uint64_t> pairs_;
};

}  // namespace

LinesPointer fixed_degree(std::int64_t k, bool by_target, const Ends& ends, std::uint64_t key,
                          const Allowed& allowed) {
    return std::make_unique<FixedDegree>(
        FixedDegree::Form{static_cast<std::uint32_t>(k), by_target, allowed.multapses},
        by_target ? ends.targets : ends.sources, by_target ? ends.sources : ends.targets, key,
        by_target ? omitted_sources(ends, allowed) : omitted_targets(ends, allowed));
}

LinesPointer fixed_total(std::int64_t n, const Ends& ends, std::uint64_t key,
                         const Allowed& allowed) {
    if (allowed.multapses) {
        return std::make_unique<RepeatedTotal>(n, ends, key, omitted_targets(ends, allowed));
    }
    return std::make_unique<DistinctTotal>(n, ends, key, omitted_targets(ends, allowed));
}

}  // namespace monnto
