#include "line_stream.hpp"
#include "lines.hpp"

#include <algorithm>

namespace monnto {
namespace {

class Ring : public Lines {
public:
    Ring(std::int64_t k, const Ends& ends) : Lines(ends.sources, ends.targets), k_(k) {}
    void row(std::int64_t source, std::vector<std::uint32_t>& targets) const override {
        neighbors(source, targets);
        std::sort(targets.begin(), targets.end());
    }
    [[nodiscard]] std::int64_t length(std::int64_t /*source*/) const override { return k_; }
    [[nodiscard]] double expected() const override {
        return static_cast<double>(count()) * static_cast<double>(k_);
    }

protected:
    /// The nearest first, alternately behind and before the source.
    void neighbors(std::int64_t source, std::vector<std::uint32_t>& targets) const {
        targets.clear();
        for (std::int64_t step = 1; step <= k_ / 2; ++step) {
            targets.push_back(static_cast<std::uint32_t>((source + step) % others()));
            targets.push_back(static_cast<std::uint32_t>((source + others() - step) % others()));
        }
    }

private:
    std::int64_t k_;
};

class SmallWorld final : public Ring {
public:
    SmallWorld(const rules::SmallWorld& rule, const Ends& ends, std::uint64_t key)
        : Ring(rule.k, ends), p_(rule.p), key_(key) {}
    void row(std::int64_t source, std::vector<std::uint32_t>& targets) const override {
        neighbors(source, targets);
        LineStream stream(key_, static_cast<std::uint64_t>(source));
        for (std::uint32_t& target : targets) {
            if (stream.uniform() < p_) {
                rewire(stream, source, targets, target);
            }
        }
        std::sort(targets.begin(), targets.end());
    }

private:
    // To any neuron but the source and its other targets; the present one is a possible result.
    void rewire(LineStream& stream, std::int64_t source, const std::vector<std::uint32_t>& targets,
                std::uint32_t& target) const {
        const auto is_taken = [&](std::uint32_t drawn) {
            return drawn == source || (drawn != target && std::find(targets.begin(), targets.end(),
                                                                    drawn) != targets.end());
        };
        std::uint32_t drawn = stream.below(others());
        while (is_taken(drawn)) {
            drawn = stream.below(others());
        }
        target = drawn;
    }

    double p_;
    std::uint64_t key_;
};

}  // namespace

LinesPointer ring(std::int64_t k, const Ends& ends) {
    return std::make_unique<Ring>(k, ends);
}

LinesPointer small_world(const rules::SmallWorld& rule, const Ends& ends, std::uint64_t key) {
    return std::make_unique<SmallWorld>(rule, ends, key);
}

}  // namespace monnto
