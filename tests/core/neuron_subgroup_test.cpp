#include <monnto/monnto.hpp>

#include <gtest/gtest.h>

namespace monnto {
namespace {

using Floats = std::vector<float>;

class SubGroupTest : public ::testing::Test {
protected:
    SubGroupTest() {
        n_["v"] = Array::from<float>({0, 1, 2, 3, 4});
        n_["rate"] = 3.0;
        n_["history"] = n_.vector_buffer(2);
    }
    Network net_{Settings{.seed = 1}};
    NeuronGroup& n_ = net_.add_neurons("n", 5);
    std::shared_ptr<NeuronSubGroup> sub_ =
        n_.subgroup(Array::from<bool>({false, true, false, true, false}));
};

TEST_F(SubGroupTest, ReadsCopiesOfTheSelectedNeurons) {
    EXPECT_EQ(sub_->size(), 2);
    EXPECT_EQ(sub_->indices().host<std::int64_t>(), (std::vector<std::int64_t>{1, 3}));
    Array read = (*sub_)["v"];
    EXPECT_EQ(read.host<float>(), (Floats{1, 3}));
    read.fill(9);
    EXPECT_EQ(n_["v"].host<float>(), (Floats{0, 1, 2, 3, 4}));
    EXPECT_EQ(sub_->get("history").shape(), (Shape{2, 2}));
    EXPECT_EQ(sub_->get("rate").item<double>(), 3.0);
}

TEST_F(SubGroupTest, WritesThroughToTheGroup) {
    (*sub_)["v"] = Array::from<float>({10, 30});
    EXPECT_EQ(n_["v"].host<float>(), (Floats{0, 10, 2, 30, 4}));
    (*sub_)["v"] += 1.0;
    EXPECT_EQ(n_["v"].host<float>(), (Floats{0, 11, 2, 31, 4}));
    (*sub_)["v"] = 5.0;
    EXPECT_EQ(n_["v"].host<float>(), (Floats{0, 5, 2, 5, 4}));
    (*sub_)["history"] = 1.0;
    EXPECT_EQ(n_["history"].host<float>(), (Floats{0, 1, 0, 1, 0, 0, 1, 0, 1, 0}));
}

TEST_F(SubGroupTest, RefusesNewVariablesAndThoseWithoutNeurons) {
    try {
        (*sub_)["w"] = 1.0;
        FAIL();
    } catch (const UnknownName& error) {
        EXPECT_EQ(error.name, "w");
    }
    EXPECT_THROW((*sub_)["rate"] = 1.0, ShapeMismatch);
    EXPECT_THROW((void)n_.subgroup(Array::from<bool>({true})), ShapeMismatch);
    EXPECT_THROW((void)n_.subgroup(Array::from<float>({1, 1, 1, 1, 1})), TypeMismatch);
}

TEST_F(SubGroupTest, HasVectorsOfTheSizeOfTheGroup) {
    EXPECT_EQ(sub_->vector("uniform").shape(), Shape{5});
}

TEST_F(SubGroupTest, OfASliceSelectsThoseNeurons) {
    EXPECT_EQ(n_.subgroup(slice(3, {}))->get("v").host<float>(), (Floats{3, 4}));
}

TEST_F(SubGroupTest, DecidesTheSizeOfTheSynapsesAndCountsForItsGroup) {
    NeuronGroup& other = net_.add_neurons("other", 3);
    SynapseGroup& s = net_.add_synapses("S", other, *sub_);
    EXPECT_EQ(s.matrix("uniform").shape(), (Shape{2, 3}));
    EXPECT_EQ(n_.synapses(afferent, "S"), std::vector<SynapseGroup*>{&s});
    EXPECT_EQ(s.destination().get("v").host<float>(), (Floats{1, 3}));
}

}  // namespace
}  // namespace monnto
