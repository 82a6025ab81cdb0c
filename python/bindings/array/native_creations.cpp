#include "../errors.hpp"
#include "natives.hpp"
#include "object.hpp"

#include <monnto/array/functions.hpp>

namespace monnto::python {

namespace {

/// The shape of `f_like(a, ..., shape)`.
Shape shape_like(const Call& call, int shape_at) {
    return call.has(shape_at) ? call.shape(shape_at) : call.array(0).shape();
}

DType dtype_like(const Call& call, int dtype_at) {
    return call.dtype(dtype_at).value_or(call.array(0).dtype());
}

/// f_like(a, dtype, order, subok, shape, device)
PyObject* run_zeros_like(const Call& call) {
    return wrap_array(zeros(shape_like(call, 4), dtype_like(call, 1)));
}
PyObject* run_ones_like(const Call& call) {
    return wrap_array(ones(shape_like(call, 4), dtype_like(call, 1)));
}

/// full_like(a, fill_value, dtype, order, subok, shape, device)
PyObject* run_full_like(const Call& call) {
    const Array value = call.array(1);
    if (value.rank() != 0) {
        throw UseHost{};
    }
    return wrap_array(full(shape_like(call, 5), value.element(), dtype_like(call, 2)));
}

/// copy(a, order, subok)
PyObject* run_copy(const Call& call) {
    if (call.text(1, "C") == "F") {
        throw UseHost{};
    }
    return wrap_array(call.array(0).copy());
}

/// zeros(shape, dtype)
PyObject* run_zeros(const Call& call) {
    return wrap_array(zeros(call.shape(0), call.dtype(1).value_or(DType::f64)));
}
PyObject* run_ones(const Call& call) {
    return wrap_array(ones(call.shape(0), call.dtype(1).value_or(DType::f64)));
}

/// full(shape, fill_value, dtype)
PyObject* run_full(const Call& call) {
    const Array value = call.array(1);
    if (value.rank() != 0) {
        throw UseHost{};
    }
    return wrap_array(full(call.shape(0), value.element(), call.dtype(2).value_or(value.dtype())));
}

Number number_argument(const Call& call, int i) {
    const std::optional<Number> number = number_of(call.get(i));
    if (!number) {
        throw UseHost{};
    }
    return *number;
}

/// arange([start,] stop[, step], dtype)
PyObject* run_arange(const Call& call) {
    const Number first = number_argument(call, 0);
    const Number step = call.has(2) ? number_argument(call, 2) : Number(1);
    const Array range =
        call.has(1) ? arange(first, number_argument(call, 1), step) : arange(0, first, step);
    const std::optional<DType> dtype = call.dtype(3);
    return wrap_array(dtype ? range.astype(*dtype) : range);
}

/// linspace(start, stop, num, endpoint, retstep, dtype, axis)
PyObject* run_linspace(const Call& call) {
    call.refuse({4, 6});
    const Array line =
        linspace(number_argument(call, 0).as_double(), number_argument(call, 1).as_double(),
                 call.integer(2, 50), call.flag(3, true));
    const std::optional<DType> dtype = call.dtype(5);
    return wrap_array(dtype ? line.astype(*dtype) : line);
}

/// eye(N, M, k, dtype)
PyObject* run_eye(const Call& call) {
    return wrap_array(eye(call.integer(0, 0), call.integer(1, -1), call.integer(2, 0),
                          call.dtype(3).value_or(DType::f64)));
}

}  // namespace

const Native native_zeros{"zeros", run_zeros, {"shape", "dtype"}};
const Native native_ones{"ones", run_ones, {"shape", "dtype"}};
const Native native_empty{"empty", run_zeros, {"shape", "dtype"}};
const Native native_full{"full", run_full, {"shape", "fill_value", "dtype"}};
const Native native_arange{"arange", run_arange, {"start", "stop", "step", "dtype"}};
const Native native_linspace{
    "linspace", run_linspace, {"start", "stop", "num", "endpoint", "retstep", "dtype", "axis"}};
const Native native_eye{"eye", run_eye, {"N", "M", "k", "dtype"}};
const Native native_zeros_like{
    "zeros_like", run_zeros_like, {"a", "dtype", "order", "subok", "shape", "device"}};
const Native native_ones_like{
    "ones_like", run_ones_like, {"a", "dtype", "order", "subok", "shape", "device"}};
const Native native_empty_like{
    "empty_like", run_zeros_like, {"prototype", "dtype", "order", "subok", "shape", "device"}};
const Native native_full_like{
    "full_like", run_full_like, {"a", "fill_value", "dtype", "order", "subok", "shape", "device"}};
const Native native_copy{"copy", run_copy, {"a", "order", "subok"}};

}  // namespace monnto::python
