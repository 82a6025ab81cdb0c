#include "../errors.hpp"
#include "natives.hpp"
#include "object.hpp"

#include <monnto/array/functions.hpp>

namespace monnto::python {

namespace {

void require_c_order(const Call& call, int order) {
    const std::string text = call.text(order, "C");
    if (text != "C" && text != "K" && text != "A") {
        throw UseHost{};
    }
}

/// A view of a Scalar that still has rank 0 is a Scalar, as NumPy's functions give it back.
PyObject* wrap_view(const Call& call, Array view) {
    return is_scalar(call.get(0)) ? wrap_result(std::move(view)) : wrap_array(std::move(view));
}

/// reshape(a, shape, order, newshape, copy)
PyObject* run_reshape(const Call& call) {
    require_c_order(call, 2);
    call.refuse({4});
    return wrap_array(reshape(call.array(0), call.shape(call.has(1) ? 1 : 3)));
}

PyObject* run_ravel(const Call& call) {
    require_c_order(call, 1);
    return wrap_array(call.array(0).ravel());
}

PyObject* run_transpose(const Call& call) {
    const std::optional<std::vector<std::ptrdiff_t>> axes = call.axes(1);
    return wrap_view(call, axes ? transpose(call.array(0), *axes) : transpose(call.array(0)));
}

PyObject* run_swapaxes(const Call& call) {
    return wrap_array(swapaxes(call.array(0), call.axis(1).value(), call.axis(2).value()));
}

PyObject* run_moveaxis(const Call& call) {
    return wrap_array(moveaxis(call.array(0), call.axis(1).value(), call.axis(2).value()));
}

PyObject* run_expand_dims(const Call& call) {
    return wrap_array(expand_dims(call.array(0), call.axis(1).value()));
}

PyObject* run_squeeze(const Call& call) {
    return wrap_view(call, squeeze(call.array(0), call.axes(1)));
}

PyObject* run_broadcast_to(const Call& call) {
    return wrap_array(broadcast_to(call.array(0), call.shape(1)));
}

PyObject* run_diagonal(const Call& call) {
    return wrap_array(
        diagonal(call.array(0), call.integer(1, 0), call.integer(2, 0), call.integer(3, 1)));
}

template <Array (*part)(const Array&, std::ptrdiff_t)>
PyObject* triangle(const Call& call) {
    return wrap_array(part(call.array(0), call.integer(1, 0)));
}

PyObject* run_flip(const Call& call) {
    const Array flipped = flip(call.array(0), call.axes(1));
    return flipped.rank() == 0 ? wrap_snapshot(flipped) : wrap_array(flipped);  // as an index does
}
PyObject* run_fliplr(const Call& call) {
    return wrap_array(flip(call.array(0), std::vector<std::ptrdiff_t>{1}));
}
PyObject* run_flipud(const Call& call) {
    return wrap_array(flip(call.array(0), std::vector<std::ptrdiff_t>{0}));
}

/// rot90(m, k, axes)
PyObject* run_rot90(const Call& call) {
    std::vector<std::ptrdiff_t> axes = {0, 1};
    if (call.has(2)) {
        axes = call.integers(2);
    }
    if (axes.size() != 2) {
        throw UseHost{};
    }
    return wrap_array(rot90(call.array(0), call.integer(1, 1), {axes[0], axes[1]}));
}

template <Array (*raise)(const Array&)>
PyObject* at_least(const Call& call) {
    return wrap_array(raise(call.array(0)));
}

/// split(ary, indices_or_sections, axis)
template <std::vector<Array> (*split_equally)(const Array&, std::ptrdiff_t, std::ptrdiff_t)>
PyObject* run_split(const Call& call) {
    if (PyIndex_Check(call.get(1)) != 0 && !is_array(call.get(1))) {
        return wrap_list(split_equally(call.array(0), call.integer(1, 1), call.integer(2, 0)));
    }
    return wrap_list(split_at(call.array(0), call.integers(1), call.integer(2, 0)));
}

/// concatenate(arrays, axis, out, dtype, casting)
PyObject* run_concatenate(const Call& call) {
    call.refuse({3, 4});
    std::vector<Array> arrays = call.arrays(0);
    const std::optional<std::ptrdiff_t> axis = call.axis(1, 0);
    if (!axis) {
        for (Array& a : arrays) {
            a = a.ravel();
        }
    }
    return call.deliver(concatenate(arrays, axis.value_or(0)), 2);
}

/// stack(arrays, axis, out, dtype, casting)
PyObject* run_stack(const Call& call) {
    call.refuse({3, 4});
    return call.deliver(stack(call.arrays(0), call.integer(1, 0)), 2);
}

/// f(tup, dtype, casting)
template <Array (*join)(const std::vector<Array>&)>
PyObject* joined(const Call& call) {
    call.refuse({1, 2});
    return wrap_array(join(call.arrays(0)));
}

PyObject* run_tile(const Call& call) {
    return wrap_array(tile(call.array(0), call.integers(1)));
}

PyObject* run_repeat(const Call& call) {
    return wrap_array(repeat(call.array(0), call.operand(1), call.axis(2)));
}

PyObject* run_roll(const Call& call) {
    return wrap_array(roll(call.array(0), call.integers(1), call.axes(2)));
}

PyObject* run_append(const Call& call) {
    return wrap_array(append(call.array(0), call.array(1), call.axis(2)));
}

/// pad(array, pad_width, mode, constant_values)
PyObject* run_pad(const Call& call) {
    call.refuse({3});
    if (call.text(2, "constant") != "constant" || PyIndex_Check(call.get(1)) == 0) {
        throw UseHost{};
    }
    const std::ptrdiff_t width = call.integer(1, 0);
    return wrap_array(pad(call.array(0), {{width, width}}));
}

PyObject* shape_tuple(const Shape& shape) {
    PyObject* tuple = checked(PyTuple_New(shape.size()));
    for (int i = 0; i < shape.size(); ++i) {
        PyTuple_SET_ITEM(tuple, i, PyLong_FromSsize_t(shape[i]));
    }
    return tuple;
}

PyObject* run_shape(const Call& call) {
    return shape_tuple(call.array(0).shape());
}
PyObject* run_ndim(const Call& call) {
    return checked(PyLong_FromLong(call.array(0).rank()));
}
/// size(a, axis)
PyObject* run_size(const Call& call) {
    call.refuse({1});
    return checked(PyLong_FromSsize_t(call.array(0).size()));
}

}  // namespace

PyObject* wrap_tuple(const std::vector<Array>& arrays) {
    PyObject* tuple = checked(PyTuple_New(static_cast<Py_ssize_t>(arrays.size())));
    for (std::size_t i = 0; i < arrays.size(); ++i) {
        PyTuple_SET_ITEM(tuple, static_cast<Py_ssize_t>(i), wrap_array(arrays[i]));
    }
    return tuple;
}

PyObject* wrap_list(const std::vector<Array>& arrays) {
    PyObject* list = checked(PyList_New(static_cast<Py_ssize_t>(arrays.size())));
    for (std::size_t i = 0; i < arrays.size(); ++i) {
        PyList_SET_ITEM(list, static_cast<Py_ssize_t>(i), wrap_array(arrays[i]));
    }
    return list;
}

const Native native_reshape{"reshape", run_reshape, {"a", "shape", "order", "newshape", "copy"}};
const Native native_ravel{"ravel", run_ravel, {"a", "order"}};
const Native native_transpose{"transpose", run_transpose, {"a", "axes"}};
const Native native_swapaxes{"swapaxes", run_swapaxes, {"a", "axis1", "axis2"}};
const Native native_moveaxis{"moveaxis", run_moveaxis, {"a", "source", "destination"}};
const Native native_expand_dims{"expand_dims", run_expand_dims, {"a", "axis"}};
const Native native_squeeze{"squeeze", run_squeeze, {"a", "axis"}};
const Native native_broadcast_to{"broadcast_to", run_broadcast_to, {"array", "shape", "subok"}};
const Native native_diagonal{"diagonal", run_diagonal, {"a", "offset", "axis1", "axis2"}};
const Native native_diag{"diag", triangle<diag>, {"v", "k"}};
const Native native_tril{"tril", triangle<tril>, {"m", "k"}};
const Native native_triu{"triu", triangle<triu>, {"m", "k"}};
const Native native_flip{"flip", run_flip, {"m", "axis"}};
const Native native_fliplr{"fliplr", run_fliplr, {"m"}};
const Native native_flipud{"flipud", run_flipud, {"m"}};
const Native native_rot90{"rot90", run_rot90, {"m", "k", "axes"}};
const Native native_atleast_1d{"atleast_1d", at_least<atleast_1d>, {"a"}};
const Native native_atleast_2d{"atleast_2d", at_least<atleast_2d>, {"a"}};
const Native native_split{"split", run_split<split>, {"ary", "indices_or_sections", "axis"}};
const Native native_array_split{
    "array_split", run_split<array_split>, {"ary", "indices_or_sections", "axis"}};
const Native native_concatenate{
    "concatenate", run_concatenate, {"arrays", "axis", "out", "dtype", "casting"}};
const Native native_stack{"stack", run_stack, {"arrays", "axis", "out", "dtype", "casting"}};
const Native native_vstack{"vstack", joined<vstack>, {"tup", "dtype", "casting"}};
const Native native_hstack{"hstack", joined<hstack>, {"tup", "dtype", "casting"}};
const Native native_column_stack{"column_stack", joined<column_stack>, {"tup"}};
const Native native_tile{"tile", run_tile, {"A", "reps"}};
const Native native_repeat{"repeat", run_repeat, {"a", "repeats", "axis"}};
const Native native_roll{"roll", run_roll, {"a", "shift", "axis"}};
const Native native_append{"append", run_append, {"arr", "values", "axis"}};
const Native native_pad{"pad", run_pad, {"array", "pad_width", "mode", "constant_values"}};
const Native native_shape{"shape", run_shape, {"a"}};
const Native native_ndim{"ndim", run_ndim, {"a"}};
const Native native_size{"size", run_size, {"a", "axis"}};

}  // namespace monnto::python
