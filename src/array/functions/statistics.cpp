#include "made.hpp"

#include <monnto/array/functions/elementwise.hpp>
#include <monnto/array/functions/product.hpp>
#include <monnto/array/functions/reduce.hpp>
#include <monnto/array/functions/shape.hpp>

#include <algorithm>

namespace monnto {
namespace {

/// Sums of products of `kernel` with every place of `a` where they overlap as asked. Contract:
/// `kernel` is not longer.
Array slid(const Array& a, const Array& kernel, Overlap overlap) {
    const std::ptrdiff_t width = kernel.size();
    std::ptrdiff_t before = 0;
    std::ptrdiff_t after = 0;
    if (overlap == Overlap::full) {
        before = after = width - 1;
    } else if (overlap == Overlap::same) {
        // The middle of `full`, as long as `a`; where that is not centered NumPy leans left.
        before = width / 2;
        after = width - 1 - before;
    }
    const Array padded = pad(a, {{before, after}});
    const std::ptrdiff_t places = padded.size() - width + 1;
    const Array windows(
        detail::viewed(padded.node(), {.offset = 0, .shape = {places, width}, .strides = {1, 1}}));
    return dot(windows, kernel);
}

void check_line(const Array& a, const char* name) {
    if (a.rank() != 1 || a.size() == 0) {
        throw BadParameter(name, a.shape().to_string(), "give one axis with at least one element");
    }
}

}  // namespace

Array correlate(const Array& a, const Array& kernel, Overlap overlap) {
    check_line(a, "correlate");
    check_line(kernel, "correlate");
    if (kernel.size() > a.size()) {
        return flip(slid(kernel, a, overlap));
    }
    return slid(a, kernel, overlap);
}

Array convolve(const Array& a, const Array& kernel, Overlap overlap) {
    check_line(a, "convolve");
    check_line(kernel, "convolve");
    return kernel.size() > a.size() ? slid(kernel, flip(a), overlap)
                                    : slid(a, flip(kernel), overlap);
}

Array cov(const Array& rows, double ddof) {
    if (rows.rank() > 2) {
        throw BadParameter("cov", rows.shape().to_string(), "give an array of one or two axes");
    }
    const Array values = atleast_2d(rows).astype(DType::f64);
    const Array centered = values - mean(values, Over(1, true));
    const double freedom = std::max(static_cast<double>(values.shape()[1]) - ddof, 0.0);
    const Array result = dot(centered, transpose(centered)) * (1.0 / freedom);
    return squeeze(result);
}

Array corrcoef(const Array& rows) {
    const Array covariance = cov(rows, 1);
    if (covariance.rank() == 0) {
        // NOLINTNEXTLINE(misc-redundant-expression): 1, or NaN where nothing varies
        return covariance / covariance;
    }
    const Array deviation = sqrt(diagonal(covariance));
    const Array result = covariance / expand_dims(deviation, 1) / expand_dims(deviation, 0);
    return clip(result, -1.0, 1.0);
}

}  // namespace monnto
