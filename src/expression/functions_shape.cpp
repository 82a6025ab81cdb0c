#include "functions.hpp"

#include <monnto/base/error.hpp>

namespace monnto::expression {
namespace {

Value flip(const Bound& bound, std::optional<std::vector<std::ptrdiff_t>> axes) {
    return monnto::flip(bound.array("m"), std::move(axes));
}

Value hstack(const Bound& bound) {
    std::vector<Array> parts = bound.arrays("tup");
    for (Array& part : parts) {
        part = monnto::atleast_1d(part);
    }
    const bool is_flat = !parts.empty() && parts.front().rank() == 1;
    return monnto::concatenate(parts, is_flat ? 0 : 1);
}

Value vstack(const Bound& bound) {
    std::vector<Array> parts = bound.arrays("tup");
    for (Array& part : parts) {
        part = monnto::atleast_2d(part);
    }
    return monnto::concatenate(parts, 0);
}

Value transpose(const Bound& bound) {
    const Array a = bound.array("a");
    return bound.has("axes") ? monnto::transpose(a, bound.integers("axes")) : monnto::transpose(a);
}

Value concatenate(const Bound& bound) {
    std::vector<Array> parts = bound.arrays("arrays");
    if (bound.is_given("axis") && !bound.has("axis")) {
        for (Array& part : parts) {
            part = part.ravel();  // axis=None
        }
    }
    return monnto::concatenate(parts, bound.axis().value_or(0));
}

Items shape_of(const Array& a) {
    Items shape;
    for (const std::ptrdiff_t extent : a.shape()) {
        shape.items.emplace_back(extent);
    }
    return shape;
}

void add_queries(FunctionTable& table) {
    table.add("shape", "a", [](const Bound& bound) -> Value { return shape_of(bound.array("a")); });
    table.add("ndim", "a", [](const Bound& bound) -> Value { return bound.array("a").rank(); });
    table.add("size numel", "a axis", [](const Bound& bound) -> Value {
        const Array a = bound.array("a");
        return bound.has("axis") ? a.shape()[normalized_axis(*bound.axis(), a.rank())] : a.size();
    });
}

void add_rearranging(FunctionTable& table) {
    table.add("reshape", "a shape", [](const Bound& bound) -> Value {
        return monnto::reshape(bound.array("a"), bound.shape("shape"));
    });
    table.add("ravel flatten", "a",
              [](const Bound& bound) -> Value { return bound.array("a").ravel(); });
    table.add("transpose permute permute_dims", "a axes", transpose);
    table.add("swapaxes", "a axis1 axis2", [](const Bound& bound) -> Value {
        return monnto::swapaxes(bound.array("a"), bound.integer("axis1"), bound.integer("axis2"));
    });
    table.add("moveaxis movedim", "a source destination", [](const Bound& bound) -> Value {
        return monnto::moveaxis(bound.array("a"), bound.integer("source"),
                                bound.integer("destination"));
    });
    table.add("expand_dims unsqueeze", "a axis", [](const Bound& bound) -> Value {
        return monnto::expand_dims(bound.array("a"), bound.integer("axis"));
    });
    table.add("squeeze", "a axis", [](const Bound& bound) -> Value {
        return monnto::squeeze(bound.array("a"), bound.axes());
    });
    table.add("broadcast_to", "array shape", [](const Bound& bound) -> Value {
        return monnto::broadcast_to(bound.array("array"), bound.shape("shape"));
    });
    table.add("diagonal", "a offset axis1 axis2", [](const Bound& bound) -> Value {
        return monnto::diagonal(bound.array("a"), bound.integer("offset", 0),
                                bound.integer("axis1", 0), bound.integer("axis2", 1));
    });
    table.add("diag", "v k", [](const Bound& bound) -> Value {
        return monnto::diag(bound.array("v"), bound.integer("k", 0));
    });
    table.add("flip", "m axis", [](const Bound& bound) { return flip(bound, bound.axes()); });
    table.add("flipud", "m",
              [](const Bound& bound) { return flip(bound, std::vector<std::ptrdiff_t>{0}); });
    table.add("fliplr", "m",
              [](const Bound& bound) { return flip(bound, std::vector<std::ptrdiff_t>{1}); });
    table.add("atleast_1d", "a",
              [](const Bound& bound) -> Value { return monnto::atleast_1d(bound.array("a")); });
    table.add("atleast_2d", "a",
              [](const Bound& bound) -> Value { return monnto::atleast_2d(bound.array("a")); });
    table.add("rot90", "m k", [](const Bound& bound) -> Value {
        return monnto::rot90(bound.array("m"), bound.integer("k", 1));
    });
}

void add_joining(FunctionTable& table) {
    table.add("concatenate concat cat", "arrays axis", concatenate);
    table.add("stack", "arrays axis", [](const Bound& bound) -> Value {
        return monnto::stack(bound.arrays("arrays"), bound.integer("axis", 0));
    });
    table.add("hstack", "tup", hstack);
    table.add("vstack row_stack", "tup", vstack);
    table.add("tile", "A reps", [](const Bound& bound) -> Value {
        return monnto::tile(bound.array("A"), bound.integers("reps"));
    });
    table.add("repeat repeat_interleave", "a repeats axis", [](const Bound& bound) -> Value {
        return monnto::repeat(bound.array("a"), bound.operand("repeats"), bound.axis());
    });
    table.add("roll", "a shift axis", [](const Bound& bound) -> Value {
        return monnto::roll(bound.array("a"), bound.integers("shift"), bound.axes());
    });
}

}  // namespace

void add_shape_functions(FunctionTable& table) {
    add_queries(table);
    add_rearranging(table);
    add_joining(table);
}

std::optional<Value> property_of(const Value& value, std::string_view name) {
    const auto* array = value.get_if<Array>();
    if (array == nullptr) {
        return std::nullopt;
    }
    if (name == "T") {
        return array->T();
    }
    if (name == "shape") {
        return shape_of(*array);
    }
    if (name == "size") {
        return array->size();
    }
    if (name == "ndim") {
        return array->rank();
    }
    if (name == "dtype") {
        return array->dtype();
    }
    if (name == "itemsize") {
        return static_cast<std::int64_t>(size_of(array->dtype()));
    }
    if (name == "nbytes") {
        return array->size() * static_cast<std::ptrdiff_t>(size_of(array->dtype()));
    }
    return std::nullopt;
}

std::vector<std::string> property_names() {
    return {"T", "shape", "size", "ndim", "dtype", "itemsize", "nbytes"};
}

}  // namespace monnto::expression
