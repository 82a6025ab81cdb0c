// Random token strings: whatever comes, the parser answers with a tree or with a position.
#include <monnto/expression/names.hpp>
#include <monnto/expression/parser.hpp>
#include <monnto/expression/print.hpp>

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>

namespace monnto::expression {
namespace {

// What every answer must fulfil; tells whether the text parsed.
bool check(const std::string& source) {
    try {
        const Expression expression = parse(source);
        const std::string text = to_text(expression);
        EXPECT_TRUE(same_tree(parse(text), expression)) << source << "\nprinted " << text;
        EXPECT_EQ(to_text(parse(text)), text) << source;
        const std::string key = normalized(expression);
        EXPECT_EQ(normalized(parse(key)).empty(), false) << source;
        (void)names_in(expression);
        return true;
    } catch (const ParseError& error) {
        EXPECT_LE(error.position, source.size()) << source;
        EXPECT_EQ(error.source, source);
        return false;
    }
}

TEST(GrammarFuzzTest, RandomTokensParseOrFailInside) {
    constexpr std::array<const char*, 56> pieces = {
        "v",     "n",      "np",   ".",   "(",   ")",       "[",   "]",  ",", ":",
        "1",     "2.5",    "1e3",  "'t'", "+",   "-",       "*",   "**", "/", "//",
        "%",     "@",      "&",    "|",   "^",   "~",       "<<",  ">>", "<", "<=",
        ">",     ">=",     "==",   "!=",  "and", "or",      "not", "if", "=", "else",
        "True",  "False",  "None", "...", " ",   "k=",      "for", "in", "{", "}",
        "axis=", "lambda", "0x",   "\"",  "#",   "\xCF\x84"};
    std::mt19937 random(20261120);
    for (int round = 0; round < 40'000; ++round) {
        std::string source;
        const int count = static_cast<int>(random() % 12);
        for (int i = 0; i < count; ++i) {
            source += pieces[random() % pieces.size()];
            source += random() % 3 == 0 ? " " : "";
        }
        check(source);
    }
}

TEST(GrammarFuzzTest, RandomBytesParseOrFailInside) {
    std::mt19937 random(7);
    for (int round = 0; round < 20'000; ++round) {
        std::string source(random() % 16, '\0');
        for (char& c : source) {
            c = static_cast<char>(random() % 256);
        }
        check(source);
    }
}

// A sentence of the grammar, so that deep and unusual trees are reached, not only short prefixes.
class Sentence {
public:
    explicit Sentence(std::mt19937& random) : random_(random) {}

    std::string expression(int depth) {
        if (depth <= 0) {
            return pick(
                {"v", "n.u", "np.pi", "1", "2.0", "'t'", "None", "True", "...", "()", "[]"});
        }
        const std::string a = expression(depth - 1);
        const std::string b = expression(depth - 2);
        switch (random_() % 13) {
            case 0:
                return pick({"-", "~", "+"}) + a;
            case 1:
                return "not " + a;
            case 2:
                return a + pick({" if ", " if not "}) + b + " else " + expression(depth - 2);
            case 3:
                return "(" + a + ")";
            case 4:
                return "f(" + a + ", k=" + b + ")";
            case 5:
                return "(" + a + ")." + pick({"T", "mean()", "sum(axis=0)"});
            case 6:
                return "v[" + a + ":" + pick({"", b, ":" + b}) + "," + b + "]";
            case 7:
                return "(" + a + "," + pick({"", b}) + ")";
            case 8:
                return "[" + a + "," + b + "]";
            default:
                return a +
                       pick({"+", "-", "*", "/", "//", "%", "@", "**", "&", "|", "^", "<<", ">>",
                             "<", "==", " and ", " or "}) +
                       b;
        }
    }

private:
    std::string pick(std::initializer_list<std::string> choices) {
        return choices.begin()[random_() % choices.size()];
    }

    std::mt19937& random_;
};

TEST(GrammarFuzzTest, SentencesPrintToTheSameTree) {
    std::mt19937 random(11);
    int parsed = 0;
    for (int round = 0; round < 20'000; ++round) {
        parsed += check(Sentence(random).expression(static_cast<int>(random() % 6))) ? 1 : 0;
    }
    // Chained comparisons and a misplaced `not` are refused; most sentences are not.
    EXPECT_GT(parsed, 10'000);
}

}  // namespace
}  // namespace monnto::expression
