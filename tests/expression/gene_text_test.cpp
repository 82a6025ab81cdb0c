#include <monnto/expression/gene_text.hpp>

#include <monnto/base/error.hpp>

#include <gtest/gtest.h>

#include <string>

namespace monnto::expression {
namespace {

TEST(GeneTextTest, FindsAGeneWithItsDefault) {
    const auto genes = find_genes("[0.5#key]");
    ASSERT_EQ(genes.size(), 1U);
    EXPECT_EQ(genes[0].begin, 0U);
    EXPECT_EQ(genes[0].end, 9U);
    EXPECT_EQ(genes[0].key, "key");
    EXPECT_EQ(genes[0].default_text, "0.5");
}

TEST(GeneTextTest, FindsSeveralWithTheirPlaces) {
    const std::string text = "normal([0.5#m], [ 1/3 # s ])";
    const auto genes = find_genes(text);
    ASSERT_EQ(genes.size(), 2U);
    EXPECT_EQ(text.substr(genes[0].begin, genes[0].end - genes[0].begin), "[0.5#m]");
    EXPECT_EQ(text.substr(genes[1].begin, genes[1].end - genes[1].begin), "[ 1/3 # s ]");
    EXPECT_EQ(genes[1].key, "s");
    EXPECT_EQ(genes[1].default_text, "1/3");
}

TEST(GeneTextTest, FindsAGeneWithoutDefault) {
    for (const char* text : {"[tau]", "10+[tau]", "f([tau])", " [ tau ] "}) {
        const auto genes = find_genes(text);
        ASSERT_EQ(genes.size(), 1U) << text;
        EXPECT_EQ(genes[0].key, "tau");
        EXPECT_EQ(genes[0].default_text, std::nullopt);
    }
}

TEST(GeneTextTest, LeavesSubscriptsAlone) {
    for (const char* text : {"v[0]", "v[i]", "v [i]", "f(x)[i]", "v[0][i]", "v[:, i]", "v[1:2]",
                             "[0]", "[1,2]", "τ[i]", "v[", "plain", ""}) {
        EXPECT_TRUE(find_genes(text).empty()) << text;
    }
}

TEST(GeneTextTest, LooksInsideSubscriptsAndLists) {
    ASSERT_EQ(find_genes("v[[3#i]]").size(), 1U);
    EXPECT_EQ(find_genes("v[[3#i]]")[0].begin, 2U);
    EXPECT_EQ(find_genes("[1, [2#b]]")[0].key, "b");
    EXPECT_EQ(find_genes("[[1,2][0]#k]")[0].default_text, "[1,2][0]");
}

TEST(GeneTextTest, PointsAtAnIncompleteGene) {
    const auto position = [](const char* text) {
        try {
            (void)find_genes(text);
        } catch (const ParseError& error) {
            return error.position;
        }
        return std::string::npos;
    };
    EXPECT_EQ(position("2*[#key]"), 3U);
    EXPECT_EQ(position("[0.5#]"), 5U);
    EXPECT_EQ(position("1+[0.5#key"), 2U);
}

}  // namespace
}  // namespace monnto::expression
