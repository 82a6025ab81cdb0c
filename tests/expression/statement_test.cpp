#include <monnto/expression/statement.hpp>

#include <monnto/base/error.hpp>
#include <monnto/expression/print.hpp>

#include <gtest/gtest.h>

namespace monnto::expression {
namespace {

TEST(Statement, IsAnAssignmentOrADerivative) {
    const Statement value = parse_statement("v = 1*mV");
    EXPECT_EQ(value.target, "v");
    EXPECT_FALSE(value.is_derivative);
    EXPECT_EQ(to_text(value.right), "1*mV");
    EXPECT_FALSE(value.unit.has_value());

    const Statement slope = parse_statement(" dv / dt = (0*mV-v)/tau : volt ");
    EXPECT_EQ(slope.target, "v");
    EXPECT_TRUE(slope.is_derivative);
    EXPECT_EQ(to_text(slope.right), "(0*mV-v)/tau");
    ASSERT_TRUE(slope.unit.has_value());
    EXPECT_EQ(to_text(*slope.unit), "volt");
}

TEST(Statement, KeepsColonsOfSlices) {
    const Statement statement = parse_statement("w = v[1:3]");
    EXPECT_EQ(to_text(statement.right), "v[1:3]");
    EXPECT_FALSE(statement.unit.has_value());
}

void expect_error(std::string_view text, std::size_t column) {
    try {
        (void)parse_statement(text);
        ADD_FAILURE() << text << " was taken";
    } catch (const ParseError& error) {
        EXPECT_EQ(error.position, column) << error.what();
        EXPECT_EQ(error.source, text);
    }
}

TEST(Statement, PointsAtMistakesInTheWholeText) {
    expect_error("v", 1);
    expect_error("dv/dx = 3", 0);
    expect_error("v + w = 3", 0);
    expect_error("v = 3 +", 7);
    expect_error("v = (3", 6);
    expect_error("v = ", 4);
    expect_error("v = 3 : *", 8);
}

}  // namespace
}  // namespace monnto::expression
