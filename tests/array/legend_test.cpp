#include <monnto/array/legend.hpp>

#include <monnto/array/array.hpp>
#include <monnto/array/functions.hpp>

#include <gtest/gtest.h>

#include <vector>

namespace monnto {
namespace {

/// Records one node, and returns its number.
std::uint64_t record_one(std::vector<Array>& kept) {
    kept.push_back(zeros({3}, DType::f32));
    return kept.back().node()->id;
}

TEST(MomentLogTest, KnowsWhichCallRecordedANode) {
    std::vector<Array> kept;
    MomentLog log;
    const std::uint64_t before = record_one(kept);
    log.begin(2.0, 0, 1);
    log.begin(3.0, 0, 1);  // the one before recorded nothing
    const std::uint64_t first = record_one(kept);
    log.begin(2.5, 1, 4);
    const std::uint64_t second = record_one(kept);
    EXPECT_EQ(log.find(before), nullptr);
    EXPECT_EQ(log.find(first)->key, 3.0);
    EXPECT_EQ(log.find(second)->key, 2.5);
    EXPECT_EQ(log.find(second)->iteration, 1);
}

TEST(MomentLogTest, ForgetsTheMiddleOfALongRun) {
    constexpr int calls = 20'000;
    std::vector<Array> kept;
    std::vector<std::uint64_t> ids;
    MomentLog log;
    for (int i = 0; i < calls; ++i) {
        log.begin(1.0, i, 1);
        ids.push_back(record_one(kept));
    }
    int forgotten = 0;
    for (int i = 0; i < calls; ++i) {
        const Moment* moment = log.find(ids[static_cast<std::size_t>(i)]);
        const bool is_kept_for_sure = i < 4000 || i >= calls - 2000;
        forgotten += moment == nullptr ? 1 : 0;
        ASSERT_TRUE(moment != nullptr || !is_kept_for_sure) << i;
        ASSERT_TRUE(moment == nullptr || moment->iteration == i) << i;
    }
    EXPECT_GT(forgotten, calls / 2);
}

TEST(LegendTest, CallsAContentWhatItWasCalledWhenItWasRead) {
    std::vector<Array> kept;
    MomentLog log;
    Legend legend;
    legend.read(log, 0);
    legend.add_object(1, "exc");
    legend.add_object(2, "GLU");
    log.begin(1.0, 1, 1);
    const std::uint64_t content = record_one(kept);
    legend.add_name(content, "spike", 1);
    log.begin(1.0, 2, 1);
    const std::uint64_t reads_spike = record_one(kept);
    legend.add_name(content, "old", 1);  // `n.old = n.spike`
    log.begin(3.0, 2, 2);
    const std::uint64_t reads_old = record_one(kept);
    legend.add_copy(1'000'000, content);  // of a plan
    legend.add_window(1'000'001, 1'000'000);
    legend.turn_to(reads_spike);
    EXPECT_EQ(legend.name_of(content), "`spike`");
    legend.turn_to(reads_old);
    EXPECT_EQ(legend.name_of(1'000'001), "`old` of exc");
    legend.add_input(1'000'002, 1'000'001);
    EXPECT_EQ(legend.name_of(1'000'002), "from `old` of exc");
    EXPECT_EQ(legend.moment_of(reads_old), "key 3, iteration 2");
    EXPECT_EQ(legend.moment_of(reads_old, 17), "key 3, iteration 17");
    EXPECT_EQ(legend.name_of(reads_old), "");
}

}  // namespace
}  // namespace monnto
