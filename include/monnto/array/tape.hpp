#pragma once

#include <monnto/array/node.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace monnto {

/// What one iteration recorded, copied, so that it can be compared with the next one and run again
/// (S21).
struct Tape {
    std::vector<NodeRef> nodes;      // lasting copies, each after its inputs
    std::vector<std::uint64_t> ids;  // of the nodes they stand for
    /// Where the inputs of each node are on the tape, one node after the other: among the nodes, or
    /// ~ among the leaves.
    std::vector<std::int32_t> inputs;
    std::vector<NodeRef> leaves;          // what existed before: copies without a value, or itself
    std::vector<std::uint64_t> leaf_ids;  // where it was the same leaf in the iteration before
    std::vector<char> is_constant;        // per leaf: that, so all iterations find it
    /// Of a tape that shall do without another one: the ids of what the iteration left where it
    /// was, ascending.
    std::optional<std::vector<std::uint64_t>> left;
    std::vector<std::uint32_t> wanted;  // positions in `nodes`
    /// The originals of `wanted`, and on the last tape before a plan those of `leaves`: who still
    /// holds them when the iteration is over? Of leaves only those that somebody else holds: with a
    /// reference to others, matrices could not be updated in place.
    std::vector<NodeRef> results, held;
    int evaluations = 0;
    bool is_fault = true;  // of a behavior, rather than of what happens around it
    /// Why this iteration cannot be replayed; empty where nothing speaks against it.
    std::string refusal;
};

/// While one lives, what this thread evaluates goes on `tape`. Leaves that `previous` (may be null)
/// has at the same place are kept themselves.
class TapeScope {
public:
    explicit TapeScope(Tape& tape, const Tape* previous = nullptr) noexcept;
    TapeScope(const TapeScope&) = delete;
    TapeScope& operator=(const TapeScope&) = delete;
    ~TapeScope();

    [[nodiscard]] static bool is_open() noexcept;
    /// Notes why the open tape, if there is one, cannot be replayed. The first reason stays.
    static void refuse(const std::string& reason, bool is_fault = true);
    [[nodiscard]] static Tape* current() noexcept;
};

}  // namespace monnto
