#include <monnto/expression/units.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace monnto::expression {
namespace {

struct KnownUnit {
    std::string_view symbol;
    std::string_view name;    // singular
    std::string_view plural;  // empty: the singular and an s
    Dimension dimension;
    double factor = 1.0;
    int exponent = 0;  // of ten
    bool takes_prefix = true;
};

// The 7 base units and the 22 derived ones with names of their own (SI brochure, 9th edition), then
// what is used beside them. The gram stands for the kilogram, so that prefixes apply to it.
constexpr std::array<KnownUnit, 37> units = {{
    {"m", "meter", "", Dimension({1, 0, 0, 0, 0, 0, 0})},
    {"m", "metre", "", Dimension({1, 0, 0, 0, 0, 0, 0})},
    {"g", "gram", "", Dimension({0, 1, 0, 0, 0, 0, 0}), 1.0, -3},
    {"s", "second", "", time_dimension},
    {"A", "ampere", "", Dimension({0, 0, 0, 1, 0, 0, 0})},
    {"A", "amp", "", Dimension({0, 0, 0, 1, 0, 0, 0})},
    {"K", "kelvin", "", Dimension({0, 0, 0, 0, 1, 0, 0})},
    {"mol", "mole", "", Dimension({0, 0, 0, 0, 0, 1, 0})},
    {"cd", "candela", "", Dimension({0, 0, 0, 0, 0, 0, 1})},
    {"rad", "radian", "", Dimension()},
    {"sr", "steradian", "", Dimension()},
    {"Hz", "hertz", "hertz", Dimension({0, 0, -1, 0, 0, 0, 0})},
    {"N", "newton", "", Dimension({1, 1, -2, 0, 0, 0, 0})},
    {"Pa", "pascal", "", Dimension({-1, 1, -2, 0, 0, 0, 0})},
    {"J", "joule", "", Dimension({2, 1, -2, 0, 0, 0, 0})},
    {"W", "watt", "", Dimension({2, 1, -3, 0, 0, 0, 0})},
    {"C", "coulomb", "", Dimension({0, 0, 1, 1, 0, 0, 0})},
    {"V", "volt", "", voltage_dimension},
    {"F", "farad", "", Dimension({-2, -1, 4, 2, 0, 0, 0})},
    {"Ohm", "ohm", "", Dimension({2, 1, -3, -2, 0, 0, 0})},
    {"S", "siemens", "siemens", Dimension({-2, -1, 3, 2, 0, 0, 0})},
    {"Wb", "weber", "", Dimension({2, 1, -2, -1, 0, 0, 0})},
    {"T", "tesla", "", Dimension({0, 1, -2, -1, 0, 0, 0})},
    {"H", "henry", "henries", Dimension({2, 1, -2, -2, 0, 0, 0})},
    {"lm", "lumen", "", Dimension({0, 0, 0, 0, 0, 0, 1})},
    {"lx", "lux", "lux", Dimension({-2, 0, 0, 0, 0, 0, 1})},
    {"Bq", "becquerel", "", Dimension({0, 0, -1, 0, 0, 0, 0})},
    {"Gy", "gray", "", Dimension({2, 0, -2, 0, 0, 0, 0})},
    {"Sv", "sievert", "", Dimension({2, 0, -2, 0, 0, 0, 0})},
    {"kat", "katal", "", Dimension({0, 0, -1, 0, 0, 1, 0})},
    {"min", "minute", "", time_dimension, 60.0, 0, false},
    {"h", "hour", "", time_dimension, 3600.0, 0, false},
    {"day", "day", "", time_dimension, 86400.0, 0, false},
    {"L", "liter", "", Dimension({3, 0, 0, 0, 0, 0, 0}), 1.0, -3},
    {"M", "molar", "molar", Dimension({-3, 0, 0, 0, 0, 1, 0}), 1.0, 3},
    {"percent", "percent", "percent", Dimension(), 1.0, -2, false},
    {"deg", "degree", "", Dimension(), 0.017453292519943295, 0, false},
}};

struct Prefix {
    std::string_view symbol;
    std::string_view name;
    int exponent;
};
constexpr std::array<Prefix, 25> prefixes = {{
    {"da", "deca", 1},   {"h", "hecto", 2},  {"k", "kilo", 3},    {"M", "mega", 6},
    {"G", "giga", 9},    {"T", "tera", 12},  {"P", "peta", 15},   {"E", "exa", 18},
    {"Z", "zetta", 21},  {"Y", "yotta", 24}, {"R", "ronna", 27},  {"Q", "quetta", 30},
    {"d", "deci", -1},   {"c", "centi", -2}, {"m", "milli", -3},  {"u", "micro", -6},
    {"µ", "micro", -6},  {"μ", "micro", -6}, {"n", "nano", -9},   {"p", "pico", -12},
    {"f", "femto", -15}, {"a", "atto", -18}, {"z", "zepto", -21}, {"y", "yocto", -24},
    {"r", "ronto", -27},
}};

// Powers of ten by which base units differ from what is kept: kg as ng, A as nA, and therefore V as
// mV.
constexpr std::array<int, Dimension::base_count> kept_exponents = {0, 12, 0, 9, 0, 0, 0};

// Exact for the exponents that occur in models: 1/1000 rounds to the same double as 0.001.
double times_power_of_ten(double factor, int exponent) {
    const double power = std::pow(10.0, std::abs(exponent));
    return exponent < 0 ? factor / power : factor * power;
}

Unit made(const KnownUnit& known, int exponent_of_prefix, int power) {
    int exponent = exponent_of_prefix + known.exponent;
    for (int base = 0; base < Dimension::base_count; ++base) {
        exponent += kept_exponents[base] * known.dimension.twelfths(base) / Dimension::whole;
    }
    return {*known.dimension.to_the_power(power),
            times_power_of_ten(std::pow(known.factor, power), exponent * power)};
}

bool has_name(const KnownUnit& known, std::string_view name) {
    if (name == known.name || name == known.plural) {
        return true;
    }
    return known.plural.empty() && name.size() == known.name.size() + 1 &&
           name.starts_with(known.name) && name.back() == 's';
}

std::optional<Unit> find_power(std::string_view name, int power) {
    for (const KnownUnit& known : units) {
        if (name == known.symbol || has_name(known, name)) {
            return made(known, 0, power);
        }
    }
    for (const Prefix& prefix : prefixes) {
        const bool is_symbol = name.starts_with(prefix.symbol);
        const bool is_name = name.starts_with(prefix.name);
        for (const KnownUnit& known : units) {
            if (known.takes_prefix &&
                ((is_symbol && name.substr(prefix.symbol.size()) == known.symbol) ||
                 (is_name && has_name(known, name.substr(prefix.name.size()))))) {
                return made(known, prefix.exponent, power);
            }
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<Unit> find_unit(std::string_view name) {
    if (name.empty()) {
        return std::nullopt;
    }
    const char last = name.back();
    if (last == '2' || last == '3') {  // cm2
        return find_power(name.substr(0, name.size() - 1), last - '0');
    }
    return find_power(name, 1);
}

const std::vector<std::string>& common_units() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> made = {"ms",  "us", "mV",   "uV", "nA", "pA",  "uA",
                                         "nS",  "uS", "MOhm", "pF", "nF", "uF",  "Hz",
                                         "kHz", "um", "mm",   "cm", "mM", "umol"};
        for (const KnownUnit& known : units) {
            made.emplace_back(known.symbol);
            made.emplace_back(known.name);
        }
        std::sort(made.begin(), made.end());
        made.erase(std::unique(made.begin(), made.end()), made.end());
        return made;
    }();
    return names;
}

}  // namespace monnto::expression
