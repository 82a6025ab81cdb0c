#pragma once

#include <monnto/array/array.hpp>

#include <gtest/gtest.h>

#include <string_view>

namespace monnto::support {

/// What NumPy answered to that expression (see make_array_golden.py, which reads the quotations).
/// A name alone is one of the inputs listed there.
[[nodiscard]] Array numpy(std::string_view expression);

/// Same dtype, same shape, same bits; any NaN equals any NaN.
[[nodiscard]] testing::AssertionResult same(const Array& found, const Array& expected);
/// Same dtype and shape; floats within `ulps` units of the largest magnitude in `expected`: for
/// sums, whose order of additions is not NumPy's (S13, S17).
[[nodiscard]] testing::AssertionResult near(const Array& found, const Array& expected,
                                            double ulps = 16);

}  // namespace monnto::support

#define EXPECT_SAME(found, expected) EXPECT_TRUE(monnto::support::same(found, expected))
#define EXPECT_CLOSE(found, expected) EXPECT_TRUE(monnto::support::near(found, expected))
