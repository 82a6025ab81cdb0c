#include <monnto/monnto.hpp>

#include <gtest/gtest.h>

#include <cmath>

namespace monnto {
namespace {

class ParameterTest : public ::testing::Test {
protected:
    Network net_{Settings{.seed = 1}};
    NeuronGroup& n_ = net_.add_neurons("n", 1000);
};

TEST_F(ParameterTest, ResolvesNumbersTextsAndArrays) {
    EXPECT_EQ(Parameter(2).resolve(n_).item<double>(), 2.0);
    EXPECT_EQ(Parameter(2.5).resolve(n_).dtype(), DType::f32);
    EXPECT_EQ(Parameter("50%").resolve(n_).item<double>(), 0.5);
    EXPECT_EQ(Parameter("1e-3").number(), 1e-3);
    const Array drawn = Parameter("normal(20, 2)").resolve(n_);
    EXPECT_EQ(drawn.shape(), Shape{1000});
    EXPECT_NEAR(drawn.mean().item<double>(), 20.0, 5 * 2 / std::sqrt(1000.0));
    const Array own = n_.vector(3.0);
    EXPECT_TRUE(Parameter(own).resolve(n_).same_as(own));
}

TEST_F(ParameterTest, TakesTheVariableOfAnotherObject) {
    NeuronGroup& other = net_.add_neurons("other", 1000);
    other["tau"] = other.vector(7.0);
    EXPECT_THROW((void)Parameter("same(other, tau)").resolve(n_), UnknownName);  // searched below n
    Parameter same("same(other, tau)");
    EXPECT_TRUE(same.resolve(net_).same_as(other["tau"].array()));
}

TEST_F(ParameterTest, RefusesNaNAndTextsThatAreNoNumber) {
    try {
        (void)Parameter(std::nan("")).resolve(n_, "tau");
        FAIL();
    } catch (const BadParameter& error) {
        EXPECT_EQ(error.name, "tau");
        EXPECT_EQ(error.value, "nan");
    }
    EXPECT_THROW((void)Parameter(Array::from<double>({1, std::nan("")})).resolve(n_), BadParameter);
    EXPECT_THROW((void)Parameter("fast").resolve(n_), BadParameter);
    EXPECT_THROW((void)Parameter("normal(20, 2").resolve(n_), ParseError);
    EXPECT_THROW((void)Parameter("nrmal(20, 2)").resolve(n_), UnknownName);
    EXPECT_THROW((void)Parameter(3).text("mode"), BadParameter);
}

TEST_F(ParameterTest, OfABehaviorFallsBackAndIsConvertedAsTheDefault) {
    class Probe : public Behavior {
    public:
        using Behavior::Behavior;
    };
    Probe probe({{"a", ParameterValue(std::string("2.5"))},
                 {"plain", ParameterValue(std::string("abc"))},
                 {"noise", ParameterValue(std::string("uniform(1,2);plot"))},
                 {"bad", ParameterValue(Number(std::nan("")))},
                 {"tag", ParameterValue(std::string("my,tags"))},
                 {"behavior_enabled", ParameterValue(Number(false))}});
    EXPECT_EQ(probe.parameter("a", 1).number(), 2.5);
    EXPECT_EQ(probe.parameter("b", 7).number(), 7.0);
    EXPECT_EQ(probe.parameter("plain", "x").text(), "abc");
    const Parameter noise = probe.parameter("noise", 0.0, &n_);
    EXPECT_EQ(std::get<Array>(noise.value()).shape(), Shape{1000});
    EXPECT_THROW((void)probe.parameter("bad", 1.0), BadParameter);
    EXPECT_TRUE(probe.has_tag("tags"));
    EXPECT_FALSE(probe.is_enabled());
    EXPECT_TRUE(probe.unused_parameters().empty());
}

TEST_F(ParameterTest, TellsWhenATextAsksForAPlot) {
    bool wants_plot = false;
    (void)parameter_from_text("p", "normal(0.9, 0.1);plot", &n_, ParameterValue(Number(1.0)),
                              &wants_plot);
    EXPECT_TRUE(wants_plot);
}

TEST_F(ParameterTest, ThatNobodyAsksForIsReportedWithTheNearestName) {
    class Probe : public Behavior {
    public:
        using Behavior::Behavior;
        void initialize(Object& object) override { (void)parameter("threshold", 1.0, &object); }
    };
    std::vector<std::string> warnings;
    net_.set_warning_sink([&](const std::string& text) { warnings.push_back(text); });
    n_.add_behavior(
        1, std::make_shared<Probe>(ParameterMap{{"treshold", ParameterValue(Number(2.0))}}));
    ASSERT_EQ(warnings.size(), 1U);
    EXPECT_NE(warnings[0].find("'treshold'"), std::string::npos);
    EXPECT_NE(warnings[0].find("did you mean 'threshold'?"), std::string::npos);
}

}  // namespace
}  // namespace monnto
