// Reductions of everything in kernels, which take two blocks of 4096 elements at a time: the
// interpreter's bits (S17).
#include "kernel_executors.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace monnto::support {
namespace {

template <class T>
[[nodiscard]] NodeRef numbers(std::ptrdiff_t count) {
    std::mt19937 random(3);
    std::uniform_real_distribution<double> number(-1000, 1000);
    std::vector<T> values(static_cast<std::size_t>(count));
    for (T& each : values) {
        each = static_cast<T>(number(random));
    }
    return settled(values);
}

/// Two reductions of one vector in one kernel.
template <class T>
void expect_reductions(std::ptrdiff_t count, Op one, Op other) {
    SCOPED_TRACE(count);
    const NodeRef x = numbers<T>(count);
    expect_same_bits([&] {
        const NodeRef size = recorded(Op::absolute, dtype_of<T>, x->shape, {x});
        const AxesAttr all{.axes = 1};
        const NodeRef first = recorded(one, dtype_of<T>, Shape{}, {size}, all);
        const NodeRef second = recorded(other, dtype_of<T>, Shape{}, {size}, all);
        return Recorded{{size, first, second}, {first, second}};
    });
}

TEST(WholeFoldTest, TakesPairsOfBlocksAndTheRest) {
    const std::uint64_t before = compared_kernels();
    for (const std::ptrdiff_t count :
         {1, 4095, 4096, 8191, 8192, 8193, 8208, 12288, 12289, 16384, 20000, 40961}) {
        expect_reductions<float>(count, Op::sum, Op::max);
        expect_reductions<double>(count, Op::sum, Op::min);
        expect_reductions<std::int32_t>(count, Op::sum, Op::prod);
    }
    if (!compiled_widths().empty()) {
        EXPECT_GT(compared_kernels(), before);
    }
}

TEST(WholeFoldTest, KnowsWhichOfTwoZerosCameLast) {
    for (const std::size_t last : {5U, 4099U, 8200U}) {
        std::vector<float> zeros(12288, 0.0F);
        zeros[last] = -0.0F;
        const NodeRef x = settled(zeros);
        expect_same_bits([&] {
            const NodeRef copy = recorded(Op::copy, DType::f32, x->shape, {x});
            const NodeRef most =
                recorded(Op::max, DType::f32, Shape{}, {copy}, AxesAttr{.axes = 1});
            return Recorded{{copy, most}, {most}};
        });
    }
}

}  // namespace
}  // namespace monnto::support
