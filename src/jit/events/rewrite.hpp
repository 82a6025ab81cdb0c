#pragma once

#include "bounds.hpp"
#include "program/graph.hpp"

#include <monnto/array/slowness.hpp>
#include <monnto/array/trace.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace monnto::kernel {
struct Fusion;
struct Recipe;
}  // namespace monnto::kernel

namespace monnto::events {

/// Smaller matrices cost less than finding out.
inline constexpr std::ptrdiff_t smallest_matrix = 1024;

/// Whether it is worth looking at a whole matrix once more to learn facts about it: where looking
/// has led to nothing several times, it is tried only now and then.
class Patience {
public:
    [[nodiscard]] bool asks() noexcept;
    void succeed() noexcept { left_ = most; }

private:
    static constexpr int most = 3;
    int left_ = most;
    int refused_ = 0;
};

/// A vector operand of a kernel, and the number at which most of its elements rest: 0, or 1 for
/// factors. The others are its events.
struct Sparse {
    std::uint32_t operand = 0;
    int rest = 0;
    std::vector<std::int32_t> events;
};

/// A result that is 0 where a mask is: the mask's number (Facts::mask), 0 for none.
struct ZerosOf {
    std::uint64_t mask = 0;
    bool may_be_negative = false;
};

/// The step of the network that a plan runs for; 0 outside of plans. Under the engine's lock.
[[nodiscard]] inline std::uint64_t& replayed_step() noexcept {
    static std::uint64_t step = 0;
    return step;
}

/// What followed from bounds the last time: most iterations ask the same again.
struct Memo {
    std::vector<Bounds> inputs, numbers;
    std::vector<std::uint64_t> masks;  // those of the rewrite's `others` that were known
    std::vector<Bounds> results;
    /// Sets of vectors at rest, and whether the matrix keeps its bits then.
    std::vector<std::pair<std::uint64_t, bool>> answers;
    /// The mask whose zeros are zeros of the matrix (S20), and what it makes of the result.
    std::uint64_t zeros_of = 0;
    ZerosOf zeros;
};

/// Memory of one run, kept so that the next allocates nothing.
struct Workspace {
    std::vector<Bounds> inputs, numbers, values;
    std::vector<Sparse> vectors;
};

/// How a step may become smaller where vectors hold few events. Found when a recipe is made; each
/// run decides anew whether facts and events allow it.
struct Rewrite {
    enum class Kind : std::uint8_t {
        product,    // of a matrix with a vector
        sum,        // of rows or columns that an index array picks from a matrix
        placement,  // of values in a part of a matrix
        update,  // of a matrix by an elementwise kernel that leaves it as it is where vectors are 0
        synapses,  // the same of the values of a pattern; vectors are operands that are spread
    };
    Kind kind = Kind::product;
    /// The matrix as it lies in memory, behind windows: its facts are theirs.
    kernel::Source matrix = kernel::Source::leaf(0);
    bool has_vector_first = false;  // of products
    /// After so many products across the storage order the matrix is laid out along the other axis.
    static constexpr std::uint32_t first_turns_after = 3;
    std::uint32_t turns_after = first_turns_after;
    /// Whether a product's vector is made of truth values: spikes, which may be many in the first
    /// iterations. One product is then enough, so that matrices lie well before plans are made.
    bool is_of_flags = false;
    std::optional<std::uint64_t> asked_at;  // evaluations when it last asked for turning
    // Of updates, operands of the kernel: the matrix, and vectors along the rows or the columns.
    std::uint32_t operand = 0;
    std::vector<std::uint32_t> vectors;
    std::vector<std::uint32_t> others;  // other matrices, which may be masks
    /// Operands that may be the matrix: those that the result may take over.
    std::vector<std::uint32_t> candidates;
    bool is_refused = false;  // events made nothing smaller of the last run
    void take_matrix(const kernel::Graph& graph, const kernel::Fusion& fusion,
                     std::uint32_t candidate);
    bool can_restrict =
        false;  // else only facts of the results are derived, and there is no matrix

    [[nodiscard]] bool has_matrix() const noexcept { return kind != Kind::update || can_restrict; }

    Patience patience;
    std::ptrdiff_t looked_at = 0;  // changed elements, since the whole matrix was looked at
    Memo memo;
    Workspace workspace;
    int laments = 0;
    /// Since when what the matrix holds is in the way: the number of its node, and the step of the
    /// network where a plan had it; 0 where it is not.
    std::uint64_t refused_with = 0, refused_at = 0;
    std::string outcome;  // of the last run; written only while somebody looks

    void refuse(const Node& content) noexcept {
        if (refused_with == 0) {
            refused_with = content.id;
            // What a run begins with was left by the one before.
            refused_at =
                matrix.is_leaf() && replayed_step() != 0 ? replayed_step() - 1 : replayed_step();
        }
    }
    void accept() noexcept { refused_with = refused_at = 0; }

    /// What a script can easily avoid: where a large matrix suffers from it again and again, the
    /// network hears of it (S26).
    void lament(std::ptrdiff_t elements, const char* cause) {
        constexpr std::ptrdiff_t large = 250'000;
        constexpr int often = 20;
        if (elements >= large && ++laments == often) {
            SlownessScope::report(cause);
        }
    }

    template <class Text>
    void tell(const Text& text) {
        if (TraceScope::current() != nullptr) {
            outcome = text();
        }
    }
};

/// Gives the recipe's steps their rewrites.
void find_rewrites(const kernel::Graph& graph, kernel::Recipe& recipe);

}  // namespace monnto::events
