#include <monnto/expression/units.hpp>

#include <monnto/base/error.hpp>
#include <monnto/expression/parser.hpp>
#include <monnto/expression/unit_check.hpp>

#include <gtest/gtest.h>

#include <string>

namespace monnto::expression {
namespace {

double scale_of(std::string_view name) {
    const auto unit = find_unit(name);
    EXPECT_TRUE(unit.has_value()) << name;
    return unit ? unit->scale : 0.0;
}

// Variables of a model: v (mV), tau (s), and x, of which nothing is known.
VariableUnit of_model(std::span<const std::string> path) {
    if (path.size() != 1) {
        return {};
    }
    if (path[0] == "v") {
        return {true, voltage_dimension};
    }
    if (path[0] == "tau") {
        return {true, time_dimension};
    }
    return {path[0] == "x", {}};
}

std::optional<Dimension> dimension(std::string_view text) {
    return dimension_of(parse(text), of_model);
}

TEST(Units, AreKeptInSecondsMillivoltsAndNanoamperes) {
    EXPECT_EQ(scale_of("s"), 1.0);
    EXPECT_EQ(scale_of("ms"), 1e-3);
    EXPECT_EQ(scale_of("mV"), 1.0);
    EXPECT_EQ(scale_of("V"), 1e3);
    EXPECT_EQ(scale_of("nA"), 1.0);
    EXPECT_EQ(scale_of("uS"), 1.0);
    EXPECT_EQ(scale_of("MOhm"), 1.0);
    EXPECT_EQ(scale_of("uF"), 1.0);
    EXPECT_EQ(scale_of("Hz"), 1.0);
}

TEST(Units, FormOneCoherentSystem) {
    const auto product = [](std::string_view a, std::string_view b) {
        return scale_of(a) * scale_of(b);
    };
    EXPECT_DOUBLE_EQ(product("V", "A"), scale_of("W"));
    EXPECT_DOUBLE_EQ(product("A", "s"), scale_of("C"));
    EXPECT_DOUBLE_EQ(product("Ohm", "A"), scale_of("V"));
    EXPECT_DOUBLE_EQ(product("F", "V"), scale_of("C"));
    EXPECT_DOUBLE_EQ(product("W", "s"), scale_of("J"));
    EXPECT_DOUBLE_EQ(product("N", "m"), scale_of("J"));
    EXPECT_DOUBLE_EQ(product("Pa", "m2"), scale_of("N"));
    EXPECT_DOUBLE_EQ(product("T", "m2"), scale_of("Wb"));
    EXPECT_DOUBLE_EQ(product("H", "A"), scale_of("Wb"));
    EXPECT_EQ(find_unit("S")->dimension, Dimension() / find_unit("Ohm")->dimension);
}

TEST(Units, HaveNamesPrefixesPluralsAndPowers) {
    EXPECT_EQ(scale_of("second"), 1.0);
    EXPECT_EQ(scale_of("seconds"), 1.0);
    EXPECT_EQ(scale_of("milliseconds"), 1e-3);
    EXPECT_EQ(scale_of("minutes"), 60.0);
    EXPECT_EQ(scale_of("hour"), 3600.0);
    EXPECT_EQ(scale_of("us"), 1e-6);
    EXPECT_EQ(scale_of("µs"), 1e-6);
    EXPECT_EQ(scale_of("millivolts"), 1.0);
    EXPECT_DOUBLE_EQ(scale_of("cm2"), 1e-4);
    EXPECT_DOUBLE_EQ(scale_of("kg"), 1e12);
    EXPECT_EQ(scale_of("mM"), 1.0);  // mol/m^3
    EXPECT_EQ(scale_of("percent"), 0.01);
    EXPECT_FALSE(find_unit("").has_value());
    EXPECT_FALSE(find_unit("mVV").has_value());
    EXPECT_FALSE(find_unit("mmin").has_value());
}

TEST(UnitCheck, FollowsArithmetic) {
    EXPECT_EQ(dimension("(0*mV - v)/tau"), voltage_dimension / time_dimension);
    EXPECT_EQ(dimension("sqrt(v**2)"), voltage_dimension);
    EXPECT_EQ(dimension("v**-1*v"), Dimension());
    EXPECT_EQ(dimension("exp(v/(2*mV))*tau"), time_dimension);
    EXPECT_EQ(dimension("np.where(v > 3*mV, tau, 2*ms)"), time_dimension);
    EXPECT_EQ(dimension("x*mV"), std::nullopt);
    EXPECT_EQ(dimension("v + 0"), voltage_dimension);  // a bare 0 fits everywhere
}

TEST(UnitCheck, LetsVariablesGoBeforeUnitsOfTheSameName) {
    const auto lookup = [](std::span<const std::string> path) -> VariableUnit {
        return {path[0] == "m", Dimension()};
    };
    EXPECT_EQ(dimension_of(parse("2*m"), lookup), Dimension());
}

void expect_mismatch(std::string_view text, std::size_t column) {
    try {
        (void)dimension(text);
        ADD_FAILURE() << text << " was taken";
    } catch (const UnitMismatch& error) {
        EXPECT_EQ(error.position, column) << error.what();
        EXPECT_FALSE(error.found.empty());
        EXPECT_FALSE(error.expected.empty());
    }
}

TEST(UnitCheck, PointsAtWhatDoesNotFit) {
    expect_mismatch("v + 3*ms", 4);
    expect_mismatch("exp(v)", 4);
    expect_mismatch("v > tau", 4);
    expect_mismatch("2**v", 3);
    expect_mismatch("np.maximum(v, tau)", 14);
    expect_mismatch("v if x else tau", 12);
    expect_mismatch("v**x", 3);
}

}  // namespace
}  // namespace monnto::expression
