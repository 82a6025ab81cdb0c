#include "../errors.hpp"
#include "natives.hpp"
#include "object.hpp"

#include <monnto/array/functions.hpp>

#include <cmath>

namespace monnto::python {

namespace {

PyObject* python_bool(bool value) {
    return PyBool_FromLong(value ? 1 : 0);
}

/// where(condition, x, y)
PyObject* run_where(const Call& call) {
    if (call.get(1) == nullptr && call.get(2) == nullptr) {
        return wrap_tuple(nonzero(call.array(0)));
    }
    // Of numbers alone, too: NumPy's where gives an array whatever its rank.
    return wrap_array(where(call.operand(0), call.operand(1), call.operand(2)));
}

/// clip(a, a_min, a_max, out, min, max)
PyObject* run_clip(const Call& call) {
    const int low = call.has(4) ? 4 : 1;
    const int high = call.has(5) ? 5 : 2;
    const Operand a = call.operand(0);
    if (call.has(low) && call.has(high)) {
        return call.deliver(clip(a, call.operand(low), call.operand(high)), 3);
    }
    if (call.has(low)) {
        return call.deliver(binary(Op::maximum, a, call.operand(low)), 3);
    }
    if (call.has(high)) {
        return call.deliver(binary(Op::minimum, a, call.operand(high)), 3);
    }
    throw UseHost{};
}

/// round(a, decimals, out): scaled, rounded to even, scaled back, as NumPy does it.
PyObject* run_round(const Call& call) {
    const Array a = call.array(0);
    const std::ptrdiff_t decimals = call.integer(1, 0);
    if (is_integer(a.dtype()) && decimals >= 0) {
        return call.deliver(a.copy(), 2);
    }
    if (!is_float(a.dtype()) || decimals > 22 || decimals < -22) {
        throw UseHost{};
    }
    if (decimals == 0) {
        return call.deliver(unary(Op::rint, a), 2);
    }
    const Op there = decimals > 0 ? Op::multiply : Op::divide;
    const Op back = decimals > 0 ? Op::divide : Op::multiply;
    // Powers of ten up to 22 are exact in float64.
    const double scale = std::pow(10.0, std::abs(static_cast<double>(decimals)));
    return call.deliver(binary(back, unary(Op::rint, binary(there, a, scale)), scale), 2);
}

/// f(a, b, rtol, atol, equal_nan)
PyObject* run_isclose(const Call& call) {
    return wrap_result(isclose(call.operand(0), call.operand(1), call.real(2, 1e-5),
                               call.real(3, 1e-8), call.flag(4)));
}
PyObject* run_allclose(const Call& call) {
    return python_bool(allclose(call.operand(0), call.operand(1), call.real(2, 1e-5),
                                call.real(3, 1e-8), call.flag(4)));
}
PyObject* run_array_equal(const Call& call) {
    return python_bool(array_equal(call.operand(0), call.operand(1), call.flag(2)));
}

/// copyto(dst, src, casting, where)
PyObject* run_copyto(const Call& call) {
    if (!is_array(call.get(0)) || call.text(2, "same_kind") != "same_kind") {
        throw UseHost{};
    }
    Array& target = array_of(call.get(0));
    const Operand source = call.operand(1);
    const bool is_weak = source.is_number() && source.number().weak;
    // Whether a plain number fits depends on its kind and value: NumPy decides, but for floats.
    if (is_weak ? !is_float(target.dtype()) : !can_cast_same_kind(source.dtype(), target.dtype())) {
        throw UseHost{};
    }
    const bool everywhere = !call.has(3) || call.get(3) == Py_True;
    const Array value =
        source.is_number() ? Array(source.number().cast_to(target.dtype())) : source.array();
    target.assign(everywhere ? value
                             : where(call.operand(3), value.astype(target.dtype()), target));
    Py_RETURN_NONE;
}

/// select(condlist, choicelist, default)
PyObject* run_select(const Call& call) {
    std::vector<Operand> choices;
    for (Array& choice : call.arrays(1)) {
        choices.emplace_back(choice);
    }
    const Operand otherwise = call.get(2) != nullptr ? call.operand(2) : Operand(0);
    return wrap_result(select(call.arrays(0), choices, otherwise));
}

}  // namespace

const Native native_where{"where", run_where, {"condition", "x", "y"}};
const Native native_clip{"clip", run_clip, {"a", "a_min", "a_max", "out", "min", "max"}};
const Native native_round{"round", run_round, {"a", "decimals", "out"}};
const Native native_around{"around", run_round, {"a", "decimals", "out"}};
const Native native_isclose{"isclose", run_isclose, {"a", "b", "rtol", "atol", "equal_nan"}};
const Native native_allclose{"allclose", run_allclose, {"a", "b", "rtol", "atol", "equal_nan"}};
const Native native_array_equal{"array_equal", run_array_equal, {"a1", "a2", "equal_nan"}};
const Native native_copyto{"copyto", run_copyto, {"dst", "src", "casting", "where"}};
const Native native_select{"select", run_select, {"condlist", "choicelist", "default"}};

}  // namespace monnto::python
