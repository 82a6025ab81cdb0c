#include <monnto/storage/sections.hpp>

#include <monnto/base/error.hpp>

#include <gtest/gtest.h>

namespace monnto {
namespace {

TEST(SectionsTest, ComeBackAsTheyWereWritten) {
    Sections sections;
    sections.set("Parameters", "Rate", "50%");
    sections.set("Parameters", "note", "two\nlines");
    sections.set("info", "empty", "");
    const Sections read = Sections::parse(sections.print());
    EXPECT_EQ(read.get("Parameters", "Rate"), "50%");
    EXPECT_EQ(read.get("Parameters", "note"), "two\nlines");
    EXPECT_EQ(read.get("info", "empty"), "");
    EXPECT_EQ(read.names(), (std::vector<std::string>{"Parameters", "info"}));
}

TEST(SectionsTest, FindKeysInAnyCaseButKeepThoseThatDifferApart) {
    Sections sections;
    sections.set("s", "A", "1");
    sections.set("s", "a", "2");
    EXPECT_EQ(sections.get("s", "A"), "1");
    EXPECT_EQ(sections.get("s", "a"), "2");
    sections.set("s", "lower", "3");
    EXPECT_EQ(sections.get("s", "Lower"), "3");
    EXPECT_FALSE(sections.get("s", "none").has_value());
    EXPECT_FALSE(sections.get("none", "a").has_value());
    EXPECT_TRUE(sections.remove("s", "a"));
    EXPECT_FALSE(sections.remove("s", "a"));
}

TEST(SectionsTest, ReadWhatConfigparserAllows) {
    const Sections read = Sections::parse("# note\n[Parameters]\ntime: 12.5\n; other\nk=v\n");
    EXPECT_EQ(read.get("Parameters", "time"), "12.5");
    EXPECT_EQ(read.get("Parameters", "k"), "v");
}

TEST(SectionsTest, PointAtWhatTheyCannotRead) {
    try {
        (void)Sections::parse("[s]\nk = 1\nnonsense\n");
        FAIL();
    } catch (const ParseError& error) {
        EXPECT_EQ(error.position, 10U);
    }
    EXPECT_THROW((void)Sections::parse("k = 1\n"), ParseError);
}

TEST(SectionsTest, RefuseKeysThatWouldNotComeBack) {
    Sections sections;
    for (const char* key : {"", "a=b", "a:b", "[a", "#a", " a", "a\nb"}) {
        EXPECT_THROW(sections.set("s", key, "1"), BadParameter) << key;
    }
    EXPECT_THROW(sections.set("s]", "k", "1"), BadParameter);
}

}  // namespace
}  // namespace monnto
