#include <monnto/array/flags.hpp>

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace monnto {
namespace {

TEST(SetFlags, AreFoundInOrderWhereverTheyAre) {
    std::mt19937 rng(3);
    for (const std::size_t count : {0U, 1U, 31U, 32U, 33U, 63U, 64U, 65U, 96U, 97U, 1000U}) {
        for (const double density : {0.0, 0.02, 0.5, 1.0}) {
            std::bernoulli_distribution is_set(density);
            std::vector<std::byte> flags(count + 1);  // and one behind that nobody may look at
            std::vector<std::int32_t> expected{-5};
            for (std::size_t i = 0; i < count; ++i) {
                flags[i] = is_set(rng) ? std::byte(i % 2 == 0 ? 1 : 0x80) : std::byte(0);
                if (flags[i] != std::byte(0)) {
                    expected.push_back(7 + static_cast<std::int32_t>(i));
                }
            }
            flags[count] = std::byte(1);
            std::vector<std::int32_t> found{-5};
            append_set_flags(flags.data(), count, 7, found);
            EXPECT_EQ(found, expected) << count << " flags, density " << density;
        }
    }
}

}  // namespace
}  // namespace monnto
