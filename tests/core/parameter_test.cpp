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

/// Declares its parameters, as the library of behaviors does.
class Leak final : public NeuronBehavior {
public:
    struct Params {
        Parameter tau = 20.0F;  // ms
    };
    explicit Leak(Params params) : params_(std::move(params)) {}
    static void visit_parameters(Params& p, const ParameterVisitor& visit) { visit("tau", p.tau); }
    void initialize(NeuronGroup& n) override {
        tau_ = params_.tau.resolve(n, "tau");
        n["v"] = n.vector(1.0);
    }
    void iteration(NeuronGroup& n) override { n["v"] -= n["v"] / tau_; }

private:
    Params params_;
    Array tau_;
};
MONNTO_BEHAVIOR(Leak);

TEST(RegistryTest, CreatesABehaviorByNameWithItsParameters) {
    Network net({.seed = 1});
    NeuronGroup& n = net.add_neurons("n", 2);
    const auto leak = BehaviorRegistry::create(
        "Leak",
        {{"tau", ParameterValue(Number(2.0))}, {"tag", ParameterValue(std::string("slow"))}});
    EXPECT_EQ(leak->class_name(), "Leak");
    n.add_behavior(1, leak);
    net.simulate_iteration();
    EXPECT_EQ(n["v"].host<float>(), (std::vector<float>{0.5, 0.5}));
    EXPECT_EQ(net.all("slow").size(), 1U);
    EXPECT_EQ(BehaviorRegistry::parameter_names("Leak"), std::vector<std::string>{"tau"});
}

TEST(RegistryTest, RefusesUnknownNamesAndParametersNamingTheNearest) {
    try {
        (void)BehaviorRegistry::create("Laek");
        FAIL();
    } catch (const UnknownName& error) {
        EXPECT_EQ(error.nearest, "Leak");
    }
    try {
        (void)BehaviorRegistry::create("Leak", {{"tua", ParameterValue(Number(2.0))}});
        FAIL();
    } catch (const UnknownName& error) {
        EXPECT_EQ(error.kind, "parameter");
        EXPECT_EQ(error.nearest, "tau");
    }
    EXPECT_THROW(load_plugin("/no/such/library.so"), BadParameter);
}

TEST(RegistryTest, RefusesABehaviorOnTheWrongKindOfObject) {
    Network net({.seed = 1});
    EXPECT_THROW(net.add_behavior(1, BehaviorRegistry::create("Leak")), TypeMismatch);
}

}  // namespace
}  // namespace monnto
