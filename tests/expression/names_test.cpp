#include <monnto/expression/names.hpp>

#include <monnto/expression/parser.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace monnto::expression {
namespace {

using List = std::vector<std::string>;

TEST(NamesTest, TellsVariablesFunctionsAndMethodsApart) {
    const Names names = names_in(parse("np.mean(n.v, axis=0)*len(spike)+u.sum()*u+np.pi"));
    EXPECT_EQ(names.variables, (List{"v", "spike", "u"}));
    EXPECT_EQ(names.functions, (List{"np.mean", "len"}));
    EXPECT_EQ(names.methods, (List{"sum"}));
}

TEST(NamesTest, LooksEverywhere) {
    const Names names =
        names_in(parse("f(k=a)[b:c, [d]] if not e else (g, -h)[n.i.j].T + (x*y).astype(z).w"));
    EXPECT_EQ(names.variables, (List{"a", "b", "c", "d", "e", "g", "h", "i.j", "x", "y", "z"}));
    EXPECT_EQ(names.functions, (List{"f"}));
    EXPECT_EQ(names.methods, (List{"astype"}));
}

TEST(NamesTest, DoesNotCountTheObjectItself) {
    EXPECT_EQ(names_in(parse("n.vector('uniform')")).variables, List{});
    EXPECT_EQ(names_in(parse("n.vector('uniform')")).methods, List{"vector"});
}

}  // namespace
}  // namespace monnto::expression
