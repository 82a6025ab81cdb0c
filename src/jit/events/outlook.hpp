#pragma once

#include "bounds.hpp"
#include "program/fusion.hpp"
#include "rewrite.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace monnto::events {

/// What is known about a kernel that computes matrices, before it runs.
class Outlook {
public:
    /// Contract: inputs of the fusion are in memory.
    Outlook(const kernel::Graph& graph, const kernel::Fusion& fusion, Rewrite& rewrite);

    [[nodiscard]] const kernel::Fusion& fusion() const noexcept { return fusion_; }
    [[nodiscard]] Node& source_of(std::uint32_t operand) const;

    /// The number of the mask that an operand holds beside the matrix, element by element, where
    /// that is known; else 0.
    [[nodiscard]] std::uint64_t known_mask_at(std::uint32_t operand) const;

    /// Notes with the nodes of matrices what is known about them before they are computed.
    void note_results();
    /// Whether elements of the changed matrix provably keep their bits where these vectors rest.
    [[nodiscard]] bool is_unchanged(std::span<const Sparse* const> at_rest);
    /// The same, whatever was answered before.
    [[nodiscard]] bool prove_unchanged(std::span<const Sparse* const> at_rest);
    /// Looks once at matrices that nothing is known about; whether that brought anything.
    [[nodiscard]] bool look_at_matrices();

    /// Whether looking at the elements that were changed would tell more than what is noted.
    [[nodiscard]] bool needs_a_look() const;
    /// Looks at the whole matrix anew where what is known about it has grown too wide to say
    /// anything of the result; whether that helped.
    [[nodiscard]] bool look_again();
    /// The facts of the changed matrix, from those of the old one and what was found in the
    /// elements that were changed.
    void note_changed(const Facts& found);
    /// The facts of the old matrix, which the result is.
    void note_unchanged();

private:
    void bound_inputs();
    void bound_matrix();
    [[nodiscard]] bool keeps_all_cases();
    [[nodiscard]] bool keeps_around_zero(const Bounds& matrix);
    [[nodiscard]] bool keeps(const Bounds& matrix);
    [[nodiscard]] bool is_beside_matrix(std::uint32_t operand) const;
    [[nodiscard]] std::uint64_t mask_at(std::uint32_t operand) const;
    [[nodiscard]] bool meets_other_masks();
    [[nodiscard]] ZerosOf found_zeros();
    void note(const kernel::Result& result, Facts facts);
    void interpret_program();

    const kernel::Graph& graph_;
    const kernel::Fusion& fusion_;
    Rewrite& rewrite_;
    std::vector<Bounds>& inputs_;
    std::vector<Bounds>& numbers_;
    std::vector<Bounds>& values_;
    Memo& memo_;
    Facts old_;
};

}  // namespace monnto::events
