#include <monnto/expression/units.hpp>

#include <fmt/format.h>

#include <cmath>
#include <string>

namespace monnto::expression {
namespace {

constexpr std::array<const char*, Dimension::base_count> symbols = {"m", "kg",  "s", "A",
                                                                    "K", "mol", "cd"};

struct Named {
    Dimension dimension;
    const char* quantity;
    const char* unit;
    const char* kept;
};
constexpr std::array<Named, 14> named = {{
    {Dimension(), "a plain number", "1", "1"},
    {time_dimension, "time", "s", "s"},
    {Dimension({0, 0, -1, 0, 0, 0, 0}), "rate", "1/s", "1/s"},
    {voltage_dimension, "voltage", "V", "mV"},
    {Dimension({2, 1, -4, -1, 0, 0, 0}), "voltage per time", "V/s", "mV/s"},
    {Dimension({0, 0, 0, 1, 0, 0, 0}), "current", "A", "nA"},
    {Dimension({-2, -1, 3, 2, 0, 0, 0}), "conductance", "S", "uS"},
    {Dimension({2, 1, -3, -2, 0, 0, 0}), "resistance", "Ohm", "MOhm"},
    {Dimension({-2, -1, 4, 2, 0, 0, 0}), "capacitance", "F", "uF"},
    {Dimension({0, 0, 1, 1, 0, 0, 0}), "charge", "C", "nC"},
    {Dimension({1, 0, 0, 0, 0, 0, 0}), "length", "m", "m"},
    {Dimension({0, 1, 0, 0, 0, 0, 0}), "mass", "kg", "ng"},
    {Dimension({0, 0, 0, 0, 1, 0, 0}), "temperature", "K", "K"},
    {Dimension({-3, 0, 0, 0, 0, 1, 0}), "concentration", "mol/m^3", "mol/m^3"},
}};

std::string product_of_powers(const Dimension& dimension) {
    std::string text;
    for (int base = 0; base < Dimension::base_count; ++base) {
        const int twelfths = dimension.twelfths(base);
        if (twelfths == 0) {
            continue;
        }
        text += text.empty() ? "" : " ";
        text += symbols[base];
        if (twelfths != Dimension::whole) {
            text += fmt::format("^{:.4g}", static_cast<double>(twelfths) / Dimension::whole);
        }
    }
    return text;
}

}  // namespace

std::optional<Dimension> Dimension::to_the_power(double exponent) const {
    Dimension result;
    for (int base = 0; base < base_count; ++base) {
        const double wanted = twelfths_[base] * exponent;
        if (std::abs(wanted - std::round(wanted)) > 1e-6 || std::abs(wanted) > 1e6) {
            return std::nullopt;
        }
        result.twelfths_[base] = static_cast<int>(std::lround(wanted));
    }
    return result;
}

std::string Dimension::to_string() const {
    for (const Named& known : named) {
        if (known.dimension == *this) {
            return is_plain() ? known.quantity : fmt::format("{} ({})", known.quantity, known.unit);
        }
    }
    return product_of_powers(*this);
}

Dimension operator*(Dimension a, const Dimension& b) {
    for (int base = 0; base < Dimension::base_count; ++base) {
        a.twelfths_[base] += b.twelfths_[base];
    }
    return a;
}

Dimension operator/(Dimension a, const Dimension& b) {
    for (int base = 0; base < Dimension::base_count; ++base) {
        a.twelfths_[base] -= b.twelfths_[base];
    }
    return a;
}

std::string kept_unit(const Dimension& dimension) {
    for (const Named& known : named) {
        if (known.dimension == dimension) {
            return known.kept;
        }
    }
    return fmt::format("{}, of s, mV, nA and m", product_of_powers(dimension));
}

}  // namespace monnto::expression
