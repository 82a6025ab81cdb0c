#include <monnto/expression/print.hpp>

#include <monnto/expression/parser.hpp>

#include <gtest/gtest.h>

#include <string>

namespace monnto::expression {
namespace {

std::string printed(std::string_view source) {
    return to_text(parse(source));
}

TEST(PrintTest, DropsBlanksAndNeedlessParentheses) {
    EXPECT_EQ(printed(" ( a + (b * c) ) "), "a+b*c");
    EXPECT_EQ(printed("((a))"), "a");
    EXPECT_EQ(printed("f( a , k = (b) )"), "f(a,k=b)");
    EXPECT_EQ(printed("v[ (1) , : , 2 : ]"), "v[1,:,2:]");
    EXPECT_EQ(printed("not  (a)  and b"), "not a and b");
    EXPECT_EQ(printed("(x) if (c) else (y)"), "x if c else y");
}

TEST(PrintTest, KeepsParenthesesThatMatter) {
    for (const char* text : {"(a+b)*c",
                             "a-(b-c)",
                             "(-a)**2",
                             "(a**b)**c",
                             "a**-b",
                             "-(a+b)",
                             "~(a|b)",
                             "(a<b)==c",
                             "(a,)",
                             "()",
                             "(a,b)",
                             "v[()]",
                             "v[a,]",
                             "v[1,]",
                             "(not a)+b",
                             "(a if b else c)+d",
                             "(a if b else c) if d else e",
                             "a if (b if c else d) else e",
                             "a and (b and c)",
                             "(a or b) and c",
                             "(1).real",
                             "(a+b).T",
                             "(a+b)[0]",
                             "(-a)[0]",
                             "[1,2][0]",
                             "v[[0,2]]",
                             "v[(a,b):c]",
                             "f((a,b))",
                             "not (a,b)"}) {
        EXPECT_EQ(printed(text), text);
    }
}

TEST(PrintTest, KeepsKindsOfLiterals) {
    EXPECT_EQ(printed("1.0 + 1"), "1.0+1");
    EXPECT_EQ(printed("1e-3"), "0.001");
    EXPECT_EQ(printed("1e300"), "1e+300");
    EXPECT_EQ(printed("0x10"), "16");
    EXPECT_EQ(printed("1e999"), "1e999");
    EXPECT_EQ(printed("\"a\""), "'a'");
    EXPECT_EQ(printed("'it\\'s'"), "\"it's\"");
    EXPECT_EQ(printed(R"('\\\'"\n')"), R"("\\'\"\n")");
    EXPECT_EQ(printed("[None,True,False,...]"), "[None,True,False,...]");
}

TEST(S24Test, OneKeyForOneVariable) {
    for (const char* text : {"voltage", "n.voltage", "neurons.voltage", " n . voltage ",
                             "s.voltage", "synapse.voltage", "synapses.voltage", "(voltage)"}) {
        EXPECT_EQ(normalized(text), "voltage");
    }
    EXPECT_EQ(normalized("np.mean( n.v , axis = 0 )"), "np.mean(v,axis=0)");
    EXPECT_EQ(normalized("n.v[n.spike]"), "v[spike]");
    EXPECT_EQ(normalized("n.network.iteration"), "network.iteration");
    EXPECT_EQ(normalized("n.v.mean()"), "v.mean()");
}

TEST(S24Test, KeepsPrefixesThatMatter) {
    EXPECT_EQ(normalized("n.vector('uniform')"), "n.vector('uniform')");
    EXPECT_EQ(normalized("len(n)"), "len(n)");
    EXPECT_EQ(normalized("a.n.v"), "a.n.v");
}

TEST(S24Test, GivesTextOutsideTheGrammarAKeyToo) {
    EXPECT_EQ(normalized("[x for x in v]"), "[xforxinv]");
    EXPECT_EQ(normalized("0 < v < 1"), "0<v<1");
}

}  // namespace
}  // namespace monnto::expression
