#pragma once

#include "bounds.hpp"
#include "program/fusion.hpp"

#include <cstdint>
#include <vector>

namespace monnto::events {

struct Rewrite;

/// The part of a matrix that a kernel can change: all others keep their bits. Reused from run to
/// run, so that it allocates nothing once it is warm.
struct Region {
    bool has_all_rows = true;
    bool has_all_columns = true;
    std::vector<std::int32_t> rows;     // ascending; empty where it has all
    std::vector<std::int32_t> columns;  // ditto
    std::ptrdiff_t elements = 0;
};

/// Looks at a kernel that computes matrices before it runs.
class Outlook {
public:
    /// Contract: inputs of the fusion are in memory.
    Outlook(const kernel::Graph& graph, const kernel::Fusion& fusion, Rewrite& rewrite);

    /// Notes with the nodes of matrices what is known about them before they are computed.
    void note_results();

    /// Whether the kernel provably changes only a part of the matrix, so small that running it
    /// there alone is faster; `region` is then that part.
    [[nodiscard]] bool find_region(Region& region);

    /// Whether looking at the elements that were changed tells more than what is noted.
    [[nodiscard]] bool needs_a_look() const;
    /// The facts of the changed matrix, from those of the old one and what was found in the
    /// elements that were changed.
    void note_changed(const Facts& found);

private:
    void bound_inputs();
    [[nodiscard]] bool look_at_matrices();
    [[nodiscard]] bool is_unchanged_where(std::uint32_t vector, int rest);
    [[nodiscard]] bool prove(Region& region);
    void restrict(Region& region, std::uint32_t vector, int rest) const;
    void note(const kernel::Result& result, Facts facts);
    [[nodiscard]] Node& source_of(std::uint32_t operand) const;
    [[nodiscard]] bool is_worth_it(Region& region) const;
    void run(std::vector<Bounds>& values) const;

    const kernel::Graph& graph_;
    const kernel::Fusion& fusion_;
    Rewrite& rewrite_;
    std::vector<Bounds> inputs_;
    std::vector<Bounds> numbers_;
    std::vector<Bounds> values_;
    Facts old_;
};

}  // namespace monnto::events
