#include <block_shelf.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <thread>
#include <vector>

namespace monnto {
namespace {

TEST(BlockShelfTest, BlocksAreAlignedAndApart) {
    for (const std::size_t bytes : {0UL, 1UL, 64UL, 65UL, 4096UL, 65536UL, 65537UL, 1000000UL}) {
        auto* first = static_cast<std::byte*>(take_block(bytes));
        auto* second = static_cast<std::byte*>(take_block(bytes));
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(first) % 64, 0U);
        EXPECT_TRUE(first + bytes <= second || second + bytes <= first);
        give_block(first, bytes);
        give_block(second, bytes);
    }
}

TEST(BlockShelfTest, AFreedBlockServesTheNextOfItsSize) {
#ifdef __SANITIZE_ADDRESS__
    GTEST_SKIP() << "blocks are not kept under the address sanitizer";
#endif
    give_block(take_block(400), 400);
    const std::size_t before = blocks_reused();
    give_block(take_block(512), 512);
    EXPECT_EQ(blocks_reused(), before + 1);
}

TEST(BlockShelfTest, ThreadsNeverShareABlock) {
    const auto work = [](unsigned char mark) {
        for (int i = 0; i < 20000; ++i) {
            auto* block = static_cast<unsigned char*>(take_block(128));
            block[0] = mark;
            block[127] = mark;
            std::this_thread::yield();
            ASSERT_TRUE(block[0] == mark && block[127] == mark);
            give_block(block, 128);
        }
    };
    std::vector<std::thread> threads;
    for (unsigned char mark = 1; mark <= 3; ++mark) {
        threads.emplace_back(work, mark);
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
}

}  // namespace
}  // namespace monnto
