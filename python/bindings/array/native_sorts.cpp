#include "../errors.hpp"
#include "natives.hpp"
#include "object.hpp"

#include <monnto/array/functions.hpp>

namespace nb = nanobind;

namespace monnto::python {

namespace {

/// sort(a, axis, kind, order, stable)
PyObject* run_sort(const Call& call) {
    call.refuse({3});
    return wrap_array(sort(call.array(0), call.axis(1, -1)));
}
PyObject* run_argsort(const Call& call) {
    call.refuse({3});
    return wrap_array(argsort(call.array(0), call.axis(1, -1)));
}

/// searchsorted(a, v, side, sorter)
PyObject* run_searchsorted(const Call& call) {
    call.refuse({3});
    return wrap_result(
        searchsorted(call.array(0), call.operand(1), call.text(2, "left") == "right"));
}

/// unique(ar, return_index, return_inverse, return_counts, axis, equal_nan, sorted)
PyObject* run_unique(const Call& call) {
    call.refuse({4});
    if (!call.flag(5, true)) {
        throw UseHost{};
    }
    const Array a = call.array(0);
    if (!call.flag(1) && !call.flag(2) && !call.flag(3)) {
        return wrap_array(unique(a));
    }
    if (call.flag(2) && a.rank() != 1) {
        throw UseHost{};  // the shape of the inverse changed between versions of NumPy
    }
    const UniqueResult all_parts = unique_all(a);
    std::vector<Array> wanted = {all_parts.values};
    if (call.flag(1)) {
        wanted.push_back(all_parts.first_index);
    }
    if (call.flag(2)) {
        wanted.push_back(all_parts.inverse);
    }
    if (call.flag(3)) {
        wanted.push_back(all_parts.counts);
    }
    return wrap_tuple(wanted);
}

Array proper_array(const Call& call) {
    const Array a = call.array(0);
    if (a.rank() == 0) {
        throw UseHost{};  // NumPy's words for nonzero of one number
    }
    return a;
}

PyObject* run_nonzero(const Call& call) {
    return wrap_tuple(nonzero(proper_array(call)));
}
PyObject* run_flatnonzero(const Call& call) {
    return wrap_array(flatnonzero(call.array(0)));
}
PyObject* run_argwhere(const Call& call) {
    return wrap_array(argwhere(proper_array(call)));
}

/// histogram(a, bins, range, density, weights)
PyObject* run_histogram(const Call& call) {
    call.refuse({4});
    if (call.flag(3)) {
        throw UseHost{};
    }
    std::optional<std::pair<double, double>> range;
    if (call.has(2)) {
        const std::vector<double> ends = call.array(2).astype(DType::f64).host<double>();
        if (ends.size() != 2) {
            throw UseHost{};
        }
        range = {ends[0], ends[1]};
    }
    const bool is_count =
        !call.has(1) || (PyIndex_Check(call.get(1)) != 0 && !is_array(call.get(1)));
    if (!is_count && (range || PyUnicode_Check(call.get(1)))) {
        throw UseHost{};
    }
    const auto [counts, edges] = is_count ? histogram(call.array(0), call.integer(1, 10), range)
                                          : histogram(call.array(0), call.array(1));
    return wrap_tuple({counts, edges});
}

/// bincount(x, weights, minlength)
PyObject* run_bincount(const Call& call) {
    const std::ptrdiff_t length = call.integer(2, 0);
    if (call.has(1)) {
        return wrap_array(bincount(call.array(0), call.array(1), length));
    }
    return wrap_array(bincount(call.array(0), length));
}

PyObject* run_digitize(const Call& call) {
    return wrap_result(digitize(call.operand(0), call.array(1), call.flag(2)));
}

/// isin(element, test_elements, assume_unique, invert, kind)
PyObject* run_isin(const Call& call) {
    call.refuse({4});
    return wrap_result(isin(call.operand(0), call.operand(1), call.flag(3)));
}

/// diff(a, n, axis, prepend, append)
PyObject* run_diff(const Call& call) {
    call.refuse({3, 4});
    return wrap_array(
        diff(call.array(0), static_cast<int>(call.integer(1, 1)), call.integer(2, -1)));
}

/// interp(x, xp, fp, left, right, period)
PyObject* run_interp(const Call& call) {
    call.refuse({5});
    const auto end = [&](int i) {
        return call.has(i) ? std::optional(call.real(i, 0.0)) : std::nullopt;
    };
    return wrap_result(interp(call.operand(0), call.array(1), call.array(2), end(3), end(4)));
}

/// trapezoid(y, x, dx, axis)
PyObject* run_trapezoid(const Call& call) {
    const std::ptrdiff_t axis = call.integer(3, -1);
    if (call.has(1)) {
        return wrap_result(trapezoid(call.array(0), call.array(1), axis));
    }
    return wrap_result(trapezoid(call.array(0), call.real(2, 1.0), axis));
}

/// gradient(f, spacing, axis, edge_order); several axes at once are NumPy's
PyObject* run_gradient(const Call& call) {
    call.refuse({3});
    const Array f = call.array(0);
    if (is_bool(f.dtype()) || (f.rank() != 1 && !call.has(2))) {
        throw UseHost{};
    }
    return wrap_array(gradient(f, call.real(1, 1.0), call.integer(2, -1)));
}

template <Array (*combine)(const Array&, const Array&)>
PyObject* as_set(const Call& call) {
    call.refuse({2, 3});
    return wrap_array(combine(call.array(0), call.array(1)));
}

/// take(a, indices, axis, out, mode)
PyObject* run_take(const Call& call) {
    if (call.text(4, "raise") != "raise") {
        throw UseHost{};
    }
    return call.deliver(take(call.array(0), call.operand(1), call.axis(2)), 3);
}

PyObject* run_take_along_axis(const Call& call) {
    return wrap_array(take_along_axis(call.array(0), call.array(1), call.axis(2, -1).value()));
}

/// compress(condition, a, axis, out)
PyObject* run_compress(const Call& call) {
    return call.deliver(compress(call.array(0), call.array(1), call.axis(2)), 3);
}

}  // namespace

const Native native_sort{"sort", run_sort, {"a", "axis", "kind", "order", "stable"}};
const Native native_argsort{"argsort", run_argsort, {"a", "axis", "kind", "order", "stable"}};
const Native native_searchsorted{"searchsorted", run_searchsorted, {"a", "v", "side", "sorter"}};
const Native native_unique{
    "unique",
    run_unique,
    {"ar", "return_index", "return_inverse", "return_counts", "axis", "equal_nan", "sorted"}};
const Native native_nonzero{"nonzero", run_nonzero, {"a"}};
const Native native_flatnonzero{"flatnonzero", run_flatnonzero, {"a"}};
const Native native_argwhere{"argwhere", run_argwhere, {"a"}};
const Native native_histogram{
    "histogram", run_histogram, {"a", "bins", "range", "density", "weights"}};
const Native native_bincount{"bincount", run_bincount, {"x", "weights", "minlength"}};
const Native native_digitize{"digitize", run_digitize, {"x", "bins", "right"}};
const Native native_isin{
    "isin", run_isin, {"element", "test_elements", "assume_unique", "invert", "kind"}};
const Native native_diff{"diff", run_diff, {"a", "n", "axis", "prepend", "append"}};
const Native native_interp{"interp", run_interp, {"x", "xp", "fp", "left", "right", "period"}};
const Native native_trapezoid{"trapezoid", run_trapezoid, {"y", "x", "dx", "axis"}};
const Native native_gradient{"gradient", run_gradient, {"f", "spacing", "axis", "edge_order"}};
const Native native_union1d{"union1d", as_set<union1d>, {"ar1", "ar2"}};
const Native native_intersect1d{
    "intersect1d", as_set<intersect1d>, {"ar1", "ar2", "assume_unique", "return_indices"}};
const Native native_setdiff1d{"setdiff1d", as_set<setdiff1d>, {"ar1", "ar2", "assume_unique"}};
const Native native_take{"take", run_take, {"a", "indices", "axis", "out", "mode"}};
const Native native_take_along_axis{
    "take_along_axis", run_take_along_axis, {"arr", "indices", "axis"}};
const Native native_compress{"compress", run_compress, {"condition", "a", "axis", "out"}};

}  // namespace monnto::python
