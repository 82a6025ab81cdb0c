#pragma once

#include "lane.hpp"

/// Sines of angles beyond what three parts of pi/2 reduce: calls for single lanes.
namespace monnto::lane {

namespace huge {
// The second argument is not looked at. Any angle will do; both executors take the small ones
// elsewhere.
[[nodiscard]] float sin_float(float x, float unused) noexcept;
[[nodiscard]] float cos_float(float x, float unused) noexcept;
[[nodiscard]] float tan_float(float x, float unused) noexcept;
[[nodiscard]] double sin_double(double x, double unused) noexcept;
[[nodiscard]] double cos_double(double x, double unused) noexcept;
[[nodiscard]] double tan_double(double x, double unused) noexcept;
}  // namespace huge

inline namespace MONNTO_LANE_TARGET {

template <class T>
inline constexpr Rare<T> huge_sin{};
template <>
inline constexpr Rare<float> huge_sin<float>{"monnto_huge_sin_float", huge::sin_float};
template <>
inline constexpr Rare<double> huge_sin<double>{"monnto_huge_sin_double", huge::sin_double};
template <class T>
inline constexpr Rare<T> huge_cos{};
template <>
inline constexpr Rare<float> huge_cos<float>{"monnto_huge_cos_float", huge::cos_float};
template <>
inline constexpr Rare<double> huge_cos<double>{"monnto_huge_cos_double", huge::cos_double};
template <class T>
inline constexpr Rare<T> huge_tan{};
template <>
inline constexpr Rare<float> huge_tan<float>{"monnto_huge_tan_float", huge::tan_float};
template <>
inline constexpr Rare<double> huge_tan<double>{"monnto_huge_tan_double", huge::tan_double};

}  // namespace MONNTO_LANE_TARGET
}  // namespace monnto::lane
