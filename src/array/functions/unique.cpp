#include "made.hpp"

#include <monnto/array/functions/create.hpp>
#include <monnto/array/functions/elementwise.hpp>
#include <monnto/array/functions/sort.hpp>
#include <monnto/array/functions/take.hpp>

#include <algorithm>
#include <cstdint>
#include <span>

namespace monnto {
namespace {

/// Positions of the true elements in C order.
std::vector<std::int64_t> true_places(const Array& a) {
    const Array mask(record_cast(a.node(), DType::boolean));
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(mask.size()));
    mask.copy_to(bytes.data());
    std::vector<std::int64_t> places;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (bytes[i] != 0) {
            places.push_back(static_cast<std::int64_t>(i));
        }
    }
    return places;
}

/// Whether each element of an ascending array differs from the one before it. NaN equals NaN here.
Array begins_run(const Array& sorted) {
    const std::ptrdiff_t count = std::max<std::ptrdiff_t>(sorted.size() - 1, 0);
    const Array before(detail::part_of(sorted.node(), 0, 0, count));
    const Array after(detail::part_of(sorted.node(), 0, sorted.size() == 0 ? 0 : 1, count));
    Array differs = after != before;
    if (is_float(sorted.dtype())) {
        differs = differs & !(isnan(after) & isnan(before));
    }
    const Array first = ones({std::min<std::ptrdiff_t>(sorted.size(), 1)}, DType::boolean);
    return detail::made(Op::concatenate, DType::boolean, sorted.shape(), AxisAttr{0},
                        {first.node(), differs.node()});
}

Array picked(const Array& from, const Array& places) {
    return detail::made(Op::gather, from.dtype(), places.shape(),
                        GatherAttr{.axes = {0}, .position = 0}, {from.node(), places.node()});
}

}  // namespace

std::vector<Array> nonzero(const Array& a) {
    if (a.rank() == 0) {
        throw BadParameter("nonzero", "()", "give an array of at least one axis");
    }
    const std::vector<std::int64_t> places = true_places(a);
    std::vector<Array> result;
    std::ptrdiff_t below = a.size();
    for (const std::ptrdiff_t extent : a.shape()) {
        below /= std::max<std::ptrdiff_t>(extent, 1);
        std::vector<std::int64_t> index(places.size());
        for (std::size_t i = 0; i < places.size(); ++i) {
            index[i] = places[i] / below % extent;  // no place is true where an extent is 0
        }
        result.push_back(Array::from(index));
    }
    return result;
}

Array flatnonzero(const Array& a) {
    return Array::from(true_places(a));
}

Array argwhere(const Array& a) {
    const std::vector<std::int64_t> places = true_places(a);
    const auto rank = static_cast<std::size_t>(a.rank());
    const Strides strides = contiguous_strides(a.shape());
    std::vector<std::int64_t> rows;
    rows.reserve(places.size() * rank);
    for (const std::int64_t place : places) {
        for (int axis = 0; axis < a.rank(); ++axis) {
            rows.push_back(place / strides[axis] % a.shape()[axis]);
        }
    }
    return Array::from(std::span<const std::int64_t>(rows),
                       {static_cast<std::ptrdiff_t>(places.size()), a.rank()});
}

Array unique(const Array& a) {
    const Array sorted = sort(a, std::nullopt);
    return picked(sorted, flatnonzero(begins_run(sorted)));
}

UniqueResult unique_all(const Array& a) {
    const Array flat(detail::flattened(a.node()));
    const Array order = argsort(flat);
    const Array sorted = picked(flat, order);
    const Array begins = begins_run(sorted);
    const Array firsts = flatnonzero(begins);
    const Array number = cumsum(begins.astype(DType::i64)) - 1;
    const Array inverse =
        detail::made(Op::scatter, DType::i64, flat.shape(), GatherAttr{.axes = {0}, .position = 0},
                     {zeros(flat.shape(), DType::i64).node(), number.node(), order.node()});
    const Array ends = detail::made(Op::concatenate, DType::i64, {firsts.size() + 1}, AxisAttr{0},
                                    {firsts.node(), full({1}, flat.size(), DType::i64).node()});
    return {.values = picked(sorted, firsts),
            .first_index = picked(order, firsts),
            .inverse = Array(detail::reshaped(inverse.node(), a.shape())),
            .counts = diff(ends)};
}

Array union1d(const Array& a, const Array& b) {
    const DType dtype = promote(a.dtype(), b.dtype());
    const NodeRef left = record_cast(detail::flattened(a.node()), dtype);
    const NodeRef right = record_cast(detail::flattened(b.node()), dtype);
    return unique(detail::made(Op::concatenate, dtype, {left->shape[0] + right->shape[0]},
                               AxisAttr{0}, {left, right}));
}

Array intersect1d(const Array& a, const Array& b) {
    const Array values = unique(a.astype(promote(a.dtype(), b.dtype())));
    return compress(isin(values, b), values);
}

Array setdiff1d(const Array& a, const Array& b) {
    const Array values = unique(a);
    return compress(isin(values, b, true), values);
}

}  // namespace monnto
