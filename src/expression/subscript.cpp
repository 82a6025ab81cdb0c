#include "subscript.hpp"

#include <monnto/base/error.hpp>

#include <algorithm>

namespace monnto::expression {
namespace {

constexpr const char* operation = "[]";

IndexItem array_item(const Value& value) {
    const auto* items = value.get_if<Items>();
    if (items != nullptr && items->items.empty()) {
        return Array::from(std::vector<std::int64_t>());  // [] selects nothing
    }
    return as_array(value, operation);
}

IndexItem item_of(const Value& value) {
    if (const auto* whole = value.get_if<std::int64_t>()) {
        return *whole;
    }
    if (const auto* flag = value.get_if<bool>()) {
        return *flag;
    }
    if (value.is_none()) {
        return newaxis;
    }
    if (value.get_if<Ellipsis>() != nullptr) {
        return ellipsis;
    }
    if (value.is_array() || value.get_if<Items>() != nullptr) {
        return array_item(value);
    }
    throw TypeMismatch(operation, kind_of(value),
                       "an index is an int, a slice, None, ..., a mask or an array of ints");
}

Value of_array(const Array& array, const Index& index) {
    monnto::Index items;
    for (const auto& part : index) {
        if (const auto* slice = std::get_if<monnto::Slice>(&part)) {
            items.emplace_back(*slice);
            continue;
        }
        const auto& value = std::get<Value>(part);
        const auto* tuple = value.get_if<Items>();
        if (index.size() == 1 && tuple != nullptr && !tuple->is_list) {
            for (const Value& item : tuple->items) {  // v[np.nonzero(v)]
                items.push_back(item_of(item));
            }
        } else {
            items.push_back(item_of(value));
        }
    }
    return get_items(array, items);
}

// The indices that a slice takes from `size` items, as Python's slice.indices.
std::vector<std::size_t> taken_by(const monnto::Slice& slice, std::ptrdiff_t size) {
    const std::ptrdiff_t step = slice.step.value_or(1);
    if (step == 0) {
        throw BadParameter("step", "0", "the step of a slice cannot be zero");
    }
    const std::ptrdiff_t lowest = step < 0 ? -1 : 0;
    const std::ptrdiff_t highest = step < 0 ? size - 1 : size;
    const auto bounded = [&](std::ptrdiff_t at) {
        return std::clamp(at < 0 ? at + size : at, lowest, highest);
    };
    const std::ptrdiff_t start = slice.start ? bounded(*slice.start) : step < 0 ? highest : lowest;
    const std::ptrdiff_t stop = slice.stop ? bounded(*slice.stop) : step < 0 ? lowest : highest;
    std::vector<std::size_t> taken;
    for (std::ptrdiff_t i = start; step < 0 ? i > stop : i < stop; i += step) {
        taken.push_back(static_cast<std::size_t>(i));
    }
    return taken;
}

Value of_items(const Items& items, const Index& index) {
    const auto size = static_cast<std::ptrdiff_t>(items.items.size());
    if (const auto* slice = std::get_if<monnto::Slice>(&index.front())) {
        Items part{{}, items.is_list};
        for (const std::size_t i : taken_by(*slice, size)) {
            part.items.push_back(items.items[i]);
        }
        return part;
    }
    const std::int64_t at = as_integer(std::get<Value>(index.front()), operation);
    if (at < -size || at >= size) {
        throw IndexOutOfRange(at, 0, size);
    }
    return items.items[static_cast<std::size_t>(at < 0 ? at + size : at)];
}

}  // namespace

Value subscript(const Value& object, const Index& index, bool is_tuple) {
    if (const auto* array = object.get_if<Array>()) {
        return of_array(*array, index);
    }
    const auto* items = object.get_if<Items>();
    if (items != nullptr && !is_tuple) {
        return of_items(*items, index);
    }
    throw TypeMismatch(operation, kind_of(object),
                       items != nullptr ? "a tuple or a list takes one index" : "it has no items");
}

}  // namespace monnto::expression
