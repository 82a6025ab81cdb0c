#include <monnto/base/error.hpp>

#include <gtest/gtest.h>

#include <string>
#include <type_traits>
#include <vector>

namespace monnto {
namespace {

using Shape = std::vector<std::ptrdiff_t>;

TEST(ErrorTest, SaysItsMessage) {
    const Error error("nothing works");
    EXPECT_STREQ(error.what(), "nothing works");
    EXPECT_STREQ(error.bare_message(), "nothing works");
}

TEST(ErrorTest, KeepsTheInnermostContextOnly) {
    Error error("broken");
    error.add_context("behavior Lif at key 2, iteration 17");
    error.add_context("Network 'net'");
    EXPECT_STREQ(error.what(), "broken\n  in behavior Lif at key 2, iteration 17");
    EXPECT_STREQ(error.bare_message(), "broken");
}

TEST(ErrorTest, KeepsItsContextWhenRethrownThroughItsBase) {
    try {
        try {
            throw BadParameter("tau", "-1", "must be positive");
        } catch (Error& error) {
            error.add_context("behavior Lif at key 2");
            throw;
        }
    } catch (const BadParameter& error) {
        EXPECT_STREQ(error.what(), "tau = -1: must be positive\n  in behavior Lif at key 2");
        EXPECT_EQ(error.name, "tau");
    }
}

TEST(ErrorTest, IsNotTheRootOfInternalErrors) {
    EXPECT_FALSE((std::is_base_of_v<Error, InternalError>));
    EXPECT_STREQ(InternalError("count is -1").what(),
                 "internal error (please report it): count is -1");
}

TEST(ShapeMismatchTest, NamesTheOperationAndBothShapes) {
    const ShapeMismatch error("add", Shape{1000}, Shape{999}, "make them equal or one of them 1");
    EXPECT_STREQ(error.what(),
                 "add: shapes (1000,) and (999,) differ; make them equal or one of them 1");
    EXPECT_EQ(error.operation, "add");
    EXPECT_EQ(error.left, Shape{1000});
    EXPECT_EQ(error.right, Shape{999});
}

TEST(ShapeMismatchTest, WritesShapesAsNumPyDoes) {
    const ShapeMismatch error("dot", Shape{}, Shape{3, 4}, "x");
    EXPECT_STREQ(error.what(), "dot: shapes () and (3, 4) differ; x");
}

TEST(TypeMismatchTest, NamesTheOperationAndWhatItFound) {
    const TypeMismatch error("subtract", "bool", "use ^ or logical_xor");
    EXPECT_STREQ(error.what(), "subtract: cannot take bool; use ^ or logical_xor");
    EXPECT_EQ(error.operation, "subtract");
    EXPECT_EQ(error.found, "bool");
}

TEST(IndexOutOfRangeTest, SaysWhichIndicesAreValid) {
    const IndexOutOfRange error(7, 1, 5);
    EXPECT_STREQ(error.what(), "index 7 is out of range for axis 1 of size 5; -5 to 4 are valid");
    EXPECT_EQ(error.index, 7);
    EXPECT_EQ(error.axis, 1);
    EXPECT_EQ(error.size, 5);
    EXPECT_STREQ(IndexOutOfRange(0, 0, 0).what(), "index 0 on axis 0, which is empty");
}

TEST(UnknownNameTest, SuggestsTheNearestName) {
    const UnknownName error("variable", "volage", "NeuronGroup 'exc'", {"u", "voltage"});
    EXPECT_STREQ(error.what(),
                 "no variable 'volage' in NeuronGroup 'exc'; did you mean 'voltage'?");
    EXPECT_EQ(error.kind, "variable");
    EXPECT_EQ(error.name, "volage");
    EXPECT_EQ(error.nearest, "voltage");
}

TEST(UnknownNameTest, ListsAFewNamesWhereNothingIsClose) {
    const UnknownName few("tag", "weights", "", {"exc", "inh"});
    EXPECT_STREQ(few.what(), "no tag 'weights'; there are: exc, inh");
    EXPECT_EQ(few.nearest, "");
    EXPECT_STREQ(UnknownName("tag", "x", "the network", {}).what(),
                 "no tag 'x' in the network; there are none yet");
    const std::vector<std::string> many(13, "abc");
    EXPECT_TRUE(
        std::string(UnknownName("tag", "weights", "", many).what()).ends_with("and 3 more"));
}

TEST(BadParameterTest, CarriesNameAndValue) {
    const BadParameter error("size", "-3", "a group needs at least one neuron");
    EXPECT_STREQ(error.what(), "size = -3: a group needs at least one neuron");
    EXPECT_EQ(error.name, "size");
    EXPECT_EQ(error.value, "-3");
}

TEST(ParseErrorTest, PutsACaretUnderThePosition) {
    const ParseError error("1 + * 2", 4, "an operand is missing");
    EXPECT_STREQ(error.what(), "an operand is missing, at column 5\n    1 + * 2\n        ^");
    EXPECT_EQ(error.source, "1 + * 2");
    EXPECT_EQ(error.position, 4U);
}

TEST(ParseErrorTest, PointsBehindTheEndOfTheText) {
    EXPECT_STREQ(ParseError("", 0, "empty").what(), "empty, at column 1\n    \n    ^");
    EXPECT_STREQ(ParseError("a+", 2, "cut off").what(), "cut off, at column 3\n    a+\n      ^");
}

TEST(ParseErrorTest, ShowsOnlyTheLineAtFault) {
    const std::string what = ParseError("a\n\tb ?\nc", 5, "odd").what();
    EXPECT_EQ(what, "odd, at column 6\n    \tb ?\n    \t  ^");
}

TEST(ParseErrorTest, CutsALongLineAroundThePosition) {
    const std::string what = ParseError(std::string(10'000, 'x'), 5'000, "long").what();
    EXPECT_LT(what.size(), 300U);
    const std::string caret_line = what.substr(what.rfind('\n') + 1);
    EXPECT_EQ(caret_line.size(), 4U + 3U + 60U + 1U);
}

TEST(BadStateTest, IsAnError) {
    try {
        throw BadState("the network is running");
    } catch (const Error& error) {
        EXPECT_STREQ(error.what(), "the network is running");
    }
}

}  // namespace
}  // namespace monnto
