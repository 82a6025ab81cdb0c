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
    table.add("interp", "x xp fp", [](const Bound& bound) -> Value {
        return monnto::interp(bound.operand("x"), bound.array("xp"), bound.array("fp"));
    });
    table.add("nonzero", "a", [](const Bound& bound) -> Value {
        return tuple_of(monnto::nonzero(bound.array("a")));
    });
    table.add("flatnonzero", "a",
              [](const Bound& bound) -> Value { return monnto::flatnonzero(bound.array("a")); });
    table.add("argwhere", "a", [](const Bound& bound) -> Value {
        return monnto::stack(monnto::nonzero(bound.array("a")), 1);
    });
    table.add("unique", "ar return_index return_inverse return_counts", unique);
    table.add("histogram", "a bins range", histogram);
    table.add("bincount", "x weights minlength", [](const Bound& bound) -> Value {
        if (bound.has("weights")) {
            throw UnknownName("argument", "weights", bound.function(), {"x", "minlength"});
        }
        return monnto::bincount(bound.array("x"), bound.integer("minlength", 0));
    });
    table.add("take", "a indices axis", [](const Bound& bound) -> Value {
        return monnto::take(bound.array("a"), bound.operand("indices"), bound.axis());
    });
    table.add("ix_", "*args", [](const Bound& bound) -> Value {
        return tuple_of(monnto::ix(bound.arrays("args")));
    });
}

}  // namespace monnto::expression
