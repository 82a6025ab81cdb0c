#include <monnto/expression/parameter_text.hpp>

#include <monnto/base/error.hpp>
#include <monnto/expression/print.hpp>

#include <gtest/gtest.h>

#include <string>

namespace monnto::expression {
namespace {

template <class T>
T parsed(std::string_view text) {
    return std::get<T>(parse_parameter(text));
}

TEST(ParameterTextTest, ReadsNumbersAndKeepsTheirKind) {
    EXPECT_EQ(std::get<std::int64_t>(parsed<NumberText>("2").value), 2);
    EXPECT_EQ(std::get<std::int64_t>(parsed<NumberText>(" -10 ").value), -10);
    EXPECT_EQ(std::get<double>(parsed<NumberText>("2.5").value), 2.5);
    EXPECT_EQ(std::get<double>(parsed<NumberText>("1e-3").value), 0.001);
    EXPECT_EQ(std::get<double>(parsed<NumberText>("-.5").value), -0.5);
}

TEST(ParameterTextTest, ReadsPercentages) {
    EXPECT_EQ(std::get<double>(parsed<NumberText>("50%").value), 0.5);
    EXPECT_EQ(std::get<double>(parsed<NumberText>("12.5 %").value), 0.125);
    EXPECT_EQ(parsed<PlainText>("a%").text, "a%");
}

TEST(ParameterTextTest, ReadsDistributions) {
    const auto drawn = parsed<Drawn>("normal(0.9, 0.1)");
    EXPECT_EQ(to_text(drawn.expression), "normal(0.9,0.1)");
    EXPECT_FALSE(drawn.is_plotted);
    EXPECT_TRUE(parsed<Drawn>("normal(0.9,0.1);plot").is_plotted);
    EXPECT_TRUE(parsed<Drawn>("2*uniform() ; plot ").is_plotted);
    EXPECT_EQ(to_text(parsed<Drawn>("2*uniform();plot").expression), "2*uniform()");
}

TEST(ParameterTextTest, ReadsSame) {
    EXPECT_EQ(parsed<SameAs>("same(Tag, attr)").tag, "Tag");
    EXPECT_EQ(parsed<SameAs>("same(Tag, attr)").attribute, "attr");
    EXPECT_EQ(parsed<SameAs>("same('my tag', tau)").tag, "my tag");
    EXPECT_THROW((void)parse_parameter("same(Tag)"), ParseError);
    EXPECT_THROW((void)parse_parameter("same(Tag, 1+1)"), ParseError);
}

TEST(ParameterTextTest, LeavesOtherTextsAlone) {
    for (const char* text :
         {"abc", "False", "", "a;b", "3d_grid", "file-1.txt", " x ", "1-2", "same"}) {
        EXPECT_EQ(parsed<PlainText>(text).text, text);
    }
}

TEST(ParameterTextTest, PointsAtTheMistakeOfADistribution) {
    try {
        (void)parse_parameter("normal(0.9 0.1)");
        FAIL();
    } catch (const ParseError& error) {
        EXPECT_EQ(error.position, 11U);
    }
    EXPECT_THROW((void)parse_parameter("normal(1);plat"), ParseError);
}

}  // namespace
}  // namespace monnto::expression
