// What a region finder tells.
#include "region_finder.hpp"
#include "words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace monnto::events {

/// The vectors along one axis that suffice.
std::string RegionFinder::names_along(const Region& region, bool rows) {
    const bool is_cross = region.shape == Region::Shape::cross;
    std::vector<const Sparse*> at_rest = resting_along(rows || is_cross, !rows || is_cross);
    static_cast<void>(reduce(at_rest));
    std::vector<const Node*> nodes;
    for (const Sparse* vector : at_rest) {
        if (is_along_rows(*vector) == rows) {
            nodes.push_back(&outlook_.source_of(vector->operand));
        }
    }
    return in_brackets(nodes);
}

/// "5 of 100 rows (`spike`)".
std::string RegionFinder::rows_of(const Region& region, const char* what) {
    const std::ptrdiff_t all = outlook_.fusion().rows;
    return region.shape == Region::Shape::pairs && region.has_all_rows
               ? fmt::format("{} of {} {}", all, all, what)
               : fmt::format("{} of {} {}{}", region.rows.size(), all, what,
                             names_along(region, true));
}

std::string RegionFinder::columns_of(const Region& region, const char* what) {
    const std::ptrdiff_t all = outlook_.fusion().columns;
    return region.shape == Region::Shape::rows ? fmt::format("{} of {} {}", all, all, what)
                                               : fmt::format("{} of {} {}{}", region.columns.size(),
                                                             all, what, names_along(region, false));
}

void RegionFinder::tell(const Region& region, bool is_worth_it) {
    rewrite_.tell([&]() -> std::string {
        if (!is_worth_it) {
            return "plain: too many events" + counts_of(seen());
        }
        // As the script sees the matrix, whichever way it lies.
        const bool is_turned = outlook_.fusion().is_turned;
        return fmt::format("events: {}{} {}",
                           is_turned ? columns_of(region, "rows") : rows_of(region, "rows"),
                           region.shape == Region::Shape::cross ? " and" : ",",
                           is_turned ? rows_of(region, "columns") : columns_of(region, "columns"));
    });
}

std::vector<Seen> RegionFinder::seen() const {
    std::vector<Seen> vectors;
    vectors.reserve(vectors_.size());
    for (const Sparse& each : vectors_) {
        vectors.push_back({&each, &outlook_.source_of(each.operand),
                           std::ranges::find(resting_, &each) != resting_.end()});
    }
    return vectors;
}

}  // namespace monnto::events
