#pragma once

#include "call.hpp"

namespace monnto::python {

// Every function of NumPy that is native, by file; the coverage table is made from this list (S15).
// clang-format off: its layout of such lists changes with every run
#define MONNTO_REDUCTIONS(X) \
    X(sum) X(prod) X(mean) X(std) X(var) X(min) X(max) X(amin) X(amax) X(any) X(all) X(argmin) \
    X(argmax) X(ptp) X(median) X(percentile) X(quantile) X(count_nonzero) X(average) X(nansum) \
    X(nanprod) X(nanmean) X(nanstd) X(nanvar) X(nanmin) X(nanmax) X(nanmedian) X(cumsum) \
    X(cumprod)
#define MONNTO_ELEMENTWISE(X) \
    X(where) X(clip) X(round) X(around) X(isclose) X(allclose) X(array_equal) X(copyto) X(select)
#define MONNTO_SHAPES(X) \
    X(reshape) X(ravel) X(transpose) X(swapaxes) X(moveaxis) X(expand_dims) X(squeeze) \
    X(broadcast_to) X(diagonal) X(diag) X(tril) X(triu) X(flip) X(fliplr) X(flipud) X(rot90) \
    X(atleast_1d) X(atleast_2d) X(split) X(array_split) X(concatenate) X(stack) X(vstack) \
    X(hstack) X(column_stack) X(tile) X(repeat) X(roll) X(append) X(pad) X(shape) X(ndim) X(size)
#define MONNTO_SORTS(X) \
    X(sort) X(argsort) X(searchsorted) X(unique) X(nonzero) X(flatnonzero) X(argwhere) \
    X(histogram) X(bincount) X(digitize) X(isin) X(diff) X(interp) X(trapezoid) X(gradient) \
    X(union1d) X(intersect1d) X(setdiff1d) X(take) X(take_along_axis) X(compress)
#define MONNTO_CREATIONS(X) X(zeros_like) X(ones_like) X(empty_like) X(full_like) X(copy)
/// Functions that make arrays of nothing: in our own namespace only, np.zeros() stays NumPy's.
#define MONNTO_MAKERS(X) X(zeros) X(ones) X(empty) X(full) X(arange) X(linspace) X(eye)
#define MONNTO_PRODUCTS(X) \
    X(dot) X(inner) X(outer) X(vdot) X(tensordot) X(kron) X(trace) X(convolve) X(correlate) X(cov) \
    X(corrcoef)
#define MONNTO_NATIVES(X) \
    MONNTO_REDUCTIONS(X) MONNTO_ELEMENTWISE(X) MONNTO_SHAPES(X) MONNTO_SORTS(X) \
    MONNTO_CREATIONS(X) MONNTO_PRODUCTS(X)

#define MONNTO_DECLARE_NATIVE(name) extern const Native native_##name;
// clang-format on
MONNTO_NATIVES(MONNTO_DECLARE_NATIVE)
MONNTO_MAKERS(MONNTO_DECLARE_NATIVE)
#undef MONNTO_DECLARE_NATIVE

/// A tuple of Arrays. New reference.
PyObject* wrap_tuple(const std::vector<Array>& arrays);
PyObject* wrap_list(const std::vector<Array>& arrays);

}  // namespace monnto::python
