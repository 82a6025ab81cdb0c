#include "../errors.hpp"
#include "natives.hpp"
#include "object.hpp"

#include <monnto/array/functions.hpp>

namespace monnto::python {

namespace {

PyObject* run_dot(const Call& call) {
    return call.deliver(dot(call.operand(0), call.operand(1)), 2);
}
PyObject* run_inner(const Call& call) {
    return wrap_result(inner(call.array(0), call.array(1)));
}
PyObject* run_outer(const Call& call) {
    return call.deliver(outer(call.operand(0), call.operand(1)), 2);
}
PyObject* run_vdot(const Call& call) {
    return wrap_result(vdot(call.array(0), call.array(1)));
}
PyObject* run_kron(const Call& call) {
    return wrap_result(kron(call.array(0), call.array(1)));
}

/// tensordot(a, b, axes)
PyObject* run_tensordot(const Call& call) {
    if (call.has(2) && PyIndex_Check(call.get(2)) == 0) {
        throw UseHost{};
    }
    return wrap_result(
        tensordot(call.array(0), call.array(1), static_cast<int>(call.integer(2, 2))));
}

/// trace(a, offset, axis1, axis2, dtype, out)
PyObject* run_trace(const Call& call) {
    call.refuse({4});
    return call.deliver(
        trace(call.array(0), call.integer(1, 0), call.integer(2, 0), call.integer(3, 1)), 5);
}

Overlap overlap_of(const Call& call, const char* fallback) {
    const std::string mode = call.text(2, fallback);
    if (mode == "full") {
        return Overlap::full;
    }
    if (mode == "same") {
        return Overlap::same;
    }
    if (mode == "valid") {
        return Overlap::valid;
    }
    throw UseHost{};
}

/// f(a, v, mode)
PyObject* run_convolve(const Call& call) {
    return wrap_array(convolve(call.array(0), call.array(1), overlap_of(call, "full")));
}
PyObject* run_correlate(const Call& call) {
    return wrap_array(correlate(call.array(0), call.array(1), overlap_of(call, "valid")));
}

Array rows_of(const Call& call) {
    const Array rows = call.array(0);
    if (rows.rank() != 2) {
        throw UseHost{};
    }
    return rows;
}

PyObject* run_cov(const Call& call) {
    return wrap_array(cov(rows_of(call)));
}
PyObject* run_corrcoef(const Call& call) {
    return wrap_array(corrcoef(rows_of(call)));
}

}  // namespace

const Native native_dot{"dot", run_dot, {"a", "b", "out"}};
const Native native_inner{"inner", run_inner, {"a", "b"}};
const Native native_outer{"outer", run_outer, {"a", "b", "out"}};
const Native native_vdot{"vdot", run_vdot, {"a", "b"}};
const Native native_kron{"kron", run_kron, {"a", "b"}};
const Native native_tensordot{"tensordot", run_tensordot, {"a", "b", "axes"}};
const Native native_trace{"trace", run_trace, {"a", "offset", "axis1", "axis2", "dtype", "out"}};
const Native native_convolve{"convolve", run_convolve, {"a", "v", "mode"}};
const Native native_correlate{"correlate", run_correlate, {"a", "v", "mode"}};
const Native native_cov{"cov", run_cov, {"m"}};
const Native native_corrcoef{"corrcoef", run_corrcoef, {"x"}};

}  // namespace monnto::python
