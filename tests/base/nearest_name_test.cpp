#include <monnto/base/nearest_name.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace monnto {
namespace {

TEST(NearestNameTest, FindsAMissingAnExtraAWrongAndASwappedLetter) {
    const std::vector<std::string> known = {"weight", "voltage", "spike"};
    EXPECT_EQ(nearest_name("voltge", known), "voltage");
    EXPECT_EQ(nearest_name("volttage", known), "voltage");
    EXPECT_EQ(nearest_name("vultage", known), "voltage");
    EXPECT_EQ(nearest_name("vlotage", known), "voltage");
}

TEST(NearestNameTest, IgnoresCase) {
    EXPECT_EQ(nearest_name("glutamate", {"GABA", "GLUTAMATE"}), "GLUTAMATE");
    EXPECT_EQ(nearest_name("SpIk", {"spike"}), "spike");
}

TEST(NearestNameTest, CountsASwapOfNeighborsAsOneMistake) {
    // Three letters allow one mistake; without transpositions this would be two.
    EXPECT_EQ(nearest_name("tua", {"tau"}), "tau");
}

TEST(NearestNameTest, PrefersTheClosest) {
    EXPECT_EQ(nearest_name("threshold", {"thresholds_", "threshald", "threshold_x"}), "threshald");
    EXPECT_EQ(nearest_name("abcx", {"abcy", "abcz"}), "abcy") << "ties go to the first";
}

TEST(NearestNameTest, IsEmptyBeyondAThirdOfTheLongerName) {
    EXPECT_EQ(nearest_name("abcdef", {"abcdxy"}), "abcdxy");
    EXPECT_EQ(nearest_name("abcdef", {"abcxyz"}), "");
    EXPECT_EQ(nearest_name("u", {"v"}), "");
    EXPECT_EQ(nearest_name("v", {"vv"}), "");
    EXPECT_EQ(nearest_name("abc", {}), "");
    EXPECT_EQ(nearest_name("", {"", "a"}), "");
}

TEST(NearestNameTest, IsCheapForTextThatIsNoName) {
    EXPECT_EQ(nearest_name(std::string(1'000'000, 'a'), {"a", "aaaa"}), "");
}

}  // namespace
}  // namespace monnto
