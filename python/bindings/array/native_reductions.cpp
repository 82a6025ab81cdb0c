#include "../errors.hpp"
#include "natives.hpp"
#include "object.hpp"

#include <monnto/array/functions.hpp>

namespace monnto::python {

namespace {

using Reduce = Array (*)(const Array&, const Over&);

/// f(a, axis, out, keepdims, initial, where)
template <Reduce reduce>
PyObject* plain(const Call& call) {
    call.refuse({4, 5});
    return call.deliver(reduce(call.array(0), call.over(1, 3)), 2);
}

/// f(a, axis, dtype, out, keepdims, initial, where)
template <Array (*reduce)(const Array&, const Over&, std::optional<DType>)>
PyObject* typed(const Call& call) {
    call.refuse({5, 6});
    return call.deliver(reduce(call.array(0), call.over(1, 4), call.dtype(2)), 3);
}

/// f(a, axis, dtype, out, ddof, keepdims, where, mean, correction)
template <Array (*reduce)(const Array&, const Over&, double)>
PyObject* spread(const Call& call) {
    call.refuse({2, 6, 7, 8});
    return call.deliver(reduce(call.array(0), call.over(1, 5), call.real(4, 0.0)), 3);
}

/// f(a, axis, out, keepdims): argmin, argmax
template <Array (*find)(const Array&, std::optional<std::ptrdiff_t>, bool)>
PyObject* position(const Call& call) {
    return call.deliver(find(call.array(0), call.axis(1), call.flag(3)), 2);
}

/// f(a, q, axis, out, overwrite_input, method, keepdims, weights, interpolation)
template <Array (*reduce)(const Array&, const Operand&, const Over&)>
PyObject* ranked(const Call& call) {
    call.refuse({7, 8});
    if (call.text(5, "linear") != "linear") {
        throw UseHost{};
    }
    return call.deliver(reduce(call.array(0), call.operand(1), call.over(2, 6)), 3);
}

/// f(a, axis, out, overwrite_input, keepdims)
template <Reduce reduce>
PyObject* middle(const Call& call) {
    return call.deliver(reduce(call.array(0), call.over(1, 4)), 2);
}

/// f(a, axis, dtype, out)
template <Array (*scan)(const Array&, std::optional<std::ptrdiff_t>, std::optional<DType>)>
PyObject* running(const Call& call) {
    return call.deliver(scan(call.array(0), call.axis(1), call.dtype(2)), 3);
}

PyObject* run_count_nonzero(const Call& call) {
    return wrap_result(count_nonzero(call.array(0), call.over(1, 2)));
}

/// average(a, axis, weights, returned, keepdims)
PyObject* run_average(const Call& call) {
    if (call.flag(3)) {
        throw UseHost{};
    }
    if (!call.has(2)) {
        return wrap_result(mean(call.array(0), call.over(1, 4)));
    }
    return wrap_result(average(call.array(0), call.array(2), call.over(1, 4)));
}

PyObject* run_nanmean(const Call& call) {
    call.refuse({2, 5});
    return call.deliver(nanmean(call.array(0), call.over(1, 4)), 3);
}

}  // namespace

#define PLAIN {"a", "axis", "out", "keepdims", "initial", "where"}
#define TYPED {"a", "axis", "dtype", "out", "keepdims", "initial", "where"}
#define SPREAD {"a", "axis", "dtype", "out", "ddof", "keepdims", "where", "mean", "correction"}
#define RANKED \
    {"a", "q", "axis", "out", "overwrite_input", "method", "keepdims", "weights", "interpolation"}

const Native native_sum{"sum", typed<sum>, TYPED};
const Native native_prod{"prod", typed<prod>, TYPED};
const Native native_nansum{"nansum", typed<nansum>, TYPED};
const Native native_nanprod{"nanprod", typed<nanprod>, TYPED};
const Native native_mean{"mean",
                         [](const Call& call) {
                             call.refuse({5});
                             return call.deliver(
                                 mean(call.array(0), call.over(1, 4), call.dtype(2)), 3);
                         },
                         {"a", "axis", "dtype", "out", "keepdims", "where"}};
const Native native_nanmean{
    "nanmean", run_nanmean, {"a", "axis", "dtype", "out", "keepdims", "where"}};
const Native native_std{"std", spread<std_deviation>, SPREAD};
const Native native_var{"var", spread<var>, SPREAD};
const Native native_nanstd{"nanstd", spread<nanstd>, SPREAD};
const Native native_nanvar{"nanvar", spread<nanvar>, SPREAD};
const Native native_min{"min", plain<min>, PLAIN};
const Native native_max{"max", plain<max>, PLAIN};
const Native native_amin{"amin", plain<min>, PLAIN};
const Native native_amax{"amax", plain<max>, PLAIN};
const Native native_nanmin{"nanmin", plain<nanmin>, PLAIN};
const Native native_nanmax{"nanmax", plain<nanmax>, PLAIN};
const Native native_any{"any", plain<any>, PLAIN};
const Native native_all{"all", plain<all_of>, PLAIN};
const Native native_ptp{"ptp", plain<ptp>, PLAIN};
const Native native_argmin{"argmin", position<argmin>, {"a", "axis", "out", "keepdims"}};
const Native native_argmax{"argmax", position<argmax>, {"a", "axis", "out", "keepdims"}};
const Native native_median{
    "median", middle<median>, {"a", "axis", "out", "overwrite_input", "keepdims"}};
const Native native_nanmedian{
    "nanmedian", middle<nanmedian>, {"a", "axis", "out", "overwrite_input", "keepdims"}};
const Native native_percentile{"percentile", ranked<percentile>, RANKED};
const Native native_quantile{"quantile", ranked<quantile>, RANKED};
const Native native_count_nonzero{"count_nonzero", run_count_nonzero, {"a", "axis", "keepdims"}};
const Native native_average{
    "average", run_average, {"a", "axis", "weights", "returned", "keepdims"}};
const Native native_cumsum{"cumsum", running<cumsum>, {"a", "axis", "dtype", "out"}};
const Native native_cumprod{"cumprod", running<cumprod>, {"a", "axis", "dtype", "out"}};

#undef PLAIN
#undef TYPED
#undef SPREAD
#undef RANKED

}  // namespace monnto::python
