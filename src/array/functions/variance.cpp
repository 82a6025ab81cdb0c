#include "axes.hpp"
#include "made.hpp"

#include <monnto/array/functions/elementwise.hpp>
#include <monnto/array/functions/reduce.hpp>

#include <algorithm>

namespace monnto {

Array var(const Array& a, const Over& over, double ddof) {
    // Two passes as in NumPy: one pass would lose all digits where the mean is large.
    const DType dtype = is_float(a.dtype()) ? a.dtype() : DType::f64;
    detail::require_axes(over, a.rank());
    const auto count = static_cast<double>(detail::reduced_axes(a.shape(), over).count);
    const Array center = detail::divided_by_count(sum(a, Over(over.axes, true), dtype), count);
    const Array squares = sum(square(a - center), over, dtype);
    return detail::divided_by_count(squares, std::max(count - ddof, 0.0));
}

Array std_deviation(const Array& a, const Over& over, double ddof) {
    return sqrt(var(a, over, ddof));
}

}  // namespace monnto
