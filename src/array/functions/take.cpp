#include <monnto/array/functions/take.hpp>

#include "made.hpp"

#include <monnto/array/functions/create.hpp>
#include <monnto/array/functions/elementwise.hpp>
#include <monnto/array/functions/shape.hpp>
#include <monnto/array/functions/sort.hpp>

namespace monnto {
namespace {

Array as_indices(const Array& a, const char* name) {
    if (is_float(a.dtype()) && a.size() != 0) {
        throw TypeMismatch(name, std::string(name_of(a.dtype())),
                           "give indices as integers, or cast with astype() first");
    }
    return a.astype(DType::i64);
}

/// `item` at one axis, everything of the axes before it.
Index at_axis(int axis, IndexItem item) {
    Index index(static_cast<std::size_t>(axis), IndexItem(all));
    index.push_back(std::move(item));
    return index;
}

}  // namespace

Array take(const Array& a, const Operand& indices, std::optional<std::ptrdiff_t> axis) {
    const Array source = axis ? a : a.ravel();
    const int along = axis ? normalized_axis(*axis, a.rank()) : 0;
    if (!indices.is_number() && indices.array().rank() > 0) {
        return get_items(source, at_axis(along, as_indices(indices.array(), "take")));
    }
    const Number index = indices.is_number() ? indices.number() : indices.array().element();
    if (is_float(index.dtype)) {
        throw TypeMismatch("take", std::string(name_of(index.dtype)), "give an integer");
    }
    return get_items(source, at_axis(along, index.as_integer())).copy();
}

Array take_along_axis(const Array& a, const Array& indices, std::ptrdiff_t axis) {
    const int along = normalized_axis(axis, a.rank());
    if (indices.rank() != a.rank()) {
        throw ShapeMismatch("take_along_axis", a.shape().to_vector(), indices.shape().to_vector(),
                            "give indices of as many axes as the array");
    }
    Index index;
    for (int i = 0; i < a.rank(); ++i) {
        if (i == along) {
            index.emplace_back(as_indices(indices, "take_along_axis"));
        } else {
            Shape one = Shape::filled(a.rank(), 1);
            one[i] = a.shape()[i];
            index.emplace_back(arange(a.shape()[i]).reshape(one));
        }
    }
    return get_items(a, index);
}

Array compress(const Array& mask, const Array& a, std::optional<std::ptrdiff_t> axis) {
    if (mask.rank() != 1) {
        throw BadParameter("mask", mask.shape().to_string(), "give a mask of one axis");
    }
    return take(a, flatnonzero(mask), axis);
}

Array select(const std::vector<Array>& conditions, const std::vector<Operand>& choices,
             const Operand& otherwise) {
    if (conditions.size() != choices.size() || conditions.empty()) {
        throw BadParameter("select", std::to_string(choices.size()),
                           "give as many choices as conditions, and at least one");
    }
    Operand result = otherwise;
    for (std::size_t i = conditions.size(); i-- > 0;) {
        result = where(conditions[i], choices[i], result);
    }
    return result.array();
}

std::vector<Array> ix(const std::vector<Array>& axes) {
    std::vector<Array> result;
    for (std::size_t i = 0; i < axes.size(); ++i) {
        if (axes[i].rank() != 1) {
            throw BadParameter("ix", axes[i].shape().to_string(), "give arrays of one axis each");
        }
        const Array index =
            is_bool(axes[i].dtype()) ? flatnonzero(axes[i]) : as_indices(axes[i], "ix");
        Shape shape = Shape::filled(static_cast<int>(axes.size()), 1);
        shape[static_cast<int>(i)] = index.size();
        result.push_back(index.reshape(shape));
    }
    return result;
}

}  // namespace monnto
