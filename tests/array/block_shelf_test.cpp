#include <block_shelf.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>
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

#ifdef __linux__
/// The flags of the mapping that holds an address: "rd wr mr mw me ac hg ".
[[nodiscard]] std::string flags_of_mapping(const void* address) {
    const auto wanted = reinterpret_cast<std::uintptr_t>(address);
    std::ifstream maps("/proc/self/smaps");
    bool is_inside = false;
    for (std::string line; std::getline(maps, line);) {
        std::uintptr_t first = 0;
        std::uintptr_t last = 0;
        char dash = 0;
        std::istringstream range(line);
        if (range >> std::hex >> first >> dash >> last && dash == '-') {
            is_inside = first <= wanted && wanted < last;
        } else if (is_inside && line.starts_with("VmFlags:")) {
            return line.substr(8);
        }
    }
    return {};
}

TEST(BlockShelfTest, LargeBlocksAskForHugePages) {
    std::ifstream setting("/sys/kernel/mm/transparent_hugepage/enabled");
    if (std::string words; !std::getline(setting, words)) {
        GTEST_SKIP() << "this kernel has no huge pages for programs";
    }
    constexpr std::size_t large = std::size_t{40} << 20U;
    auto* block = static_cast<std::byte*>(take_block(large));
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % (std::size_t{2} << 20U), 0U);
    const std::string flags = flags_of_mapping(block + large / 2);
    if (!flags.empty()) {  // sandboxes hide them
        EXPECT_NE(flags.find(" hg"), std::string::npos) << flags;
    }
    give_block(block, large);
}
#endif

}  // namespace
}  // namespace monnto
