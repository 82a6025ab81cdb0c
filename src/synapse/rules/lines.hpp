#pragma once

#include <monnto/synapse/rules.hpp>

#include <cstdint>
#include <memory>
#include <vector>

namespace monnto {

/// Synapses line by line: rows of targets per source or, for rules that draw per target, columns of
/// sources. Any thread may make any line.
class Lines : public RuleRows {
public:
    explicit Lines(std::int64_t count, std::int64_t others)
        : count_(count), others_(static_cast<std::uint32_t>(others)) {}

    [[nodiscard]] std::int64_t count() const noexcept { return count_; }
    [[nodiscard]] std::uint32_t others() const noexcept { return others_; }
    [[nodiscard]] virtual bool is_by_target() const { return false; }
    /// How many synapses the line has, negative where only making it tells.
    [[nodiscard]] virtual std::int64_t length(std::int64_t /*line*/) const { return -1; }
    /// Of all lines, exactly or in the mean; negative where nobody can say. Decides whether threads
    /// are worth it.
    [[nodiscard]] virtual double expected() const = 0;

private:
    std::int64_t count_;
    std::uint32_t others_;
};

/// A number that a line must leave out, or none.
class Omitted {
public:
    /// `self` says for each line which of the others it is; empty where nothing is left out.
    explicit Omitted(std::vector<std::int64_t> self = {}) : self_(std::move(self)) {}
    [[nodiscard]] std::int64_t of(std::int64_t line) const noexcept {
        return self_.empty() ? -1 : self_[static_cast<std::size_t>(line)];
    }
    [[nodiscard]] std::int64_t total() const noexcept;

private:
    std::vector<std::int64_t> self_;
};
/// For rows, or for columns, of a rule.
[[nodiscard]] Omitted omitted_targets(const Ends& ends, const Allowed& allowed);
[[nodiscard]] Omitted omitted_sources(const Ends& ends, const Allowed& allowed);

using LinesPointer = std::unique_ptr<const Lines>;

[[nodiscard]] LinesPointer all_pairs(const Ends& ends, const Allowed& allowed);
[[nodiscard]] LinesPointer one_to_one(const Ends& ends, const Allowed& allowed);
[[nodiscard]] LinesPointer bernoulli(double p, const Ends& ends, std::uint64_t key,
                                     const Allowed& allowed);
[[nodiscard]] LinesPointer fixed_degree(std::int64_t k, bool by_target, const Ends& ends,
                                        std::uint64_t key, const Allowed& allowed);
[[nodiscard]] LinesPointer fixed_total(std::int64_t n, const Ends& ends, std::uint64_t key,
                                       const Allowed& allowed);
[[nodiscard]] LinesPointer by_distance(const rules::DistanceDependent& rule, const Ends& ends,
                                       std::uint64_t key, const Allowed& allowed);
[[nodiscard]] LinesPointer ring(std::int64_t k, const Ends& ends);
[[nodiscard]] LinesPointer small_world(const rules::SmallWorld& rule, const Ends& ends,
                                       std::uint64_t key);

/// The lines of any rule but Callable.
[[nodiscard]] LinesPointer lines_of(const Rule& rule, const Ends& ends, std::uint64_t key,
                                    const Allowed& allowed);

/// Makes all lines, in parallel.
[[nodiscard]] Connections built(const Lines& lines);

/// Throws what `connect` promises for numbers that cannot be.
void check(const Rule& rule, const Ends& ends, const Allowed& allowed);

}  // namespace monnto
