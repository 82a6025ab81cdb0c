// Python's own parser as the oracle of the grammar.
#include "python_trees.hpp"
#include "tree_text.hpp"

#include <monnto/expression/parser.hpp>
#include <monnto/expression/print.hpp>

#include <gtest/gtest.h>

namespace monnto::expression {
namespace {

TEST(PythonTreesTest, TheGrammarIsPythons) {
    for (const auto& [source, tree] : support::python_trees) {
        SCOPED_TRACE(source);
        const Expression expression = parse(source);
        EXPECT_EQ(support::tree_text(expression), tree);
        EXPECT_EQ(support::tree_text(parse(to_text(expression))), tree);
    }
}

}  // namespace
}  // namespace monnto::expression
