#pragma once

#include <monnto/array/array.hpp>

#include <optional>
#include <vector>

namespace monnto {

/// Over which axes; nothing means all of them. `keepdims` leaves extents of 1.
struct Over {
    std::optional<std::vector<std::ptrdiff_t>> axes;
    bool keepdims = false;

    Over() = default;
    Over(std::ptrdiff_t axis, bool keep = false)
        : axes(std::vector<std::ptrdiff_t>{axis}), keepdims(keep) {}
    Over(std::optional<std::vector<std::ptrdiff_t>> list, bool keep)
        : axes(std::move(list)), keepdims(keep) {}
};

/// Sums of bool and small integers accumulate in int64/uint64 unless `dtype` says otherwise, as in
/// NumPy.
[[nodiscard]] Array sum(const Array& a, const Over& over = {}, std::optional<DType> dtype = {});
[[nodiscard]] Array prod(const Array& a, const Over& over = {}, std::optional<DType> dtype = {});
[[nodiscard]] Array mean(const Array& a, const Over& over = {}, std::optional<DType> dtype = {});
/// Divides by n - ddof.
[[nodiscard]] Array var(const Array& a, const Over& over = {}, double ddof = 0);
[[nodiscard]] Array std_deviation(const Array& a, const Over& over = {}, double ddof = 0);
[[nodiscard]] Array min(const Array& a,
                        const Over& over = {});  ///< throws BadParameter for no elements
[[nodiscard]] Array max(const Array& a, const Over& over = {});
[[nodiscard]] Array any(const Array& a, const Over& over = {});
[[nodiscard]] Array all_of(const Array& a,
                           const Over& over = {});  ///< np.all; `all` is the index `:`
[[nodiscard]] Array argmin(const Array& a, std::optional<std::ptrdiff_t> axis = {},
                           bool keepdims = false);
[[nodiscard]] Array argmax(const Array& a, std::optional<std::ptrdiff_t> axis = {},
                           bool keepdims = false);
[[nodiscard]] Array count_nonzero(const Array& a, const Over& over = {});
[[nodiscard]] Array median(const Array& a, const Over& over = {});
/// Linear interpolation between order statistics (NumPy's default method); q in percent, a number
/// or an array of them.
[[nodiscard]] Array percentile(const Array& a, const Operand& q, const Over& over = {});
[[nodiscard]] Array quantile(const Array& a, const Operand& q, const Over& over = {});
[[nodiscard]] Array ptp(const Array& a, const Over& over = {});
/// Weighted mean; the weights have a's shape, or one per element of the single axis in `over`.
[[nodiscard]] Array average(const Array& a, const Array& weights, const Over& over = {});

// NaN counts as missing; a slice of nothing but NaN gives NaN (a sum: 0).
[[nodiscard]] Array nansum(const Array& a, const Over& over = {}, std::optional<DType> dtype = {});
[[nodiscard]] Array nanprod(const Array& a, const Over& over = {}, std::optional<DType> dtype = {});
[[nodiscard]] Array nanmean(const Array& a, const Over& over = {});
[[nodiscard]] Array nanvar(const Array& a, const Over& over = {}, double ddof = 0);
[[nodiscard]] Array nanstd(const Array& a, const Over& over = {}, double ddof = 0);
[[nodiscard]] Array nanmin(const Array& a, const Over& over = {});
[[nodiscard]] Array nanmax(const Array& a, const Over& over = {});
[[nodiscard]] Array nanmedian(const Array& a, const Over& over = {});

/// |a - b| <= absolute + relative * |b|, or equal (infinities).
[[nodiscard]] Array isclose(const Operand& a, const Operand& b, double relative = 1e-5,
                            double absolute = 1e-8, bool equal_nan = false);
[[nodiscard]] bool allclose(const Operand& a, const Operand& b, double relative = 1e-5,
                            double absolute = 1e-8, bool equal_nan = false);
/// Same shape, same elements.
[[nodiscard]] bool array_equal(const Operand& a, const Operand& b, bool equal_nan = false);

}  // namespace monnto
