#include "progress.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace monnto {
namespace {

class ProgressTest : public ::testing::Test {
protected:
    ProgressLine::Clock clock() {
        return [this] { return std::chrono::duration<double>(now_); };
    }
    double now_ = 100.0;
    std::ostringstream out_;
};

TEST_F(ProgressTest, ShowsRateAndTimeLeft) {
    ProgressLine line(out_, true, 1000, clock());
    now_ += 2.0;
    line.update(200);
    EXPECT_EQ(out_.str(), "\r200/1000 (20%)  100 it/s  0:08 left    ");
}

TEST_F(ProgressTest, DrawsTenTimesASecondAtMostAndAtTheEnd) {
    {
        ProgressLine line(out_, true, 1000, clock());
        for (int i = 1; i <= 1000; ++i) {
            now_ += 0.001;
            line.update(i);
        }
    }
    const std::string text = out_.str();
    const auto drawn = std::count(text.begin(), text.end(), '\r');
    EXPECT_GE(drawn, 9);
    EXPECT_LE(drawn, 12);
    EXPECT_NE(text.find("1000/1000 (100%)"), std::string::npos);
    EXPECT_EQ(text.back(), '\n');
}

TEST_F(ProgressTest, IsSilentWhereThereIsNoTerminal) {
    {
        ProgressLine line(out_, false, 1000, clock());
        now_ += 10.0;
        line.update(500);
    }
    EXPECT_TRUE(out_.str().empty());
}

TEST_F(ProgressTest, WritesHoursAndMinutes) {
    ProgressLine line(out_, true, 7322, clock());  // twice 1:01:01
    now_ += 3661.0;
    line.update(3661);
    EXPECT_NE(out_.str().find("1:01:01 left"), std::string::npos) << out_.str();
}

}  // namespace
}  // namespace monnto
