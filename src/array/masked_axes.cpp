#include "masked_axes.hpp"

#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

namespace monnto {
namespace {

[[nodiscard]] bool is_whole_axis(const IndexItem& item) {
    const Slice* slice = std::get_if<Slice>(&item.value);
    return slice != nullptr && !slice->start && !slice->stop && !slice->step;
}

/// Whether rows or columns of the array are worth finding: events make nothing smaller of others.
[[nodiscard]] bool is_worth_a_mask(const Array& source) {
    constexpr std::ptrdiff_t smallest_matrix = 1024;
    return source.rank() == 2 && is_float(source.dtype()) && source.size() >= smallest_matrix;
}

/// Truth values that pick what the index array picks, in the same order; null where none do.
[[nodiscard]] NodeRef mask_of_places(const Array& places, std::ptrdiff_t extent) {
    const std::vector<std::int64_t> at = places.astype(DType::i64).host<std::int64_t>();
    const Ref<Buffer> flags = Buffer::allocate(static_cast<std::size_t>(extent));
    std::memset(flags->data(), 0, static_cast<std::size_t>(extent));
    std::int64_t before = -1;
    for (const std::int64_t place : at) {
        if (place <= before || place >= extent) {
            return {};
        }
        flags->data()[place] = std::byte{1};
        before = place;
    }
    return NodeRef(
        new Node(DType::boolean, {extent}, Value{flags, 0, contiguous_strides({extent})}));
}

[[nodiscard]] bool fits(const Shape& mask, const Shape& shape, int axis) {
    for (int k = 0; k < mask.size(); ++k) {
        if (axis + k >= shape.size() || mask[k] != shape[axis + k]) {
            return false;
        }
    }
    return true;
}

}  // namespace

std::optional<MaskedAxes> masked_axes(const Index& index, const Array& source) {
    const Array* found = nullptr;
    int found_at = 0;
    int axis = 0;
    for (const IndexItem& item : index) {
        if (is_whole_axis(item)) {
            ++axis;
            continue;
        }
        const Array* array = std::get_if<Array>(&item.value);
        if (array == nullptr || found != nullptr || array->rank() == 0) {
            return std::nullopt;
        }
        found = array;
        found_at = axis;
        axis += is_bool(array->dtype()) ? array->rank() : 1;
    }
    if (found == nullptr || axis > source.rank()) {
        return std::nullopt;
    }
    if (is_bool(found->dtype())) {
        return fits(found->shape(), source.shape(), found_at)
                   ? std::optional(MaskedAxes{found->node(), found_at, {}})
                   : std::nullopt;
    }
    if (found->rank() != 1 || is_float(found->dtype()) || !is_worth_a_mask(source)) {
        return std::nullopt;
    }
    NodeRef mask = mask_of_places(*found, source.shape()[found_at]);
    return mask ? std::optional(MaskedAxes{std::move(mask), found_at, found->node()})
                : std::nullopt;
}

}  // namespace monnto
