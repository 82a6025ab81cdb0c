#include <monnto/monnto.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace monnto {
namespace {

constexpr std::ptrdiff_t count = 100000;

class ModeTest : public ::testing::Test {
protected:
    // Means of 100,000 draws are within 5 standard errors but once in 1.7 million; seeds are fixed.
    static double mean_of(const Array& a) { return a.astype(DType::f64).mean().item<double>(); }
    static double deviation_of(const Array& a) {
        return std_deviation(a.astype(DType::f64)).item<double>();
    }
    Network net_{Settings{.seed = 12}};
    NeuronGroup& n_ = net_.add_neurons("n", count);
    NeuronGroup& few_ = net_.add_neurons("few", 4);
};

TEST_F(ModeTest, FillsWithNumbersAndZerosInTheNetworksDtype) {
    EXPECT_EQ(few_.vector().host<float>(), (std::vector<float>{0, 0, 0, 0}));
    EXPECT_EQ(few_.vector(-10).host<float>(), (std::vector<float>{-10, -10, -10, -10}));
    EXPECT_EQ(few_.vector("2.5").host<float>(), (std::vector<float>{2.5, 2.5, 2.5, 2.5}));
    EXPECT_EQ(few_.vector("ones()").host<float>(), (std::vector<float>{1, 1, 1, 1}));
    EXPECT_EQ(few_.vector("full(3)*2").host<float>(), (std::vector<float>{6, 6, 6, 6}));
    EXPECT_EQ(few_.vector("bool").dtype(), DType::boolean);
    EXPECT_EQ(few_.vector("int").dtype(), DType::i64);
    EXPECT_EQ(few_.vector("poisson(3)").dtype(), DType::f32);
    EXPECT_EQ(few_.vector("uniform", {.dtype = DType::f64}).dtype(), DType::f64);
}

TEST_F(ModeTest, DrawsWithTheMomentsOfTheDistribution) {
    struct Case {
        const char* mode;
        double mean, deviation;
    };
    const double lognormal_spread = std::sqrt((std::exp(0.25) - 1) * std::exp(0.25));
    for (const Case& c : std::initializer_list<Case>{
             {"uniform", 0.5, std::sqrt(1.0 / 12)},
             {"rand", 0.5, std::sqrt(1.0 / 12)},
             {"uniform(2, 6)", 4, 4 * std::sqrt(1.0 / 12)},
             {"uniform(high=3)", 1.5, 3 * std::sqrt(1.0 / 12)},
             {"normal(0.9, 0.1)", 0.9, 0.1},
             {"np.random.normal(loc=1, scale=2)", 1, 2},
             {"lognormal(0, 0.5)", std::exp(0.125), lognormal_spread},
             {"lognormal_rm(2, 0.5)", 2 * std::exp(-0.125), 2 * std::exp(-0.25) * lognormal_spread},
             {"uniform_gap(10, 0.2)", 10, 4 * std::sqrt(1.0 / 12)},
             {"exponential(2)", 2, 2},
             {"poisson(3)", 3, std::sqrt(3.0)},
             {"randint(0, 5)", 2, std::sqrt(2.0)},
             {"randint(5)", 2, std::sqrt(2.0)},
             {"2*uniform(0,1)+1", 2, std::sqrt(1.0 / 3)},
             {"abs(normal(0,1))", std::sqrt(2 / M_PI), std::sqrt(1 - 2 / M_PI)},
             {"uniform()*uniform()", 0.25, std::sqrt(7.0 / 144)},
         }) {
        SCOPED_TRACE(c.mode);
        const Array drawn = n_.vector(c.mode);
        EXPECT_EQ(drawn.dtype(), DType::f32);
        EXPECT_EQ(drawn.shape(), Shape{count});
        EXPECT_NEAR(mean_of(drawn), c.mean, 5 * c.deviation / std::sqrt(double{count}));
        EXPECT_NEAR(deviation_of(drawn), c.deviation, 0.03 * c.deviation);
    }
}

TEST_F(ModeTest, KeepsEntriesWithTheProbabilityOfTheDensityThenScales) {
    const Array kept = n_.vector("uniform", {.scale = 10.0, .density = 0.1});
    EXPECT_NEAR(mean_of(kept != 0.0), 0.1, 0.005);
    EXPECT_NEAR(mean_of(kept), 0.5, 0.04);
    EXPECT_FALSE(n_.vector(1.0, {.density = 0}).any());
    EXPECT_TRUE(n_.vector(1.0, {.density = 1}).all());
    EXPECT_EQ(few_.vector(2.0, {.scale = Array::from<float>({1, 2, 3, 4})}).host<float>(),
              (std::vector<float>{2, 4, 6, 8}));
}

TEST_F(ModeTest, TakesADensityPerRowOfAMatrix) {
    SynapseGroup& s = net_.add_synapses("S", n_, few_);
    const Array w = s.matrix(1.0, {.density = Array::from<double>({0, 0.25, 0.5, 1})});
    const std::vector<float> rows = mean(w, Over(1)).host<float>();
    EXPECT_EQ(rows[0], 0.0F);
    EXPECT_NEAR(rows[1], 0.25F, 0.01F);
    EXPECT_NEAR(rows[2], 0.5F, 0.01F);
    EXPECT_EQ(rows[3], 1.0F);
}

TEST_F(ModeTest, PointsAtTheColumnOfABadText) {
    try {
        (void)n_.vector("normal(0, 1");
        FAIL();
    } catch (const ParseError& error) {
        EXPECT_EQ(error.source, "normal(0, 1");
        EXPECT_GE(error.position, 10U);
    }
    try {
        (void)n_.vector("2 * unifrm(0, 1)");
        FAIL();
    } catch (const UnknownName& error) {
        EXPECT_EQ(error.name, "unifrm");
        EXPECT_EQ(error.nearest, "uniform");
        EXPECT_NE(std::string(error.what()).find("column 5"), std::string::npos) << error.what();
    }
    EXPECT_THROW((void)n_.vector("unifrm"), UnknownName);
    EXPECT_THROW((void)n_.vector("uniform(0, 1, 2)"), BadParameter);
    EXPECT_THROW((void)n_.vector("uniform(lo=0)"), UnknownName);
    EXPECT_THROW((void)n_.vector("lognormal_rm(1)"), BadParameter);
    EXPECT_THROW((void)n_.vector("uniform", {.density = std::nan("")}), BadParameter);
}

TEST_F(ModeTest, AsksTheHostForDistributionsThatAreNotNative) {
    EXPECT_THROW((void)few_.vector("gamma(2.0)"), UnknownName);
    set_host_distribution([](const HostDraw& draw) -> std::optional<Array> {
        if (draw.name != "gamma") {
            return std::nullopt;
        }
        return full(draw.shape, draw.arguments.at(0), DType::f64);
    });
    EXPECT_EQ(few_.vector("1 + gamma(2.0)").host<float>(), (std::vector<float>{3, 3, 3, 3}));
    EXPECT_THROW((void)few_.vector("gama(2.0)"), UnknownName);
    set_host_distribution({});
}

}  // namespace
}  // namespace monnto
