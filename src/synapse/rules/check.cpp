// What cannot be, said before anything is drawn.
#include "lines.hpp"

#include <monnto/base/error.hpp>

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <string>

namespace monnto {
namespace {

void check_probability(double p) {
    const bool is_probability = p >= 0.0 && p <= 1.0;  // false for NaN
    if (!is_probability) {
        throw BadParameter("p", fmt::format("{}", p), "a probability between 0 and 1");
    }
}

void check_equal_ends(const char* rule, const Ends& ends) {
    if (ends.sources != ends.targets) {
        throw ShapeMismatch(rule, {ends.sources}, {ends.targets},
                            "this rule needs as many sources as targets");
    }
}

// Of `others` neurons, one of which a line may have to leave out.
void check_degree(std::int64_t k, std::int64_t others, const char* others_name, const Ends& ends,
                  const Allowed& allowed) {
    if (k < 0) {
        throw BadParameter("k", std::to_string(k), "a number of synapses, 0 or more");
    }
    const std::int64_t candidates = others - (allowed.autapses || ends.self.empty() ? 0 : 1);
    const bool is_too_many = allowed.multapses ? k > 0 && candidates < 1 : k > candidates;
    if (is_too_many || k > std::numeric_limits<std::uint32_t>::max()) {
        throw BadParameter(
            "k", std::to_string(k),
            fmt::format("there are {} {} to choose from; take fewer or allow multapses", candidates,
                        others_name));
    }
}

void check_total(std::int64_t n, const Ends& ends, const Allowed& allowed) {
    if (n < 0) {
        throw BadParameter("n", std::to_string(n), "a number of synapses, 0 or more");
    }
    const double pairs = static_cast<double>(ends.sources) * static_cast<double>(ends.targets) -
                         static_cast<double>(omitted_targets(ends, allowed).total());
    if (allowed.multapses ? n > 0 && pairs < 1.0 : static_cast<double>(n) > pairs) {
        throw BadParameter(
            "n", std::to_string(n),
            fmt::format("there are {:.0f} pairs; take fewer or allow multapses", pairs));
    }
}

void check_positions(const char* end, const Positions& positions, std::int64_t count) {
    bool has_any = false;
    for (const std::vector<double>& axis : positions.axis) {
        if (axis.empty()) {
            continue;
        }
        has_any = true;
        if (static_cast<std::int64_t>(axis.size()) != count) {
            throw ShapeMismatch(fmt::format("positions of the {}", end),
                                {static_cast<std::ptrdiff_t>(axis.size())}, {count},
                                "one number per neuron and axis");
        }
        for (const double value : axis) {
            if (!std::isfinite(value)) {
                throw BadParameter("position", fmt::format("{}", value), "a finite number");
            }
        }
    }
    if (!has_any && count > 0) {
        throw BadParameter(fmt::format("positions of the {}", end), "none",
                           "rules of distance need x, y or z of both groups");
    }
}

void check_distance(const rules::DistanceDependent& rule, const Ends& ends) {
    check_probability(rule.p);
    if (!(rule.scale > 0.0) || !std::isfinite(rule.scale)) {
        throw BadParameter("scale", fmt::format("{}", rule.scale),
                           "a length above 0: width, decay length, radius or half a side");
    }
    if (!(rule.cutoff >= 0.0)) {
        throw BadParameter("cutoff", fmt::format("{}", rule.cutoff), "a length, 0 or more");
    }
    for (const double period : ends.period) {
        if (!(period >= 0.0) || !std::isfinite(period)) {
            throw BadParameter("period", fmt::format("{}", period),
                               "the extent of space along an axis, or 0 where it does not close");
        }
    }
    check_positions("sources", ends.source_at, ends.sources);
    check_positions("targets", ends.target_at, ends.targets);
}

void check_ring(std::int64_t k, const Ends& ends) {
    check_equal_ends("ring", ends);
    if (k < 0 || k % 2 != 0 || (k > 0 && k >= ends.sources)) {
        throw BadParameter("k", std::to_string(k),
                           fmt::format("an even number of neighbors below {}", ends.sources));
    }
}

void check_ends(const Ends& ends) {
    constexpr std::int64_t most = std::numeric_limits<std::uint32_t>::max();
    if (ends.sources < 0 || ends.targets < 0 || ends.sources > most || ends.targets > most) {
        throw BadParameter("size", fmt::format("{} and {}", ends.sources, ends.targets),
                           "populations of 0 to 4,294,967,295 neurons");
    }
    if (!ends.self.empty() && static_cast<std::int64_t>(ends.self.size()) != ends.sources) {
        throw ShapeMismatch("connect", {static_cast<std::ptrdiff_t>(ends.self.size())},
                            {ends.sources}, "`self` needs one number per source");
    }
}

struct Checker {
    const Ends& ends;
    const Allowed& allowed;

    void operator()(const rules::AllToAll& /*rule*/) const {}
    void operator()(const rules::OneToOne& /*rule*/) const { check_equal_ends("one_to_one", ends); }
    void operator()(const rules::FixedProbability& rule) const { check_probability(rule.p); }
    void operator()(const rules::FixedIndegree& rule) const {
        check_degree(rule.k, ends.sources, "sources", ends, allowed);
    }
    void operator()(const rules::FixedOutdegree& rule) const {
        check_degree(rule.k, ends.targets, "targets", ends, allowed);
    }
    void operator()(const rules::FixedTotalNumber& rule) const {
        check_total(rule.n, ends, allowed);
    }
    void operator()(const rules::DistanceDependent& rule) const { check_distance(rule, ends); }
    void operator()(const rules::Ring& rule) const { check_ring(rule.k, ends); }
    void operator()(const rules::SmallWorld& rule) const {
        check_ring(rule.k, ends);
        check_probability(rule.p);
    }
    void operator()(const rules::Pairs& /*rule*/) const {}  // when they are sorted
    void operator()(const rules::Callable& /*rule*/) const {}
};

}  // namespace

void check(const Rule& rule, const Ends& ends, const Allowed& allowed) {
    check_ends(ends);
    std::visit(Checker{ends, allowed}, rule);
}

}  // namespace monnto
