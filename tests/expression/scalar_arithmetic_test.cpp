#include "scalar_arithmetic.hpp"

#include <monnto/base/error.hpp>
#include <monnto/expression/evaluate.hpp>
#include <monnto/expression/parser.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <string>

namespace monnto::expression {
namespace {

Value value(const std::string& text) {
    return evaluate(parse(text), TableScope({}));
}
std::int64_t whole(const std::string& text) {
    return std::get<std::int64_t>(value(text).data);
}
double real(const std::string& text) {
    return std::get<double>(value(text).data);
}
bool flag(const std::string& text) {
    return std::get<bool>(value(text).data);
}

TEST(ScalarArithmeticTest, KeepsPythonsKinds) {
    EXPECT_EQ(whole("1+2*3"), 7);
    EXPECT_EQ(real("1/2"), 0.5);
    EXPECT_EQ(real("4/2"), 2.0);
    EXPECT_EQ(real("1+2.0"), 3.0);
    EXPECT_EQ(whole("True+True"), 2);
    EXPECT_EQ(whole("-True"), -1);
    EXPECT_EQ(whole("~True"), -2);
    EXPECT_TRUE(flag("True & True"));
    EXPECT_EQ(whole("True & 1"), 1);
    EXPECT_EQ(real("2**-1"), 0.5);
    EXPECT_EQ(whole("2**10"), 1024);
    EXPECT_EQ(whole("(-3)**3"), -27);
    EXPECT_EQ(real("2.0**0.5"), std::sqrt(2.0));
}

TEST(ScalarArithmeticTest, RoundsQuotientsDown) {
    EXPECT_EQ(whole("-7//2"), -4);
    EXPECT_EQ(whole("7//-2"), -4);
    EXPECT_EQ(whole("-7%2"), 1);
    EXPECT_EQ(whole("7%-2"), -1);
    EXPECT_EQ(whole("-6//2"), -3);
    EXPECT_EQ(real("-7.5//2"), -4.0);
    EXPECT_EQ(real("-7.5%2"), 0.5);
    EXPECT_EQ(real("1//0.1"), 9.0) << "0.1 is a little more than a tenth";
    EXPECT_TRUE(std::signbit(real("0.0%-1")));
}

TEST(ScalarArithmeticTest, ShiftsAndMasks) {
    EXPECT_EQ(whole("1<<62"), std::int64_t{1} << 62);
    EXPECT_EQ(whole("-8>>1"), -4);
    EXPECT_EQ(whole("5>>100"), 0);
    EXPECT_EQ(whole("6&3|8^1"), 11);
}

TEST(ScalarArithmeticTest, ComparesExactly) {
    EXPECT_TRUE(flag("1 == 1.0"));
    EXPECT_TRUE(flag("9007199254740993 > 9007199254740992.0"));
    EXPECT_FALSE(flag("9007199254740993 == 9007199254740992.0"));
    EXPECT_TRUE(flag("1 <= True"));
    EXPECT_TRUE(flag("'a' == 'a'"));
    EXPECT_FALSE(flag("'a' == 1"));
    EXPECT_TRUE(flag("(1, (2.0, None)) == (1, (2, None))"));
    EXPECT_TRUE(flag("[1] != (1,)"));
}

TEST(ScalarArithmeticTest, RefusesWhatHasNoResult) {
    for (const char* text :
         {"1/0", "1//0", "1%0", "1.0/0", "1.5//0.0", "0.0**-1", "(-1)**0.5", "1<<-1", "1<<63",
          "9223372036854775807+1", "3037000500*3037000500", "2**63", "-9223372036854775807-2",
          "-(-9223372036854775807-1)", "(-9223372036854775807-1)//-1"}) {
        EXPECT_THROW((void)value(text), BadParameter) << text;
    }
    EXPECT_THROW((void)value("1.5 & 2"), TypeMismatch);
    EXPECT_THROW((void)value("~1.5"), TypeMismatch);
    EXPECT_THROW((void)value("'a' + 1"), TypeMismatch);
    EXPECT_THROW((void)value("-'a'"), TypeMismatch);
}

}  // namespace
}  // namespace monnto::expression
