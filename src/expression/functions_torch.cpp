// Where torch. means something else than np. under the same name (S14). What is not here is
// NumPy's.
#include "functions.hpp"

#include <algorithm>
#include <utility>

namespace monnto::expression {
namespace {

Value pair_of(const Array& values, const Array& indices) {
    return Items{{values, indices}, false};
}

using Extremum = Array (*)(const Array&, const Over&);
using Position = Array (*)(const Array&, std::optional<std::ptrdiff_t>, bool);

// max(v), max(v, dim) with the places, max(v, other) element by element.
void add_extremum(FunctionTable& table, const char* name, Extremum reduce, Position find, Op op) {
    table.add(name, "a axis keepdims", [=](const Bound& bound) -> Value {
        if (bound.has("axis") && bound.value("axis").is_array()) {
            return monnto::binary(op, bound.operand("a"), bound.operand("axis"));
        }
        const Array a = bound.array("a");
        if (!bound.has("axis")) {
            return reduce(a, {});
        }
        return pair_of(reduce(a, bound.over()), find(a, bound.axis(), bound.flag("keepdims")));
    });
}

void add_spread(FunctionTable& table, const char* name,
                Array (*reduce)(const Array&, const Over&, double)) {
    table.add(name, "a axis correction unbiased keepdims", [reduce](const Bound& bound) -> Value {
        const bool is_biased = bound.has("unbiased") && !bound.flag("unbiased");
        return reduce(bound.array("a"), bound.over(),
                      bound.real("correction", is_biased ? 0.0 : 1.0));
    });
}

// The lower of the two in the middle, not their mean.
Value median(const Bound& bound) {
    const Array a = bound.array("a");
    const std::ptrdiff_t axis = bound.axis().value_or(-1);
    const Array flat = bound.has("axis") ? a : a.ravel();
    const Array order = monnto::argsort(flat, axis);
    const std::ptrdiff_t extent = flat.shape()[normalized_axis(axis, flat.rank())];
    const std::ptrdiff_t middle = std::max<std::ptrdiff_t>(extent - 1, 0) / 2;
    const Array values = monnto::take(monnto::sort(flat, axis), middle, axis);
    return bound.has("axis") ? pair_of(values, monnto::take(order, middle, axis)) : Value(values);
}

Value sort(const Bound& bound) {
    const Array a = bound.array("a");
    const std::ptrdiff_t axis = bound.axis().value_or(-1);
    Array values = monnto::sort(a, axis);
    Array indices = monnto::argsort(a, axis);
    if (bound.flag("descending")) {
        values = monnto::flip(values, std::vector{axis});
        indices = monnto::flip(indices, std::vector{axis});
    }
    return pair_of(values, indices);
}

Value nonzero(const Bound& bound) {
    const std::vector<Array> indices = monnto::nonzero(bound.array("a"));
    if (!bound.flag("as_tuple")) {
        return monnto::stack(indices, 1);
    }
    Items tuple;
    for (const Array& index : indices) {
        tuple.items.emplace_back(index);
    }
    return tuple;
}

void add_typed(FunctionTable& table, const char* name,
               Array (*reduce)(const Array&, const Over&, std::optional<DType>)) {
    table.add(name, "a axis keepdims dtype", [reduce](const Bound& bound) -> Value {
        return reduce(bound.array("a"), bound.over(), bound.dtype());
    });
}

}  // namespace

const FunctionTable& torch_functions() {
    static const FunctionTable table = [] {
        FunctionTable made;
        add_extremum(made, "max", monnto::max, monnto::argmax, Op::maximum);
        add_extremum(made, "min", monnto::min, monnto::argmin, Op::minimum);
        add_spread(made, "std", monnto::std_deviation);
        add_spread(made, "var", monnto::var);
        add_typed(made, "sum", monnto::sum);
        add_typed(made, "mean", monnto::mean);
        add_typed(made, "prod", monnto::prod);
        made.add("any", "a axis keepdims", [](const Bound& bound) -> Value {
            return monnto::any(bound.array("a"), bound.over());
        });
        made.add("all", "a axis keepdims", [](const Bound& bound) -> Value {
            return monnto::all_of(bound.array("a"), bound.over());
        });
        made.add("argmax", "a axis keepdims", [](const Bound& bound) -> Value {
            return monnto::argmax(bound.array("a"), bound.axis(), bound.flag("keepdims"));
        });
        made.add("argmin", "a axis keepdims", [](const Bound& bound) -> Value {
            return monnto::argmin(bound.array("a"), bound.axis(), bound.flag("keepdims"));
        });
        made.add("median", "a axis", median);
        made.add("sort", "a axis descending", sort);
        made.add("nonzero", "a as_tuple", nonzero);
        return made;
    }();
    return table;
}

std::optional<Value> torch_constant_named(std::string_view name) {
    if (name == "float") {
        return DType::f32;
    }
    if (name == "int") {
        return DType::i32;
    }
    return constant_named(name);
}

}  // namespace monnto::expression
