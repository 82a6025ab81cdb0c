// Rules without choice, and the choice of each pair on its own.
#include "exact_math.hpp"
#include "line_stream.hpp"
#include "lines.hpp"

#include <cmath>
#include <utility>

namespace monnto {
namespace {

class AllPairs final : public Lines {
public:
    AllPairs(const Ends& ends, Omitted omitted)
        : Lines(ends.sources, ends.targets), omitted_(std::move(omitted)) {}
    void row(std::int64_t source, std::vector<std::uint32_t>& targets) const override {
        targets.clear();
        const std::int64_t self = omitted_.of(source);
        for (std::uint32_t target = 0; target < others(); ++target) {
            if (target != self) {
                targets.push_back(target);
            }
        }
    }
    [[nodiscard]] std::int64_t length(std::int64_t source) const override {
        return others() - (omitted_.of(source) >= 0 ? 1 : 0);
    }
    [[nodiscard]] double expected() const override {
        return static_cast<double>(count()) * others() - static_cast<double>(omitted_.total());
    }

private:
    Omitted omitted_;
};

class OneToOne final : public Lines {
public:
    OneToOne(const Ends& ends, Omitted omitted)
        : Lines(ends.sources, ends.targets), omitted_(std::move(omitted)) {}
    void row(std::int64_t source, std::vector<std::uint32_t>& targets) const override {
        targets.clear();
        if (omitted_.of(source) != source) {
            targets.push_back(static_cast<std::uint32_t>(source));
        }
    }
    [[nodiscard]] std::int64_t length(std::int64_t source) const override {
        return omitted_.of(source) == source ? 0 : 1;
    }
    [[nodiscard]] double expected() const override { return static_cast<double>(count()); }

private:
    Omitted omitted_;
};

/// Every pair with the same probability. The gaps between two synapses are geometric, so a row
/// costs what it has, not what it could have.
class Bernoulli final : public Lines {
public:
    Bernoulli(double p, const Ends& ends, std::uint64_t key, Omitted omitted)
        : Lines(ends.sources, ends.targets),
          p_(p),
          // log(1 - p) loses the digits of a small p, where it is -p.
          hazard_(p < 1e-8 ? p : -exact::log(1.0 - p)),
          key_(key),
          omitted_(std::move(omitted)) {}
    void row(std::int64_t source, std::vector<std::uint32_t>& targets) const override {
        targets.clear();
        LineStream stream(key_, static_cast<std::uint64_t>(source));
        const std::int64_t self = omitted_.of(source);
        double place = 0.0;
        while (true) {
            place += std::floor(-exact::log(stream.positive_uniform()) / hazard_);
            if (!(place < others())) {
                return;
            }
            if (place != static_cast<double>(self)) {
                targets.push_back(static_cast<std::uint32_t>(place));
            }
            place += 1.0;
        }
    }
    [[nodiscard]] double expected() const override {
        return p_ *
               (static_cast<double>(count()) * others() - static_cast<double>(omitted_.total()));
    }

private:
    double p_;
    double hazard_;
    std::uint64_t key_;
    Omitted omitted_;
};

/// No synapse at all: what a probability of 0 means.
class NoPairs final : public Lines {
public:
    using Lines::Lines;
    void row(std::int64_t /*source*/, std::vector<std::uint32_t>& targets) const override {
        targets.clear();
    }
    [[nodiscard]] std::int64_t length(std::int64_t /*source*/) const override { return 0; }
    [[nodiscard]] double expected() const override { return 0.0; }
};

}  // namespace

LinesPointer all_pairs(const Ends& ends, const Allowed& allowed) {
    return std::make_unique<AllPairs>(ends, omitted_targets(ends, allowed));
}

LinesPointer one_to_one(const Ends& ends, const Allowed& allowed) {
    return std::make_unique<OneToOne>(ends, omitted_targets(ends, allowed));
}

LinesPointer bernoulli(double p, const Ends& ends, std::uint64_t key, const Allowed& allowed) {
    if (p >= 1.0) {
        return all_pairs(ends, allowed);
    }
    if (p <= 0.0) {
        return std::make_unique<NoPairs>(ends.sources, ends.targets);
    }
    return std::make_unique<Bernoulli>(p, ends, key, omitted_targets(ends, allowed));
}

}  // namespace monnto
