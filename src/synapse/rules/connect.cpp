#include "line_stream.hpp"
#include "lines.hpp"

#include <monnto/base/error.hpp>

#include <algorithm>
#include <numeric>

namespace monnto {
namespace {

template <class... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};

// What a function says, without what is not allowed.
class Asked {
public:
    Asked(const rules::Callable& rule, const Ends& ends, const Allowed& allowed)
        : rule_(rule), omitted_(omitted_targets(ends, allowed)), allowed_(allowed) {}
    void append(std::int64_t source, std::vector<std::int64_t>& all) {
        row_.clear();
        rule_.targets_of(source, row_);
        std::sort(row_.begin(), row_.end());
        if (omitted_.of(source) >= 0) {
            std::erase(row_, omitted_.of(source));
        }
        if (!allowed_.multapses) {
            row_.erase(std::unique(row_.begin(), row_.end()), row_.end());
        }
        all.insert(all.end(), row_.begin(), row_.end());
    }

private:
    const rules::Callable& rule_;
    Omitted omitted_;
    Allowed allowed_;
    std::vector<std::int64_t> row_;
};

Connections connected(const rules::Callable& rule, const Ends& ends, const Allowed& allowed) {
    Asked asked(rule, ends, allowed);
    std::vector<std::int64_t> starts{0};
    std::vector<std::int64_t> target;
    for (std::int64_t source = 0; source < ends.sources; ++source) {
        asked.append(source, target);
        starts.push_back(static_cast<std::int64_t>(target.size()));
    }
    return connections_from_rows(ends.sources, ends.targets, starts, target).connections;
}

}  // namespace

Ends Ends::recurrent(std::int64_t neurons) {
    Ends ends{.sources = neurons, .targets = neurons};
    ends.self.resize(static_cast<std::size_t>(std::max<std::int64_t>(0, neurons)));
    std::iota(ends.self.begin(), ends.self.end(), std::int64_t{0});
    return ends;
}

LinesPointer lines_of(const Rule& rule, const Ends& ends, std::uint64_t key,
                      const Allowed& allowed) {
    return std::visit(
        Overloaded{
            [&](const rules::AllToAll&) { return all_pairs(ends, allowed); },
            [&](const rules::OneToOne&) { return one_to_one(ends, allowed); },
            [&](const rules::FixedProbability& r) { return bernoulli(r.p, ends, key, allowed); },
            [&](const rules::FixedIndegree& r) {
                return fixed_degree(r.k, true, ends, key, allowed);
            },
            [&](const rules::FixedOutdegree& r) {
                return fixed_degree(r.k, false, ends, key, allowed);
            },
            [&](const rules::FixedTotalNumber& r) { return fixed_total(r.n, ends, key, allowed); },
            [&](const rules::DistanceDependent& r) { return by_distance(r, ends, key, allowed); },
            [&](const rules::Ring& r) { return ring(r.k, ends); },
            [&](const rules::SmallWorld& r) { return small_world(r, ends, key); },
            [](const rules::Pairs&) -> LinesPointer {
                throw InternalError("lines_of: pairs have no lines");
            },
            [](const rules::Callable&) -> LinesPointer {
                throw InternalError("lines_of: a function has no lines");
            }},
        rule);
}

std::unique_ptr<const RuleRows> rule_rows(const Rule& rule, const Ends& ends,
                                          const RandomPosition& position, const Allowed& allowed) {
    check(rule, ends, allowed);
    if (std::holds_alternative<rules::FixedIndegree>(rule)) {
        throw BadParameter("rule", "fixed_indegree",
                           "rows one by one need a rule that draws per source: fixed_outdegree, "
                           "fixed_probability or fixed_total_number");
    }
    if (std::holds_alternative<rules::Callable>(rule) ||
        std::holds_alternative<rules::Pairs>(rule)) {
        throw BadParameter("rule", "pairs or a function",
                           "rows one by one need a rule of the engine; build the connections");
    }
    return lines_of(rule, ends, rule_key(position), allowed);
}

Connections connect(const Rule& rule, const Ends& ends, const RandomPosition& position,
                    const Allowed& allowed) {
    check(rule, ends, allowed);
    if (const auto* callable = std::get_if<rules::Callable>(&rule)) {
        return connected(*callable, ends, allowed);
    }
    if (const auto* pairs = std::get_if<rules::Pairs>(&rule)) {
        return connections_from_pairs(ends.sources, ends.targets, pairs->source, pairs->target)
            .connections;
    }
    return built(*lines_of(rule, ends, rule_key(position), allowed));
}

double expected_synapses(const Rule& rule, const Ends& ends, const Allowed& allowed) {
    check(rule, ends, allowed);
    const auto pairs = static_cast<double>(ends.sources) * static_cast<double>(ends.targets);
    return std::visit(
        Overloaded{[&](const rules::AllToAll&) { return pairs; },
                   [&](const rules::OneToOne&) { return static_cast<double>(ends.sources); },
                   [&](const rules::FixedProbability& r) { return r.p * pairs; },
                   [&](const rules::FixedIndegree& r) {
                       return static_cast<double>(r.k) * static_cast<double>(ends.targets);
                   },
                   [&](const rules::FixedOutdegree& r) {
                       return static_cast<double>(r.k) * static_cast<double>(ends.sources);
                   },
                   [](const rules::FixedTotalNumber& r) { return static_cast<double>(r.n); },
                   [](const rules::DistanceDependent&) { return -1.0; },
                   [&](const rules::Ring& r) {
                       return static_cast<double>(r.k) * static_cast<double>(ends.sources);
                   },
                   [&](const rules::SmallWorld& r) {
                       return static_cast<double>(r.k) * static_cast<double>(ends.sources);
                   },
                   [](const rules::Pairs& r) { return static_cast<double>(r.source.size()); },
                   [](const rules::Callable&) { return -1.0; }},
        rule);
}

}  // namespace monnto
