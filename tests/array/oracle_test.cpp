#include "array_golden.hpp"
#include "numpy_oracle.hpp"

#include <monnto/array/functions.hpp>
#include <monnto/array/number.hpp>

#include <cmath>
#include <cstring>
#include <limits>

// The oracle's implementation lives in one of the test files, so that the table is compiled once.
namespace monnto::support {
namespace {

std::vector<std::byte> bytes_of(std::string_view hex, std::size_t width) {
    const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    std::vector<std::byte> bytes(hex.size() / 2);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const std::size_t element = i / width;
        const std::size_t at = element * width + (width - 1 - i % width);  // to little endian
        bytes[at] = static_cast<std::byte>(digit(hex[2 * i]) * 16 + digit(hex[2 * i + 1]));
    }
    return bytes;
}

std::vector<Number> numbers_of(const Array& a) {
    const std::size_t width = size_of(a.dtype());
    std::vector<std::byte> bytes(static_cast<std::size_t>(a.size()) * width);
    a.copy_to(bytes.data());
    std::vector<Number> numbers;
    for (std::size_t i = 0; i < static_cast<std::size_t>(a.size()); ++i) {
        numbers.push_back(Number::load(a.dtype(), bytes.data() + i * width));
    }
    return numbers;
}

bool is_same(const Number& a, const Number& b) {
    return a == b || (is_float(a.dtype) && std::isnan(a.real) && std::isnan(b.real));
}

double epsilon_of(DType dtype) {
    switch (dtype) {
        case DType::f64:
            return std::numeric_limits<double>::epsilon();
        case DType::f32:
            return std::numeric_limits<float>::epsilon();
        case DType::f16:
            return 0x1p-10;
        default:
            return 0.0;
    }
}

testing::AssertionResult compared(const Array& found, const Array& expected, double ulps) {
    if (found.dtype() != expected.dtype()) {
        return testing::AssertionFailure()
               << "dtype is " << name_of(found.dtype()) << ", not " << name_of(expected.dtype());
    }
    if (found.shape() != expected.shape()) {
        return testing::AssertionFailure() << "shape is " << found.shape().to_string() << ", not "
                                           << expected.shape().to_string();
    }
    const std::vector<Number> is = numbers_of(found);
    const std::vector<Number> should = numbers_of(expected);
    double largest = 0.0;
    for (const Number& x : should) {
        largest =
            std::isfinite(x.as_double()) ? std::max(largest, std::abs(x.as_double())) : largest;
    }
    const double tolerance = ulps * epsilon_of(found.dtype()) * largest;
    for (std::size_t i = 0; i < is.size(); ++i) {
        const bool is_near = std::abs(is[i].as_double() - should[i].as_double()) <= tolerance;
        if (!(is_same(is[i], should[i]) || (ulps > 0 && is_near))) {
            return testing::AssertionFailure()
                   << "element " << i << " is " << is[i].to_string() << ", not "
                   << should[i].to_string() << "\n found " << found.to_string() << "\n expected "
                   << expected.to_string();
        }
    }
    return testing::AssertionSuccess();
}

}  // namespace

Array numpy(std::string_view expression) {
    for (const golden::Answer& answer : golden::answers) {
        if (answer.expression == expression) {
            const DType dtype = *dtype_named(answer.dtype);
            const std::vector<std::byte> bytes = bytes_of(answer.values, size_of(dtype));
            return Array::from_bytes(dtype, bytes.data(),
                                     static_cast<std::size_t>(answer.shape.product()),
                                     answer.shape);
        }
    }
    throw InternalError("no golden answer for " + std::string(expression) +
                        "; run tests/support/make_array_golden.py");
}

testing::AssertionResult same(const Array& found, const Array& expected) {
    return compared(found, expected, 0.0);
}
testing::AssertionResult near(const Array& found, const Array& expected, double ulps) {
    return compared(found, expected, ulps);
}

}  // namespace monnto::support

namespace monnto {
namespace {

using support::near;
using support::numpy;
using support::same;

TEST(NumpyOracle, ToldApartDtypesShapesAndLastBits) {
    const Array v = numpy("v");
    EXPECT_TRUE(same(v, v.copy()));
    EXPECT_FALSE(same(v, v.astype(DType::f32)));
    EXPECT_FALSE(same(v, v.reshape({11, 1})));
    EXPECT_FALSE(same(v * (1.0 + 1e-15), v));
    EXPECT_TRUE(near(v * (1.0 + 1e-15), v));
    EXPECT_FALSE(near(v * (1.0 + 1e-13), v));
}

TEST(NumpyOracle, TakesNanForNan) {
    EXPECT_TRUE(same(numpy("n"), numpy("n")));
    EXPECT_FALSE(same(numpy("n"), numpy("np.nan_to_num(n)")));
}

}  // namespace
}  // namespace monnto
