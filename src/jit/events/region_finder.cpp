#include "region_finder.hpp"
#include "scan.hpp"
#include "words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace monnto::events {
namespace {

/// What reading, computing and writing back an element by its index costs, in elements of a stream.
constexpr std::ptrdiff_t cost_of_picking = 8;

[[nodiscard]] std::ptrdiff_t size_of_list(const std::vector<std::int32_t>& list) noexcept {
    return static_cast<std::ptrdiff_t>(list.size());
}

/// What is in any of the vectors' ascending lists, ascending.
void unite(const std::vector<const Sparse*>& vectors, std::vector<std::int32_t>& events) {
    events.clear();
    std::vector<std::int32_t> before;
    for (const Sparse* vector : vectors) {
        before.swap(events);
        events.clear();
        std::ranges::set_union(before, vector->events, std::back_inserter(events));
    }
}

}  // namespace

bool RegionFinder::is_along_rows(const Sparse& vector) const {
    return outlook_.fusion().operands[vector.operand].column == 0;
}

/// Bools rest at 0; numbers at whichever of 0 and 1 is more frequent. Whether the vector mostly
/// rests.
bool RegionFinder::find_events_of(Sparse& vector) const {
    const kernel::Fusion& fusion = outlook_.fusion();
    const kernel::Operand& operand = fusion.operands[vector.operand];
    const bool along_rows = is_along_rows(vector);
    const Value& value = outlook_.source_of(vector.operand).value();
    const auto width = static_cast<std::ptrdiff_t>(size_of(operand.dtype));
    const Vector memory{
        operand.dtype, value.buffer->data() + (value.offset + operand.offset) * width,
        along_rows ? operand.row : operand.column, along_rows ? fusion.rows : fusion.columns};
    const auto mostly_rests = [&](int rest) {
        vector.rest = rest;
        return find_few_events(memory, rest, vector.events);
    };
    return mostly_rests(0) || (operand.dtype != DType::boolean && mostly_rests(1));
}

void RegionFinder::find_sparse_vectors() {
    vectors_.resize(rewrite_.vectors.size());
    for (std::size_t k = 0; k < vectors_.size(); ++k) {
        vectors_[k].operand = rewrite_.vectors[k];
        if (find_events_of(vectors_[k])) {
            resting_.push_back(&vectors_[k]);
        }
    }
    std::ranges::stable_sort(resting_, [](const Sparse* a, const Sparse* b) {
        return a->events.size() > b->events.size();
    });
}

/// Drops vectors that need not rest for the matrix to keep its bits; whether it does at all.
bool RegionFinder::reduce(std::vector<const Sparse*>& at_rest) {
    if (at_rest.empty() || !outlook_.is_unchanged(at_rest)) {
        return false;
    }
    for (std::size_t k = 0; at_rest.size() > 1 && k < at_rest.size();) {
        std::vector<const Sparse*> fewer = at_rest;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(k));
        if (outlook_.is_unchanged(fewer)) {
            at_rest.swap(fewer);
        } else {
            ++k;
        }
    }
    return true;
}

std::vector<const Sparse*> RegionFinder::resting_along(bool rows, bool columns) const {
    std::vector<const Sparse*> found;
    std::ranges::copy_if(resting_, std::back_inserter(found), [&](const Sparse* vector) {
        return is_along_rows(*vector) ? rows : columns;
    });
    return found;
}

bool RegionFinder::prove_axis(bool along_rows, std::vector<std::int32_t>& events) {
    std::vector<const Sparse*> at_rest = resting_along(along_rows, !along_rows);
    if (!reduce(at_rest)) {
        return false;
    }
    unite(at_rest, events);
    return true;
}

/// Where vectors of both axes have to rest: a sum of two rules.
bool RegionFinder::prove_cross(Region& region) {
    std::vector<const Sparse*> at_rest = resting_;
    if (!reduce(at_rest)) {
        return false;
    }
    const auto middle = std::ranges::stable_partition(
        at_rest, [this](const Sparse* vector) { return is_along_rows(*vector); });
    unite({at_rest.begin(), middle.begin()}, region.rows);
    unite({middle.begin(), at_rest.end()}, region.columns);
    return true;
}

/// Rules that do nothing where vectors of one axis rest: some columns, some rows, or pairs.
bool RegionFinder::prove_pairs(Region& region) {
    region.rows.clear();
    region.columns.clear();
    region.has_all_rows = !prove_axis(true, region.rows);
    region.shape = prove_axis(false, region.columns) ? Region::Shape::pairs : Region::Shape::rows;
    return region.shape == Region::Shape::pairs || !region.has_all_rows;
}

