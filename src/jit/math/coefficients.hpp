#pragma once

// Written by tools/make_coefficients.py; do not edit.

#include <array>

/// Polynomials of the elementary functions, lowest coefficient first, with the largest error that
/// each adds to its function (relative to the function where nothing else is said).
namespace monnto::lane::coefficients {

/// exp(r) = 1 + r + r^2 p(r), |r| <= ln(2) / 2.
template <class T>
inline constexpr std::array<T, 0> exp_tail{};
template <>  // error 2^-28.3
inline constexpr std::array<float, 5> exp_tail<float>{0x1.fffffc0000000p-2F, 0x1.5554920000000p-3F,
                                                      0x1.5558aa0000000p-5F, 0x1.12397e0000000p-7F,
                                                      0x1.6a53d60000000p-10F};
template <>  // error 2^-57.9
inline constexpr std::array<double, 10> exp_tail<double>{
    0x1.000000000000ap-1,  0x1.5555555555501p-3,  0x1.55555555506b4p-5,  0x1.1111111125fe0p-7,
    0x1.6c16c18479567p-10, 0x1.a01a01339a137p-13, 0x1.a019995832d5ap-16, 0x1.71df1105ee071p-19,
    0x1.28ae033758a2ep-22, 0x1.ad9f13faa2e53p-26};
/// 2^r = 1 + r p(r), |r| <= 1/2.
template <class T>
inline constexpr std::array<T, 0> exp2_tail{};
template <>  // error 2^-27.9
inline constexpr std::array<float, 6> exp2_tail<float>{
    0x1.62e4300000000p-1F, 0x1.ebfbd60000000p-3F,  0x1.c6af760000000p-5F,
    0x1.3b32080000000p-7F, 0x1.5f0b860000000p-10F, 0x1.3eb4c80000000p-13F};
template <>  // error 2^-57.4
inline constexpr std::array<double, 11> exp2_tail<double>{
    0x1.62e42fefa39efp-1,  0x1.ebfbdff82c5a4p-3,  0x1.c6b08d704a127p-5,  0x1.3b2ab6fba01b1p-7,
    0x1.5d87fe78a0015p-10, 0x1.4309130ebeed2p-13, 0x1.ffcbfc5e68034p-17, 0x1.62bfc7d6c8ec0p-20,
    0x1.b525354ea8153p-24, 0x1.e61af5fc9070dp-28, 0x1.e9558a8d5639cp-32};
/// log(1 + f) = f - f^2 / 2 + f^3 p(f), sqrt(1/2) <= 1 + f <= sqrt(2).
template <class T>
inline constexpr std::array<T, 0> log_tail{};
template <>  // error 2^-27.3
inline constexpr std::array<float, 8> log_tail<float>{
    0x1.5555540000000p-2F, -0x1.0002280000000p-2F, 0x1.99a0220000000p-3F, -0x1.5472180000000p-3F,
    0x1.22d85e0000000p-3F, -0x1.0d85460000000p-3F, 0x1.0565500000000p-3F, -0x1.38cb460000000p-4F};
template <>  // error 2^-59.3
inline constexpr std::array<double, 20> log_tail<double>{
    0x1.555555555556bp-2, -0x1.ffffffffffe7cp-3, 0x1.9999999994d53p-3, -0x1.555555556b0f5p-3,
    0x1.249249275fe93p-3, -0x1.fffffff3b2a26p-4, 0x1.c71c702d29826p-4, -0x1.99999a9df6303p-4,
    0x1.745d58ea93663p-4, -0x1.55557710692b9p-4, 0x1.3b0d7743f6c52p-4, -0x1.24894588a6e27p-4,
    0x1.116a0bb203d8fp-4, -0x1.00cfeb9d152fcp-4, 0x1.dc97a8b7823f2p-5, -0x1.b45b61a8afcbdp-5,
    0x1.bba9f09b01293p-5, -0x1.0109e01a22faep-4, 0x1.d2bd65d9a691dp-5, -0x1.8dcad0249b7f6p-6};
/// sin(2 pi r) = r (2 pi + r^2 p(r^2)), |r| <= 1/8.
template <class T>
inline constexpr std::array<T, 0> sin_turns_tail{};
template <>  // error 2^-33.2
inline constexpr std::array<float, 4> sin_turns_tail<float>{
    -0x1.4abbce0000000p+5F, 0x1.466b820000000p+6F, -0x1.32b45c0000000p+6F, 0x1.465d3e0000000p+5F};
template <>  // error 2^-63.6
inline constexpr std::array<double, 8> sin_turns_tail<double>{
    -0x1.4abbce625be53p+5, 0x1.466bc6775ab85p+6, -0x1.32d2cce63e814p+6, 0x1.507834a9c778ap+5,
    -0x1.e3079367f3d8ap+3, 0x1.e93fad6c957bdp+1, -0x1.9bfa5905421b3p-1, 0x1.6eff23772b47cp+0};
/// cos(2 pi r) = 1 + r^2 p(r^2), |r| <= 1/8.
template <class T>
inline constexpr std::array<T, 0> cos_turns_tail{};
template <>  // error 2^-30.9
inline constexpr std::array<float, 4> cos_turns_tail<float>{
    -0x1.3bd3cc0000000p+4F, 0x1.03c1b60000000p+6F, -0x1.55b68c0000000p+6F, 0x1.d622780000000p+5F};
template <>  // error 2^-61.4
inline constexpr std::array<double, 8> cos_turns_tail<double>{
    -0x1.3bd3cc9be45dep+4, 0x1.03c1f081b5a55p+6, -0x1.55d3c7e3bf875p+6, 0x1.e1f50672c4caap+5,
    -0x1.a6d1dc94146c4p+4, 0x1.f9bb1c9e98460p+2, -0x1.a8a66a06396a3p+0, -0x1.22d1c19b0e932p-1};

}  // namespace monnto::lane::coefficients
