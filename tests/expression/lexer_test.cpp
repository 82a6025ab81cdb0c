#include <monnto/expression/lexer.hpp>

#include <monnto/expression/parser.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace monnto::expression {
namespace {

std::vector<std::string> texts(std::string_view source) {
    std::vector<std::string> found;
    for (const Token& token : tokenize(source)) {
        found.emplace_back(token.text);
    }
    found.pop_back();  // the end
    return found;
}

template <class Exception = ParseError>
std::size_t error_position(const std::string& source) {
    try {
        (void)tokenize(source);
    } catch (const Exception& error) {
        EXPECT_EQ(error.source, source);
        return error.position;
    }
    ADD_FAILURE() << "no error in " << source;
    return 0;
}

TEST(LexerTest, SplitsAtSymbolsLongestFirst) {
    EXPECT_EQ(texts("a**b*c//d/e<<f<=g"),
              (std::vector<std::string>{"a", "**", "b", "*", "c", "//", "d", "/", "e", "<<", "f",
                                        "<=", "g"}));
    EXPECT_EQ(texts("v[...,1:]"), (std::vector<std::string>{"v", "[", "...", ",", "1", ":", "]"}));
}

TEST(LexerTest, TellsWhereEachTokenStands) {
    const std::vector<Token> tokens = tokenize("  ab +\t1.5 ");
    ASSERT_EQ(tokens.size(), 4U);
    EXPECT_EQ(tokens[0].begin, 2U);
    EXPECT_EQ(tokens[1].begin, 5U);
    EXPECT_EQ(tokens[2].begin, 7U);
    EXPECT_EQ(tokens[2].end(), 10U);
    EXPECT_EQ(tokens[3].kind, TokenKind::end);
    EXPECT_EQ(tokens[3].begin, 11U);
}

TEST(LexerTest, KeepsIntAndFloatApart) {
    for (const char* text : {"0", "7", "1_000", "0x1F", "0b101", "0o17", "000"}) {
        EXPECT_EQ(tokenize(text)[0].kind, TokenKind::integer) << text;
    }
    for (const char* text : {"0.", ".5", "1e5", "1E-3", "2.5e+1", "1_0.2_5", "007.5", "1.e2"}) {
        EXPECT_EQ(tokenize(text)[0].kind, TokenKind::real) << text;
    }
}

TEST(LexerTest, ReadsWholeNumbersOfEveryBase) {
    const auto value = [](std::string_view text) { return integer_value(text, tokenize(text)[0]); };
    EXPECT_EQ(value("0"), 0);
    EXPECT_EQ(value("1_000"), 1000);
    EXPECT_EQ(value("0x1f"), 31);
    EXPECT_EQ(value("0B11"), 3);
    EXPECT_EQ(value("0o17"), 15);
    EXPECT_EQ(value("9223372036854775807"), INT64_MAX);
    EXPECT_THROW((void)value("9223372036854775808"), NotInGrammar);
}

TEST(LexerTest, ReadsRealsToTheNearestDouble) {
    const auto value = [](std::string_view text) { return real_value(tokenize(text)[0]); };
    EXPECT_EQ(value("0.1"), 0.1);
    EXPECT_EQ(value("1_0.2_5"), 10.25);
    EXPECT_EQ(value("1.7976931348623157e308"), 1.7976931348623157e308);
    EXPECT_EQ(value("5e-324"), 5e-324);
    EXPECT_TRUE(std::isinf(value("1e999")));
    EXPECT_TRUE(std::isinf(value("0.001e99999999999999999999")));
    EXPECT_EQ(value("1e-999"), 0.0);
    EXPECT_EQ(value("0e999"), 0.0);
    EXPECT_EQ(value(std::string(400, '9') + ".0e-999"), 0.0);
    EXPECT_TRUE(std::isinf(value(std::string(400, '9') + ".0")));
}

TEST(LexerTest, ReadsQuotedTexts) {
    const auto value = [](std::string_view text) { return text_value(text, tokenize(text)[0]); };
    EXPECT_EQ(value("'uniform(0,1)'"), "uniform(0,1)");
    EXPECT_EQ(value(R"("it's")"), "it's");
    EXPECT_EQ(value(R"('a\'b\\c\n')"), "a'b\\c\n");
    EXPECT_EQ(value("''"), "");
    EXPECT_THROW((void)value(R"('\x41')"), NotInGrammar);
}

TEST(LexerTest, TakesLettersOfOtherScripts) {
    EXPECT_EQ(texts("τ*Δv + größe"), (std::vector<std::string>{"τ", "*", "Δv", "+", "größe"}));
    EXPECT_EQ(error_position("v − 1"), 2U) << "a typographic minus is not a minus";
}

TEST(LexerTest, RefusesWhatNoExpressionHolds) {
    EXPECT_EQ(error_position("v ? 1"), 2U);
    EXPECT_EQ(error_position("2v"), 1U);
    EXPECT_EQ(error_position("1.5.x + 2e"), 9U);
    EXPECT_EQ(error_position("0x"), 0U);
    EXPECT_EQ(error_position("1 + 007"), 4U);
    EXPECT_EQ(error_position("f('abc"), 2U);
    EXPECT_EQ(error_position("'a\\"), 0U);
    EXPECT_EQ(error_position("[0.5#key]"), 4U);
    EXPECT_EQ(error_position(std::string("a\0b", 3)), 1U);
    EXPECT_EQ(error_position("\xFF"), 0U);
}

TEST(LexerTest, SetsPythonsOwnConstructsApart) {
    EXPECT_EQ(error_position<NotInGrammar>("1 + 2j"), 4U);
    EXPECT_EQ(error_position<NotInGrammar>("'''a'''"), 0U);
}

TEST(LexerTest, KnowsReservedWords) {
    const std::vector<Token> tokens = tokenize("not notes and lambda");
    EXPECT_EQ(tokens[0].kind, TokenKind::keyword);
    EXPECT_EQ(tokens[1].kind, TokenKind::name);
    EXPECT_TRUE(tokens[2].is("and"));
    EXPECT_TRUE(tokens[3].is("lambda"));
}

}  // namespace
}  // namespace monnto::expression
