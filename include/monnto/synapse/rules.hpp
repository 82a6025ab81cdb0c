#pragma once

#include <monnto/array/random_key.hpp>
#include <monnto/synapse/connections.hpp>

#include <array>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <variant>
#include <vector>

namespace monnto {

/// Connection rules, with the names of the field (S. M. Crook et al., "Toward open and
/// reproducible modeling in computational neuroscience", Front. Neuroinform. 2012; J. Senk et al.,
/// "Connectivity concepts in neuronal network modeling", PLoS Comput. Biol. 2022,
/// doi 10.1371/journal.pcbi.1010086).
namespace rules {

struct AllToAll {};
/// Source i to target i; the populations have the same size.
struct OneToOne {};
/// Every pair on its own with that probability (pairwise Bernoulli).
struct FixedProbability {
    double p = 0.1;
};
/// Every target draws `k` sources.
struct FixedIndegree {
    std::int64_t k = 0;
};
/// Every source draws `k` targets.
struct FixedOutdegree {
    std::int64_t k = 0;
};
/// `n` pairs, drawn from all of them.
struct FixedTotalNumber {
    std::int64_t n = 0;
};
/// How the probability falls with the distance d.
enum class Profile : unsigned char {
    gaussian,     // p exp(-d^2 / (2 scale^2))
    exponential,  // p exp(-d / scale)
    radius,       // p where d <= scale
    box,          // p where no coordinate differs by more than `scale`
};
struct DistanceDependent {
    Profile profile = Profile::gaussian;
    double scale = 1.0;                                       // in the unit of the positions
    double p = 1.0;                                           // at distance 0
    double cutoff = std::numeric_limits<double>::infinity();  // no synapse beyond
};
/// The `k` nearest on a ring, k / 2 on either side.
struct Ring {
    std::int64_t k = 2;
};
/// That ring, each synapse of which goes with probability `p` to a random target instead. D. J.
/// Watts and S. H. Strogatz, Nature 393 (1998), doi 10.1038/30918; directed.
struct SmallWorld {
    std::int64_t k = 2;
    double p = 0.1;
};
/// These pairs, in any order.
struct Pairs {
    std::vector<std::int64_t> source;
    std::vector<std::int64_t> target;
};
/// Whatever a function says: it appends the targets of a source, in any order. Called for one
/// source after the other, on the calling thread.
struct Callable {
    std::function<void(std::int64_t source, std::vector<std::int64_t>& targets)> targets_of;
};

}  // namespace rules

using Rule =
    std::variant<rules::AllToAll, rules::OneToOne, rules::FixedProbability, rules::FixedIndegree,
                 rules::FixedOutdegree, rules::FixedTotalNumber, rules::DistanceDependent,
                 rules::Ring, rules::SmallWorld, rules::Pairs, rules::Callable>;

/// Where neurons are; axes that are left out count as 0.
struct Positions {
    std::array<std::vector<double>, 3> axis;
};

/// What a rule connects.
struct Ends {
    std::int64_t sources = 0;
    std::int64_t targets = 0;
    /// For each source which target is the same neuron, -1 for none; empty where none is.
    std::vector<std::int64_t> self = {};
    Positions source_at = {};  // for rules that ask for distances
    Positions target_at = {};
    /// Extent of a periodic space along each axis, 0 where it does not close.
    std::array<double, 3> period = {};

    /// One population onto itself.
    [[nodiscard]] static Ends recurrent(std::int64_t neurons);
};

/// Whether a neuron may be its own target, and a pair may have more than one synapse.
struct Allowed {
    bool autapses = true;
    bool multapses = true;
};

/// The rows of a rule, each a function of the position and its number alone: what is not kept can
/// be made again. Any thread may ask for any row.
class RuleRows {
public:
    virtual ~RuleRows() = default;
    /// Replaces `targets` by those of the source, ascending.
    virtual void row(std::int64_t source, std::vector<std::uint32_t>& targets) const = 0;
};

/// Throws BadParameter for a rule whose synapses are drawn per target (FixedIndegree), because its
/// rows are not known one by one, and whatever `connect` throws.
[[nodiscard]] std::unique_ptr<const RuleRows> rule_rows(const Rule& rule, const Ends& ends,
                                                        const RandomPosition& position,
                                                        const Allowed& allowed = {});

/// The synapses of a rule, drawn at that position (S18), the same for any number of threads. Throws
/// BadParameter for numbers that cannot be (a probability outside [0, 1], more distinct sources
/// than there are, a rule that needs as many sources as targets) and ShapeMismatch for positions
/// that are missing.
[[nodiscard]] Connections connect(const Rule& rule, const Ends& ends,
                                  const RandomPosition& position, const Allowed& allowed = {});

/// How many synapses `connect` will make, exactly or in the mean (counting autapses), without
/// making them: for a forecast of memory. Negative where nobody can say (distances, Callable).
[[nodiscard]] double expected_synapses(const Rule& rule, const Ends& ends, const Allowed& allowed);

}  // namespace monnto
