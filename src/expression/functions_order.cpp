#include "functions.hpp"

#include <monnto/base/error.hpp>

namespace monnto::expression {
namespace {

// sort and argsort: the last axis unless told, flattened for axis=None.
template <Array (*Sort)(const Array&, std::optional<std::ptrdiff_t>)>
Value ordered(const Bound& bound) {
    const Array a = bound.array("a");
    return bound.is_given("axis") ? Sort(a, bound.axis()) : Sort(a, -1);
}

Value tuple_of(const std::vector<Array>& arrays) {
    Items tuple;
    for (const Array& array : arrays) {
        tuple.items.emplace_back(array);
    }
    return tuple;
}

Value histogram(const Bound& bound) {
    const Array a = bound.array("a");
    if (bound.has("bins") && (bound.value("bins").get_if<Items>() != nullptr ||
                              bound.value("bins").get_if<Array>() != nullptr)) {
        const auto [counts, edges] = monnto::histogram(a, bound.array("bins"));
        return tuple_of({counts, edges});
    }
    std::optional<std::pair<double, double>> range;
    if (bound.has("range")) {
        const auto* limits = bound.value("range").get_if<Items>();
        if (limits == nullptr || limits->items.size() != 2) {
            throw TypeMismatch("histogram(range=)", kind_of(bound.value("range")),
                               "give a lower and an upper limit, (0, 1)");
        }
        range = {as_real(limits->items[0], "histogram(range=)"),
                 as_real(limits->items[1], "histogram(range=)")};
    }
    const auto [counts, edges] = monnto::histogram(a, bound.integer("bins", 10), range);
    return tuple_of({counts, edges});
}

Value unique(const Bound& bound) {
    const bool wants_index = bound.flag("return_index");
    const bool wants_inverse = bound.flag("return_inverse");
    const bool wants_counts = bound.flag("return_counts");
    if (!wants_index && !wants_inverse && !wants_counts) {
        return monnto::unique(bound.array("ar"));
    }
    const UniqueResult result = monnto::unique_all(bound.array("ar"));
    std::vector<Array> parts = {result.values};
    if (wants_index) {
        parts.push_back(result.first_index);
    }
    if (wants_inverse) {
        parts.push_back(result.inverse);
    }
    if (wants_counts) {
        parts.push_back(result.counts);
    }
    return tuple_of(parts);
}

Value search_sorted(const Bound& bound) {
    bool is_right = false;
    if (bound.has("side")) {
        const auto* side = bound.value("side").get_if<std::string>();
        if (side == nullptr || (*side != "left" && *side != "right")) {
            throw BadParameter("side", kind_of(bound.value("side")), "it is 'left' or 'right'");
        }
        is_right = *side == "right";
    }
    return monnto::searchsorted(bound.array("a"), bound.operand("v"), is_right);
}

void add_sets(FunctionTable& table) {
    table.add("digitize", "x bins right", [](const Bound& bound) -> Value {
        return monnto::digitize(bound.operand("x"), bound.array("bins"), bound.flag("right"));
    });
    table.add("isin", "element test_elements invert", [](const Bound& bound) -> Value {
        return monnto::isin(bound.operand("element"), bound.operand("test_elements"),
                            bound.flag("invert"));
    });
    table.add("union1d", "ar1 ar2", [](const Bound& bound) -> Value {
        return monnto::union1d(bound.array("ar1"), bound.array("ar2"));
    });
    table.add("intersect1d", "ar1 ar2", [](const Bound& bound) -> Value {
        return monnto::intersect1d(bound.array("ar1"), bound.array("ar2"));
    });
    table.add("setdiff1d", "ar1 ar2", [](const Bound& bound) -> Value {
        return monnto::setdiff1d(bound.array("ar1"), bound.array("ar2"));
    });
}

void add_curves(FunctionTable& table) {
    table.add("trapezoid trapz", "y x dx axis", [](const Bound& bound) -> Value {
        const std::int64_t axis = bound.integer("axis", -1);
        const Array y = bound.array("y");
        return bound.has("x") ? monnto::trapezoid(y, bound.array("x"), axis)
                              : monnto::trapezoid(y, bound.real("dx", 1.0), axis);
    });
    // Without an axis NumPy gives one array per axis; that many results only a vector has.
    table.add("gradient", "f spacing axis", [](const Bound& bound) -> Value {
        const Array f = bound.array("f");
        if (f.rank() != 1 && !bound.has("axis")) {
            throw BadParameter("gradient(axis=)", "nothing", "an array of several axes needs one");
        }
        return monnto::gradient(f, bound.real("spacing", 1.0), bound.integer("axis", -1));
    });
}

}  // namespace

void add_ordering_functions(FunctionTable& table) {
    table.add("sort", "a axis", ordered<monnto::sort>);
    table.add("argsort", "a axis", ordered<monnto::argsort>);
    table.add("searchsorted", "a v side", search_sorted);
    table.add("cumsum", "a axis dtype", [](const Bound& bound) -> Value {
        return monnto::cumsum(bound.array("a"), bound.axis(), bound.dtype());
    });
    table.add("cumprod", "a axis dtype", [](const Bound& bound) -> Value {
        return monnto::cumprod(bound.array("a"), bound.axis(), bound.dtype());
    });
    table.add("diff", "a n axis", [](const Bound& bound) -> Value {
        return monnto::diff(bound.array("a"), static_cast<int>(bound.integer("n", 1)),
                            bound.integer("axis", -1));
    });
    table.add("interp", "x xp fp left right", [](const Bound& bound) -> Value {
        const auto outside = [&](const char* side) {
            return bound.has(side) ? std::optional(bound.real(side, 0.0)) : std::nullopt;
        };
        return monnto::interp(bound.operand("x"), bound.array("xp"), bound.array("fp"),
                              outside("left"), outside("right"));
    });
    table.add("nonzero", "a", [](const Bound& bound) -> Value {
        return tuple_of(monnto::nonzero(bound.array("a")));
    });
    table.add("flatnonzero", "a",
              [](const Bound& bound) -> Value { return monnto::flatnonzero(bound.array("a")); });
    table.add("argwhere", "a",
              [](const Bound& bound) -> Value { return monnto::argwhere(bound.array("a")); });
    table.add("unique", "ar return_index return_inverse return_counts", unique);
    table.add("histogram", "a bins range", histogram);
    table.add("bincount", "x weights minlength", [](const Bound& bound) -> Value {
        const Array x = bound.array("x");
        const std::int64_t least = bound.integer("minlength", 0);
        return bound.has("weights") ? monnto::bincount(x, bound.array("weights"), least)
                                    : monnto::bincount(x, least);
    });
    add_sets(table);
    add_curves(table);
    table.add("take", "a indices axis", [](const Bound& bound) -> Value {
        return monnto::take(bound.array("a"), bound.operand("indices"), bound.axis());
    });
    table.add("take_along_axis", "arr indices axis", [](const Bound& bound) -> Value {
        return monnto::take_along_axis(bound.array("arr"), bound.array("indices"),
                                       bound.integer("axis", -1));
    });
    table.add("compress", "condition a axis", [](const Bound& bound) -> Value {
        return monnto::compress(bound.array("condition"), bound.array("a"), bound.axis());
    });
    table.add("ix_", "*args", [](const Bound& bound) -> Value {
        return tuple_of(monnto::ix(bound.arrays("args")));
    });
}

}  // namespace monnto::expression
