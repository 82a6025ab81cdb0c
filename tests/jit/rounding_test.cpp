#include <monnto/array/functions.hpp>

#include <gtest/gtest.h>

namespace monnto {
namespace {

TEST(S16RoundingTest, EveryNodeRoundsToItsType) {
    // a * a = 1 + 2^-11 + 2^-24 rounds to 1 + 2^-11. One contracted operation would keep the 2^-24.
    const Array a = Array::from<float>(std::vector<float>(40, 1.0F + 0x1p-12F));
    const Array rest = a * a - (1.0F + 0x1p-11F);
    for (const float v : rest.host<float>()) {
        EXPECT_EQ(v, 0.0F);
    }
}

TEST(S16RoundingTest, HalvesRoundOncePerOperation) {
    const Array a = Array::from<float>({1.0F + 0x1p-10F}).astype(DType::f16);
    const Array product = (a * a).astype(DType::f32);  // 1 + 2^-9 + 2^-20
    EXPECT_EQ(product.item<float>(), 1.0F + 0x1p-9F);
}

TEST(S16RoundingTest, ProductsOfMatricesRoundEachTerm) {
    const Array row = Array::from<float>({1.0F + 0x1p-12F, 1.0F});
    const Array column = Array::from<float>({1.0F + 0x1p-12F, -(1.0F + 0x1p-11F)});
    EXPECT_EQ(row.dot(column).item<float>(), 0.0F);
}

}  // namespace
}  // namespace monnto
