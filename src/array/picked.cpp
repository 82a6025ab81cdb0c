#include "assigned.hpp"
#include "masked_axes.hpp"
#include "picked.hpp"

#include <monnto/array/functions/elementwise.hpp>
#include <monnto/array/record.hpp>

#include <algorithm>
#include <utility>

namespace monnto {
namespace {

[[nodiscard]] bool is_pinned(const Array& array) noexcept {
    return array.cell().is_pinned();
}

/// Whether two masks are the same truth values, because they were computed alike.
[[nodiscard]] bool is_same_mask(const NodeRef& a, const NodeRef& b, int depth = 4) {
    if (a == b) {
        return true;
    }
    const bool can_tell = depth > 0 && !a->is_settled() && !b->is_settled() &&
                          a->op != Op::random && a->op != Op::custom;
    if (!can_tell || a->op != b->op || a->dtype != b->dtype || a->shape != b->shape ||
        a->attributes != b->attributes) {
        return false;
    }
    return std::ranges::equal(
        a->inputs().all(), b->inputs().all(),
        [depth](const NodeRef& x, const NodeRef& y) { return is_same_mask(x, y, depth - 1); });
}

/// Whether `beside` meets every picked element in the same way, whatever their number: it is one
/// element long where the mask picks, and does not widen the other axes.
[[nodiscard]] bool fits_beside(const Shape& beside, const Picked& picked) {
    const Shape& whole = picked.whole->shape;
    const int masked = picked.mask->shape.size();
    if (beside.empty()) {
        return true;
    }
    if (masked != 1 || beside.size() > whole.size()) {
        return false;
    }
    for (int k = 0; k < beside.size(); ++k) {
        const int axis = whole.size() - beside.size() + k;
        if (beside[k] != 1 && (axis == picked.axis || beside[k] != whole[axis])) {
            return false;
        }
    }
    return true;
}

[[nodiscard]] bool fits_beside(const Operand& operand, const Picked& picked) {
    if (operand.is_number()) {
        return true;
    }
    if (!is_picked(operand)) {
        return !is_pinned(operand.array()) && fits_beside(operand.array().shape(), picked);
    }
    const Picked& other = *operand.array().cell().picked();
    return other.axis == picked.axis && other.whole->shape == picked.whole->shape &&
           (is_same_mask(other.mask, picked.mask) ||
            (picked.places && other.places == picked.places));
}

/// As it was when it was used: what becomes of the array later does not matter.
[[nodiscard]] Operand kept(const Operand& operand) {
    if (operand.is_number()) {
        return operand;
    }
    const Array& array = operand.array();
    return is_picked(operand) ? Operand(array_of_picked(array.cell().picked()))
                              : Operand(Array(array.node()));
}

[[nodiscard]] Operand gathered(const Operand& part) {
    return is_picked(part) ? Operand(part.array().cell().picked()->gathered()) : part;
}

/// The operand with all elements of the whole array.
[[nodiscard]] Operand whole_of(const Operand& operand) {
    return is_picked(operand) ? Operand(Array(operand.array().cell().picked()->whole)) : operand;
}

[[nodiscard]] std::shared_ptr<const Picked> computed(const Picked& from, Op op,
                                                     std::vector<Operand> parts, NodeRef whole) {
    return std::make_shared<Picked>(
        Picked{from.mask, from.axis, from.places, std::move(whole), op, std::move(parts)});
}

/// The mask with the rank of what it picks from, so that the two broadcast.
[[nodiscard]] NodeRef spread(const NodeRef& mask, int axis, int rank) {
    Shape shape = Shape::filled(axis, 1);
    for (const std::ptrdiff_t extent : mask->shape) {
        shape.push_back(extent);
    }
    while (shape.size() < rank) {
        shape.push_back(1);
    }
    // Not reshaped where it has the shape: a window would have to lie in memory first.
    return shape == mask->shape ? mask : Array(mask).reshape(shape).node();
}

/// Whether all elements of the array may be computed where some are asked for: of matrices, only
/// where events make something smaller of it.
[[nodiscard]] bool is_cheap(const Array& array) {
    return array.rank() == 1 ||
           (array.rank() == 2 && is_float(array.dtype()) && !array.cell().is_view());
}

}  // namespace

Array array_of_picked(std::shared_ptr<const Picked> picked) {
    return Array(Ref<Cell>(new Cell(std::move(picked))));
}

Array Picked::gathered() const {
    if (!operation) {
        Index index(static_cast<std::size_t>(axis), IndexItem(all));
        index.emplace_back(Array(places ? places : mask));
        return get_counted_items(Array(whole), index);
    }
    const Operand first = monnto::gathered(parts.front());
    if (*operation == Op::cast) {
        return first.array().astype(whole->dtype);
    }
    return parts.size() == 1 ? unary(*operation, first)
                             : binary(*operation, first, monnto::gathered(parts.back()));
}

std::shared_ptr<const Picked> pick(const Array& source, const Index& index) {
    if (records_eagerly() || !is_cheap(source) || is_pinned(source)) {
        return nullptr;
    }
    const std::optional<MaskedAxes> masked = masked_axes(index, source);
    if (!masked || is_pinned(Array(masked->places ? masked->places : masked->mask))) {
        return nullptr;
    }
    return std::make_shared<Picked>(
        Picked{masked->mask, masked->axis, masked->places, source.node(), {}, {}});
}

std::shared_ptr<const Picked> picked_unary(Op op, const Operand& a) {
    if (records_eagerly()) {
        return nullptr;
    }
    const Picked& picked = *a.array().cell().picked();
    return computed(picked, op, {kept(a)}, unary(op, whole_of(a)).node());
}

std::shared_ptr<const Picked> picked_binary(Op op, const Operand& a, const Operand& b) {
    const Picked& picked = *(is_picked(a) ? a : b).array().cell().picked();
    // Exponents of integers are looked at: those that nobody picked must not be refused.
    if (records_eagerly() || (op == Op::power && is_signed(resolve(op, a, b).compute)) ||
        !fits_beside(a, picked) || !fits_beside(b, picked)) {
        return nullptr;
    }
    return computed(picked, op, {kept(a), kept(b)}, binary(op, whole_of(a), whole_of(b)).node());
}

std::shared_ptr<const Picked> picked_cast(const Array& a, DType dtype) {
    const std::shared_ptr<const Picked>& picked = a.cell().picked();
    if (dtype == picked->whole->dtype) {
        return picked;
    }
    return computed(*picked, Op::cast, {kept(a)}, record_cast(picked->whole, dtype));
}

Array picked_sum(const Array& a, const std::optional<std::vector<std::ptrdiff_t>>& axes) {
    const Picked& picked = *a.cell().picked();
    const Shape& shape = picked.whole->shape;
    const bool is_along_one = axes ? axes->size() == 1 : shape.size() == 1;
    if (picked.operation || !is_along_one || picked.mask->shape.size() != 1 ||
        !is_float(a.dtype()) || is_half(a.dtype())) {
        return {};
    }
    const int axis = axes ? normalized_axis(axes->front(), shape.size()) : 0;
    if (axis != picked.axis) {
        return {};
    }
    Shape rest = shape;
    rest.erase(axis);
    return Array(
        record(Op::picked_sum, a.dtype(), rest, AxisAttr{axis}, {picked.whole, picked.mask}));
}

NodeRef with_masked(const Array& target, const Index& index, const Operand& value) {
    const std::optional<MaskedAxes> masked = masked_axes(index, target);
    if (!masked) {
        return {};
    }
    const bool is_number = value.is_number() || (!is_picked(value) && value.shape().empty());
    const Picked place{masked->mask, masked->axis, masked->places, target.node(), {}, {}};
    // `a[mask] = number` always was as it is here; the rest asks whether it is worth it.
    const bool was_always_so = is_number && masked->axis == 0;
    const bool is_worth_it = is_cheap(target) && fits_beside(value, place);
    if (!was_always_so && !is_worth_it) {
        return {};
    }
    const NodeRef content =
        assigned_node(whole_of(value), target.dtype(), is_number ? Shape() : target.shape());
    return record(Op::where, target.dtype(), target.shape(), {},
                  {spread(place.mask, place.axis, target.rank()), content, place.whole});
}

}  // namespace monnto
