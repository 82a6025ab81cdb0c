#include <monnto/base/philox.hpp>

#include <gtest/gtest.h>

namespace monnto {
namespace {

// Known answers of the authors' own library, Random123 (kat_vectors, philox4x32 with 10 rounds).
TEST(PhiloxTest, GivesTheKnownAnswersOfItsAuthors) {
    EXPECT_EQ(philox::block({0, 0, 0, 0}, 0),
              (philox::Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
    EXPECT_EQ(philox::block({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, 0xffffffffffffffff),
              (philox::Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
    EXPECT_EQ(philox::block({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, 0x299f31d0a4093822),
              (philox::Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(PhiloxTest, IsAvailableToTheCompiler) {
    static_assert(philox::block({0, 0, 0, 0}, 0)[0] == 0x6627e8d5);
}

TEST(PhiloxTest, GivesLanesTheBlocksOfConsecutiveCounters) {
    // The first word wraps inside the lanes.
    const philox::Block counter = {0xfffffff8, 7, 0xdeadbeef, 11};
    const std::uint64_t key = 0x0123456789abcdef;
    const philox::Lanes side_by_side = philox::block_lanes(counter, key);
    for (std::uint32_t lane = 0; lane < philox::lanes; ++lane) {
        const philox::Block alone =
            philox::block({counter[0] + lane, counter[1], counter[2], counter[3]}, key);
        for (std::size_t word = 0; word < 4; ++word) {
            EXPECT_EQ(side_by_side.word[word][lane], alone[word]) << lane << ' ' << word;
        }
    }
}

TEST(PhiloxTest, ChangesHalfOfTheBitsWithOneBitOfTheCounterOrTheKey) {
    const philox::Block base = philox::block({1, 2, 3, 4}, 5);
    int changed = 0;
    for (unsigned bit = 0; bit < 192; ++bit) {
        philox::Block counter = {1, 2, 3, 4};
        std::uint64_t key = 5;
        if (bit < 128) {
            counter[bit / 32] ^= 1U << (bit % 32);
        } else {
            key ^= std::uint64_t{1} << (bit - 128);
        }
        const philox::Block other = philox::block(counter, key);
        for (std::size_t word = 0; word < 4; ++word) {
            changed += __builtin_popcount(base[word] ^ other[word]);
        }
    }
    // 192 * 128 fair bits: mean 12288, deviation 78. Fixed inputs, so this cannot fail by chance.
    EXPECT_NEAR(changed, 192 * 64, 5 * 78);
}

}  // namespace
}  // namespace monnto
