#include <monnto/expression/parser.hpp>

#include "tree_text.hpp"

#include <gtest/gtest.h>

#include <string>
#include <type_traits>

namespace monnto::expression {
namespace {

std::string tree(std::string_view source) {
    return support::tree_text(parse(source));
}

template <class Exception = ParseError>
std::size_t error_position(const std::string& source) {
    try {
        (void)parse(source);
    } catch (const Exception& error) {
        EXPECT_EQ((std::is_same_v<Exception, NotInGrammar>),
                  dynamic_cast<const NotInGrammar*>(&error) != nullptr)
            << error.what();
        EXPECT_EQ(error.source, source);
        return error.position;
    }
    ADD_FAILURE() << "no error in " << source;
    return 0;
}

TEST(ParserTest, ReadsRecorderStrings) {
    EXPECT_EQ(tree("voltage"), "voltage");
    EXPECT_EQ(tree("n.voltage"), "(.voltage n)");
    EXPECT_EQ(tree("n.network.iteration"), "(.iteration (.network n))");
    EXPECT_EQ(tree("np.mean(voltage)"), "(call (.mean np) voltage)");
    EXPECT_EQ(tree("np.mean(n.v, axis=0)"), "(call (.mean np) (.v n) axis=0)");
    EXPECT_EQ(tree("v[3]"), "(at v 3)");
    EXPECT_EQ(tree("v>4"), "(> v 4)");
    EXPECT_EQ(tree("np.max(v)-np.min(v)"), "(- (call (.max np) v) (call (.min np) v))");
    EXPECT_EQ(tree("v*2+1"), "(+ (* v 2) 1)");
    EXPECT_EQ(tree("n.v[n.spike]"), "(at (.v n) (.spike n))");
    EXPECT_EQ(tree("(a > 1) & (b < 2)"), "(& (> a 1) (< b 2))");
    EXPECT_EQ(tree("v.sum(axis=0).T"), "(.T (call (.sum v) axis=0))");
}

TEST(ParserTest, ReadsModeStrings) {
    EXPECT_EQ(tree("uniform"), "uniform");
    EXPECT_EQ(tree("uniform()"), "(call uniform)");
    EXPECT_EQ(tree("normal(loc=1,scale=1)"), "(call normal loc=1 scale=1)");
    EXPECT_EQ(tree("2*uniform(0,1)+1"), "(+ (* 2 (call uniform 0 1)) 1)");
    EXPECT_EQ(tree("abs(normal(0,1.0))"), "(call abs (call normal 0 float:1))");
}

TEST(ParserTest, FollowsPythonsPrecedence) {
    EXPECT_EQ(tree("1+2*3"), "(+ 1 (* 2 3))");
    EXPECT_EQ(tree("a-b-c"), "(- (- a b) c)");
    EXPECT_EQ(tree("a/b*c//d%e@f"), "(@ (% (// (* (/ a b) c) d) e) f)");
    EXPECT_EQ(tree("2**3**2"), "(** 2 (** 3 2))");
    EXPECT_EQ(tree("-2**2"), "(- (** 2 2))");
    EXPECT_EQ(tree("2**-1"), "(** 2 (- 1))");
    EXPECT_EQ(tree("-a*b"), "(* (- a) b)");
    EXPECT_EQ(tree("~a&b|c^d"), "(| (& (~ a) b) (^ c d))");
    EXPECT_EQ(tree("a|b==c&d"), "(== (| a b) (& c d))");
    EXPECT_EQ(tree("1<<2+3"), "(<< 1 (+ 2 3))");
    EXPECT_EQ(tree("not a==b"), "(not (== a b))");
    EXPECT_EQ(tree("not a and b or c"), "(or (and (not a) b) c)");
    EXPECT_EQ(tree("not not a"), "(not (not a))");
    EXPECT_EQ(tree("a+-+~b"), "(+ a (- (+ (~ b))))");
    EXPECT_EQ(tree("-v[0]**2"), "(- (** (at v 0) 2))");
}

TEST(ParserTest, ReadsConditions) {
    EXPECT_EQ(tree("x if c else y"), "(if c x y)");
    EXPECT_EQ(tree("a+1 if b or c else d if e else f"), "(if (or b c) (+ a 1) (if e d f))");
    EXPECT_EQ(tree("f(x if c else y, k=1 if c else 2)"), "(call f (if c x y) k=(if c 1 2))");
}

TEST(ParserTest, ReadsSubscripts) {
    EXPECT_EQ(tree("v[:]"), "(at v (slice _ _ _))");
    EXPECT_EQ(tree("v[::]"), "(at v (slice _ _ _))");
    EXPECT_EQ(tree("v[1:]"), "(at v (slice 1 _ _))");
    EXPECT_EQ(tree("v[:-1]"), "(at v (slice _ (- 1) _))");
    EXPECT_EQ(tree("v[::2]"), "(at v (slice _ _ 2))");
    EXPECT_EQ(tree("v[:, :10]"), "(at v <(slice _ _ _) (slice _ 10 _)>)");
    EXPECT_EQ(tree("v[..., None]"), "(at v <... None>)");
    EXPECT_EQ(tree("v[1,]"), "(at v <1>)");
    EXPECT_EQ(tree("v[(1, 2)]"), "(at v <1 2>)");
    EXPECT_EQ(tree("v[[0, 2]]"), "(at v [0 2])");
    EXPECT_EQ(tree("v[a if b else c:2]"), "(at v (slice (if b a c) 2 _))");
    EXPECT_EQ(tree("v[0][1].T"), "(.T (at (at v 0) 1))");
}

TEST(ParserTest, ReadsTuplesListsAndLiterals) {
    EXPECT_EQ(tree("()"), "<>");
    EXPECT_EQ(tree("(a,)"), "<a>");
    EXPECT_EQ(tree("(a)"), "a");
    EXPECT_EQ(tree("((a, b), [])"), "<<a b> []>");
    EXPECT_EQ(tree("[True, False, None, 1, 1.0, 'x']"), "[True False None 1 float:1 \"x\"]");
    EXPECT_EQ(tree("f(a, b=c,)"), "(call f a b=c)");
    EXPECT_EQ(tree("1.5.real"), "(.real float:1.5)");
    EXPECT_EQ(tree(" a\n + b "), "(+ a b)");
}

TEST(ParserTest, RemembersWhereEachNodeStands) {
    const Expression expression = parse(" a + f( b )[1:] ");
    EXPECT_EQ(expression.text(expression.root()), "a + f( b )[1:]");
    const auto& sum = std::get<Binary>(expression.node(expression.root()).data);
    EXPECT_EQ(expression.text(sum.left), "a");
    EXPECT_EQ(expression.text(sum.right), "f( b )[1:]");
    const auto& subscript = std::get<Subscript>(expression.node(sum.right).data);
    EXPECT_EQ(expression.text(subscript.index), "1:");
}

TEST(ParserTest, PointsAtTheMistake) {
    EXPECT_EQ(error_position(""), 0U);
    EXPECT_EQ(error_position("  "), 2U);
    EXPECT_EQ(error_position("1 + "), 4U);
    EXPECT_EQ(error_position("1 + / 2"), 4U);
    EXPECT_EQ(error_position("(a"), 2U);
    EXPECT_EQ(error_position("a)"), 1U);
    EXPECT_EQ(error_position("np.mean(v"), 9U);
    EXPECT_EQ(error_position("normal(0.9 0.1)"), 11U);
    EXPECT_EQ(error_position("v[1"), 3U);
    EXPECT_EQ(error_position("v[]"), 2U);
    EXPECT_EQ(error_position("v[1,,2]"), 4U);
    EXPECT_EQ(error_position("v[(1:2)]"), 4U);
    EXPECT_EQ(error_position("f(,)"), 2U);
    EXPECT_EQ(error_position("f(a=1, 2)"), 7U);
    EXPECT_EQ(error_position("f(a=1, a=2)"), 7U);
    EXPECT_EQ(error_position("v."), 2U);
    EXPECT_EQ(error_position("v.1"), 1U);
    EXPECT_EQ(error_position("a b"), 2U);
    EXPECT_EQ(error_position("a 'b'"), 2U);
    EXPECT_EQ(error_position("a if b"), 6U);
    EXPECT_EQ(error_position("else"), 0U);
    EXPECT_EQ(error_position("a + not b"), 4U);
    EXPECT_EQ(error_position("-not b"), 1U);
    EXPECT_EQ(error_position("v = 1"), 2U);
    EXPECT_EQ(error_position("a && b"), 2U);
    EXPECT_EQ(error_position("import os"), 0U);
}

TEST(ParserTest, SetsApartWhatPythonWouldUnderstand) {
    EXPECT_EQ(error_position<NotInGrammar>("1 < v < 3"), 6U);
    EXPECT_EQ(error_position<NotInGrammar>("a == b == c"), 7U);
    EXPECT_EQ(error_position<NotInGrammar>("lambda x: x"), 0U);
    EXPECT_EQ(error_position<NotInGrammar>("[x for x in v]"), 3U);
    EXPECT_EQ(error_position<NotInGrammar>("f(x for x in v)"), 4U);
    EXPECT_EQ(error_position<NotInGrammar>("a in b"), 2U);
    EXPECT_EQ(error_position<NotInGrammar>("a is None"), 2U);
    EXPECT_EQ(error_position<NotInGrammar>("a not in b"), 2U);
    EXPECT_EQ(error_position<NotInGrammar>("{1: 2}"), 0U);
    EXPECT_EQ(error_position<NotInGrammar>("f(*a)"), 2U);
    EXPECT_EQ(error_position<NotInGrammar>("f(k=1, **a)"), 7U);
    EXPECT_EQ(error_position<NotInGrammar>("(a := 1)"), 3U);
    EXPECT_EQ(error_position<NotInGrammar>("f'x'"), 0U);
    EXPECT_EQ(error_position<NotInGrammar>("'a' 'b'"), 4U);
    EXPECT_EQ(error_position<NotInGrammar>("a, b"), 1U);
}

TEST(ParserTest, SaysHowToWriteAChainOfComparisons) {
    try {
        (void)parse("0 < v < 3");
        FAIL();
    } catch (const ParseError& error) {
        EXPECT_STREQ(error.what(),
                     "a chain of comparisons is left out here; write (a < b) & (b < c), at column "
                     "7\n    0 < v < 3\n          ^");
    }
}

// Each of these would overflow the stack of a parser that trusts its input.
TEST(ParserTest, BoundsItsDepth) {
    const auto repeated = [](std::string_view text, int count) {
        std::string all;
        for (int i = 0; i < count; ++i) {
            all += text;
        }
        return all;
    };
    for (const char* opening : {"(", "[", "f(", "v[", "-", "not ", "2**", "a if b else ", "f(k="}) {
        SCOPED_TRACE(opening);
        EXPECT_LE(error_position(repeated(opening, 10'000)), 10'000U * 12U);
    }
    for (const char* chain : {"a+", "a.", "a and "}) {
        SCOPED_TRACE(chain);
        error_position(repeated(chain, 100'000) + "a");
    }
    error_position("a" + repeated("[0]", 100'000));
    error_position("a" + repeated("()", 100'000));
    EXPECT_NO_THROW((void)parse(repeated("(", 150) + "a" + repeated(")", 150)));
    EXPECT_NO_THROW((void)parse(repeated("a+", 400) + "a"));
}

}  // namespace
}  // namespace monnto::expression