/// The smallest part that can be proven. Traces rest as well while few neurons have spiked, so that
/// pairs of all these are found where the rows and the columns of a step's spikes are fewer.
bool RegionFinder::prove(Region& region) {
    constexpr std::ptrdiff_t small = 16384;  // in elements of a stream: not worth another proof
    const bool has_pairs = prove_pairs(region);
    if (!has_pairs) {
        region.shape = Region::Shape::cross;
        return prove_cross(region);
    }
    const std::ptrdiff_t cost = settle_cost(region);
    if (cost > small && has_both_axes()) {
        static thread_local Region other;
        other.shape = Region::Shape::cross;
        if (prove_cross(other) && settle_cost(other) < cost) {
            std::swap(region, other);
        }
    }
    return true;
}

bool RegionFinder::has_both_axes() const {
    const auto along_rows = [this](const Sparse* vector) { return is_along_rows(*vector); };
    return std::ranges::any_of(resting_, along_rows) && !std::ranges::all_of(resting_, along_rows);
}

/// What running there costs, in elements of a stream. Rows lie in one piece; columns are picked one
/// by one, and where that costs more than whole rows the region becomes those.
std::ptrdiff_t RegionFinder::settle_cost(Region& region) const {
    const std::ptrdiff_t rows = outlook_.fusion().rows;
    const std::ptrdiff_t columns = outlook_.fusion().columns;
    const std::ptrdiff_t few_rows = size_of_list(region.rows);
    const std::ptrdiff_t few_columns = size_of_list(region.columns);
    const bool picks_too_many = few_columns * cost_of_picking > columns;
    if (region.shape == Region::Shape::pairs && picks_too_many && !region.has_all_rows) {
        region.shape = Region::Shape::rows;
    }
    switch (region.shape) {
        case Region::Shape::rows:
            region.elements = few_rows * columns;
            return region.elements;
        case Region::Shape::pairs:
            region.elements = (region.has_all_rows ? rows : few_rows) * few_columns;
            return region.elements * cost_of_picking;
        default: {
            const std::ptrdiff_t picked = (rows - few_rows) * few_columns;
            region.elements = few_rows * columns + picked;
            return few_rows * columns + picked * cost_of_picking;
        }
    }
}

bool RegionFinder::finds_nothing_to_do(Region& region) {
    if (!outlook_.is_unchanged({})) {
        return false;
    }
    region.shape = Region::Shape::rows;
    region.rows.clear();
    region.columns.clear();
    region.elements = 0;
    rewrite_.tell([] { return "nothing to do: no element can change"; });
    return true;
}

bool RegionFinder::find(Region& region) {
    if (!can_carry(outlook_.source_of(rewrite_.operand))) {
        if (rewrite_.vectors.empty()) {
            return false;
        }
        rewrite_.lament(
            outlook_.fusion().rows * outlook_.fusion().columns,
            "plain: a matrix is shared with NumPy (np.asarray, .numpy()), so nothing is "
            "known about it: drop the ndarray, or copy the matrix");
        rewrite_.tell([this] { return why_shared(outlook_.source_of(rewrite_.operand)); });
        return false;
    }
    if (rewrite_.vectors.empty()) {
        rewrite_.tell([] { return "plain: no vector takes part, so all elements may change"; });
        // Only masks make it worth to look at a whole matrix.
        return finds_nothing_to_do(region) ||
               (!rewrite_.others.empty() && rewrite_.patience.asks() &&
                outlook_.look_at_matrices() && finds_nothing_to_do(region));
    }
    find_sparse_vectors();
    if (resting_.empty()) {
        rewrite_.tell([this] { return "plain: no vector rests at 0 or 1" + counts_of(seen()); });
        return false;
    }
    const bool proven =
        prove(region) || (rewrite_.patience.asks() && outlook_.look_at_matrices() && prove(region));
    if (!proven) {
        rewrite_.refuse(outlook_.source_of(rewrite_.operand));
        rewrite_.tell([this] {
            return why_unproven(
                rewrite_, outlook_.source_of(rewrite_.operand), seen(),
                [this](const auto& at_rest) { return outlook_.prove_unchanged(at_rest); });
        });
        return false;
    }
    rewrite_.accept();
    rewrite_.patience.succeed();
    const bool worth_it = settle_cost(region) < outlook_.fusion().rows * outlook_.fusion().columns;
    tell(region, worth_it);
    return worth_it;
}

}  // namespace monnto::events
