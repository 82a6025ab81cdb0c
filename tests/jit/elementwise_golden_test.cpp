#include "elementwise_golden.hpp"
#include "nodes.hpp"
#include "reference/half.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <string>

namespace monnto {
namespace {

using golden::Answers;
using golden::Inputs;

/// Numbers of `bytes` bytes each, written in hex one after the other.
[[nodiscard]] std::vector<std::uint64_t> words(std::string_view hex, std::size_t bytes) {
    std::vector<std::uint64_t> result;
    for (std::size_t at = 0; at < hex.size(); at += 2 * bytes) {
        result.push_back(std::stoull(std::string(hex.substr(at, 2 * bytes)), nullptr, 16));
    }
    return result;
}

[[nodiscard]] NodeRef node_of(std::string_view hex, DType dtype) {
    const std::vector<std::uint64_t> numbers = words(hex, size_of(dtype));
    std::vector<std::byte> bytes(numbers.size() * size_of(dtype));
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        std::memcpy(&bytes[i * size_of(dtype)], &numbers[i], size_of(dtype));  // little-endian
    }
    return support::settled(dtype, Shape{static_cast<std::ptrdiff_t>(numbers.size())},
                            bytes.data());
}

[[nodiscard]] std::vector<std::uint64_t> words_of(const NodeRef& node) {
    const std::size_t width = size_of(node->dtype);
    std::vector<std::uint64_t> result(static_cast<std::size_t>(node->shape.product()));
    for (std::size_t i = 0; i < result.size(); ++i) {
        std::memcpy(&result[i], node->value().buffer->data() + i * width, width);
    }
    return result;
}

[[nodiscard]] double number(std::uint64_t word, DType dtype) {
    switch (dtype) {
        case DType::f16: {
            reference::Half half;
            half.bits = static_cast<std::uint16_t>(word);
            return static_cast<double>(static_cast<float>(half));
        }
        case DType::f32:
            return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(word)));
        case DType::f64:
            return std::bit_cast<double>(word);
        default:
            return static_cast<double>(word);
    }
}

/// Floats in the order of their values as whole numbers, so that a difference counts the floats
/// between.
[[nodiscard]] std::int64_t rank_of(std::uint64_t word, DType dtype) {
    const std::uint64_t sign = std::uint64_t{1} << (8 * size_of(dtype) - 1);
    const auto magnitude = static_cast<std::int64_t>(word & ~sign);
    return (word & sign) != 0 ? -magnitude : magnitude;
}

/// Functions whose last bits no standard fixes (S13); everything else is equal to the last bit.
[[nodiscard]] std::int64_t tolerated_ulp(Op op) {
    switch (op) {
        case Op::cbrt:
        case Op::exp:
        case Op::exp2:
        case Op::expm1:
        case Op::log:
        case Op::log2:
        case Op::log10:
        case Op::log1p:
        case Op::sin:
        case Op::cos:
        case Op::tan:
        case Op::arcsin:
        case Op::arccos:
        case Op::arctan:
        case Op::sinh:
        case Op::cosh:
        case Op::tanh:
        case Op::arcsinh:
        case Op::arccosh:
        case Op::arctanh:
        case Op::power:
        case Op::arctan2:
        case Op::hypot:
        case Op::logaddexp:
        case Op::sigmoid:
        case Op::erf:
            return 4;
        default:
            return 0;
    }
}

[[nodiscard]] bool agree(std::uint64_t found, std::uint64_t expected, Op op, DType dtype) {
    if (!is_float(dtype)) {
        return found == expected;
    }
    if (std::isnan(number(expected, dtype))) {
        return std::isnan(number(found, dtype));
    }
    const std::int64_t distance = std::abs(rank_of(found, dtype) - rank_of(expected, dtype));
    const bool same_sign =
        std::signbit(number(found, dtype)) == std::signbit(number(expected, dtype));
    return same_sign && distance <= tolerated_ulp(op);
}

template <std::size_t N>
[[nodiscard]] const Inputs& inputs_of(std::string_view dtype, const Inputs (&table)[N]) {
    return *std::find_if(std::begin(table), std::end(table),
                         [&](const Inputs& inputs) { return inputs.dtype == dtype; });
}

void expect_answers(const Answers& answers, NodeInputs inputs) {
    SCOPED_TRACE(std::string(name_of(answers.op)) + " of " + std::string(answers.dtype) + " to " +
                 std::string(answers.result_dtype));
    const DType dtype = dtype_named(answers.result_dtype).value();
    const std::vector<std::uint64_t> first = words_of(inputs[0]);
    const std::vector<std::uint64_t> second = words_of(inputs[inputs.size() - 1]);
    const Shape shape = inputs[0]->shape;
    const std::vector<std::uint64_t> found = words_of(
        support::interpret(support::recorded(answers.op, dtype, shape, std::move(inputs))));
    const std::vector<std::uint64_t> expected = words(answers.values, size_of(dtype));
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        EXPECT_TRUE(agree(found[i], expected[i], answers.op, dtype))
            << std::hex << "operands " << first[i] << ' ' << second[i] << ": found " << found[i]
            << " (" << number(found[i], dtype) << "), NumPy has " << expected[i] << " ("
            << number(expected[i], dtype) << ')';
    }
}

template <std::size_t N, std::size_t M>
void expect_unary(const Answers (&table)[N], const Inputs (&inputs)[M]) {
    for (const Answers& answers : table) {
        const DType dtype = dtype_named(answers.dtype).value();
        expect_answers(answers, {node_of(inputs_of(answers.dtype, inputs).first, dtype)});
    }
}
template <std::size_t N>
void expect_binary(const Answers (&table)[N]) {
    for (const Answers& answers : table) {
        const DType dtype = dtype_named(answers.dtype).value();
        const Inputs& inputs = inputs_of(answers.dtype, golden::pair_inputs);
        // A power takes no negative exponent; recording refuses it.
        const NodeRef first = node_of(inputs.first, dtype);
        NodeRef second = node_of(inputs.second, dtype);
        if (answers.op == Op::power && is_signed(dtype)) {
            second =
                support::interpret(support::recorded(Op::absolute, dtype, second->shape, {second}));
        }
        expect_answers(answers, {first, second});
    }
}

TEST(ElementwiseGoldenTest, UnaryOperationsAnswerAsNumpyInEveryCorner) {
    expect_unary(golden::unary_answers, golden::single_inputs);
}
TEST(ElementwiseGoldenTest, PredicatesAnswerAsNumpyInEveryCorner) {
    expect_unary(golden::predicate_answers, golden::single_inputs);
}
TEST(ElementwiseGoldenTest, BinaryOperationsAnswerAsNumpyInEveryCorner) {
    expect_binary(golden::binary_answers);
}
TEST(ElementwiseGoldenTest, ComparisonsAnswerAsNumpyInEveryCorner) {
    expect_binary(golden::comparison_answers);
}
TEST(ElementwiseGoldenTest, CastsAnswerAsNumpyInEveryCorner) {
    expect_unary(golden::cast_answers, golden::cast_inputs);
}

}  // namespace
}  // namespace monnto
