#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace monnto::expression {

/// A physical dimension: the powers of the seven SI base units. Roots of quantities occur (noise
/// scales with the root of time), so powers are counted in twelfths.
class Dimension {
public:
    enum Base : unsigned char { metre, kilogram, second, ampere, kelvin, mole, candela };
    static constexpr int base_count = 7;
    static constexpr int whole = 12;  // what the power 1 counts

    constexpr Dimension() = default;  // of a plain number
    /// Whole powers in the order of Base.
    constexpr explicit Dimension(const std::array<int, base_count>& powers) {
        for (int i = 0; i < base_count; ++i) {
            twelfths_[i] = powers[i] * whole;
        }
    }

    [[nodiscard]] bool is_plain() const { return *this == Dimension(); }
    [[nodiscard]] int twelfths(int base) const { return twelfths_[base]; }
    /// Nothing where a power would be no multiple of 1/12.
    [[nodiscard]] std::optional<Dimension> to_the_power(double exponent) const;
    /// "voltage (V)", "V/s", "m^2 kg": for messages.
    [[nodiscard]] std::string to_string() const;

    bool operator==(const Dimension&) const = default;
    friend Dimension operator*(Dimension a, const Dimension& b);
    friend Dimension operator/(Dimension a, const Dimension& b);

private:
    std::array<int, base_count> twelfths_{};
};

inline constexpr Dimension time_dimension({0, 0, 1, 0, 0, 0, 0});
inline constexpr Dimension voltage_dimension({2, 1, -3, -1, 0, 0, 0});

/// A unit: its dimension, and how much one of it is in the units that numbers are kept in.
///
/// Those are s, mV, nA and what follows from them (uS, MOhm, uF), m, K, mol, cd: one coherent
/// system, so that checked formulas need no conversion while they run. PymoNNto keeps seconds and
/// mV as well.
struct Unit {
    Dimension dimension;
    double scale = 1.0;
};

/// By symbol (`mV`, `uF`, `MOhm`, `um2`), by name in singular or plural (`millivolt`, `seconds`);
/// all units of the SI with all of its prefixes, and minute, hour, day, liter, molar, percent.
[[nodiscard]] std::optional<Unit> find_unit(std::string_view name);

/// Symbols without prefixes, for suggestions beside the common ones with prefix.
[[nodiscard]] const std::vector<std::string>& common_units();

/// "mV" for a voltage: the unit that numbers of this dimension are kept in.
[[nodiscard]] std::string kept_unit(const Dimension& dimension);

}  // namespace monnto::expression
