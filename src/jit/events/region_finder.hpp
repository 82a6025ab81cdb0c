#pragma once

#include "outlook.hpp"
#include "region.hpp"

#include <string>
#include <vector>

namespace monnto::events {

struct Seen;

/// Finds the part of a matrix that a kernel can change.
class RegionFinder {
public:
    RegionFinder(Outlook& outlook, Rewrite& rewrite)
        : outlook_(outlook), rewrite_(rewrite), vectors_(rewrite.workspace.vectors) {}

    /// Whether the kernel provably changes only a part of the matrix, so small that running it
    /// there alone is faster; `region` is then that part.
    [[nodiscard]] bool find(Region& region);

private:
    void find_sparse_vectors();
    [[nodiscard]] bool find_events_of(Sparse& vector) const;
    [[nodiscard]] bool is_along_rows(const Sparse& vector) const;
    [[nodiscard]] bool finds_nothing_to_do(Region& region);
    [[nodiscard]] bool prove(Region& region);
    [[nodiscard]] bool prove_pairs(Region& region);
    [[nodiscard]] bool prove_axis(bool along_rows, std::vector<std::int32_t>& events);
    [[nodiscard]] bool prove_cross(Region& region);
    [[nodiscard]] bool reduce(std::vector<const Sparse*>& at_rest);
    [[nodiscard]] bool has_both_axes() const;
    [[nodiscard]] std::ptrdiff_t settle_cost(Region& region) const;
    [[nodiscard]] std::vector<const Sparse*> resting_along(bool rows, bool columns) const;
    // What is told.
    void tell(const Region& region, bool is_worth_it);
    [[nodiscard]] std::string rows_of(const Region& region, const char* what);
    [[nodiscard]] std::string columns_of(const Region& region, const char* what);
    [[nodiscard]] std::string names_along(const Region& region, bool rows);
    [[nodiscard]] std::vector<Seen> seen() const;

    Outlook& outlook_;
    Rewrite& rewrite_;
    std::vector<Sparse>& vectors_;  // of the rewrite
    /// Those of them that mostly rest, with most events first.
    std::vector<const Sparse*> resting_;
};

}  // namespace monnto::events
