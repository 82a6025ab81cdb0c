#include "rules/exact_math.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace monnto {
namespace {

TEST(ExactMath, LogAndExpAgreeWithTheLibraryToTwoUlp) {
    for (double x = 1e-16; x < 1e16; x *= 1.37) {
        const double expected = std::log(x);
        EXPECT_NEAR(exact::log(x), expected, std::abs(expected) * 4.5e-16 + 1e-17) << x;
    }
    for (double x = 0.9; x < 1.1; x += 0.00137) {  // where the logarithm is small
        EXPECT_NEAR(exact::log(x), std::log(x), std::abs(std::log(x)) * 4.5e-16) << x;
    }
    for (double x = -690.0; x < 690.0; x += 0.737) {
        EXPECT_NEAR(exact::exp(x) / std::exp(x), 1.0, 4.5e-16) << x;
    }
    EXPECT_EQ(exact::exp(-800.0), 0.0);
    EXPECT_EQ(exact::exp(0.0), 1.0);
    EXPECT_EQ(exact::log(1.0), 0.0);
}

}  // namespace
}  // namespace monnto
