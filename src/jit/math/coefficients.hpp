#pragma once

// Written by tools/make_coefficients.py; do not edit.

#include <array>

/// Polynomials of the elementary functions, lowest coefficient first, with the largest error that
/// each adds to its function (relative to the function where nothing else is said).
namespace monnto::lane::coefficients {

// NOLINTBEGIN(modernize-use-std-numbers)

/// exp(r) = 1 + r + r^2 p(r), |r| <= ln(2) / 2.
template <class T>
inline constexpr std::array<T, 0> exp_tail{};
template <>  // error 2^-28.3
inline constexpr std::array<float, 5> exp_tail<float>{
    0x1.fffffcp-2F, 0x1.555492p-3F, 0x1.5558aap-5F, 0x1.12397ep-7F, 0x1.6a53d6p-10F};
template <>  // error 2^-57.9
inline constexpr std::array<double, 10> exp_tail<double>{
    0x1.000000000000ap-1,  0x1.5555555555501p-3,  0x1.55555555506b4p-5,  0x1.1111111125fep-7,
    0x1.6c16c18479567p-10, 0x1.a01a01339a137p-13, 0x1.a019995832d5ap-16, 0x1.71df1105ee071p-19,
    0x1.28ae033758a2ep-22, 0x1.ad9f13faa2e53p-26};

/// 2^r = 1 + r p(r), |r| <= 1/2.
template <class T>
inline constexpr std::array<T, 0> exp2_tail{};
template <>  // error 2^-27.9
inline constexpr std::array<float, 6> exp2_tail<float>{0x1.62e43p-1F,   0x1.ebfbd6p-3F,
                                                       0x1.c6af76p-5F,  0x1.3b3208p-7F,
                                                       0x1.5f0b86p-10F, 0x1.3eb4c8p-13F};
template <>  // error 2^-57.4
inline constexpr std::array<double, 11> exp2_tail<double>{
    0x1.62e42fefa39efp-1,  0x1.ebfbdff82c5a4p-3,  0x1.c6b08d704a127p-5,  0x1.3b2ab6fba01b1p-7,
    0x1.5d87fe78a0015p-10, 0x1.4309130ebeed2p-13, 0x1.ffcbfc5e68034p-17, 0x1.62bfc7d6c8ecp-20,
    0x1.b525354ea8153p-24, 0x1.e61af5fc9070dp-28, 0x1.e9558a8d5639cp-32};

/// log(1 + f) = f - f^2 / 2 + f^3 p(f), sqrt(1/2) <= 1 + f <= sqrt(2).
template <class T>
inline constexpr std::array<T, 0> log_tail{};
template <>  // error 2^-27.3
inline constexpr std::array<float, 8> log_tail<float>{
    0x1.555554p-2F, -0x1.000228p-2F, 0x1.99a022p-3F, -0x1.547218p-3F,
    0x1.22d85ep-3F, -0x1.0d8546p-3F, 0x1.05655p-3F,  -0x1.38cb46p-4F};
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
inline constexpr std::array<float, 4> sin_turns_tail<float>{-0x1.4abbcep+5F, 0x1.466b82p+6F,
                                                            -0x1.32b45cp+6F, 0x1.465d3ep+5F};
template <>  // error 2^-63.6
inline constexpr std::array<double, 8> sin_turns_tail<double>{
    -0x1.4abbce625be53p+5, 0x1.466bc6775ab85p+6, -0x1.32d2cce63e814p+6, 0x1.507834a9c778ap+5,
    -0x1.e3079367f3d8ap+3, 0x1.e93fad6c957bdp+1, -0x1.9bfa5905421b3p-1, 0x1.6eff23772b47cp+0};

/// cos(2 pi r) = 1 + r^2 p(r^2), |r| <= 1/8.
template <class T>
inline constexpr std::array<T, 0> cos_turns_tail{};
template <>  // error 2^-30.9
inline constexpr std::array<float, 4> cos_turns_tail<float>{-0x1.3bd3ccp+4F, 0x1.03c1b6p+6F,
                                                            -0x1.55b68cp+6F, 0x1.d62278p+5F};
template <>  // error 2^-61.4
inline constexpr std::array<double, 8> cos_turns_tail<double>{
    -0x1.3bd3cc9be45dep+4, 0x1.03c1f081b5a55p+6, -0x1.55d3c7e3bf875p+6, 0x1.e1f50672c4caap+5,
    -0x1.a6d1dc94146c4p+4, 0x1.f9bb1c9e9846p+2,  -0x1.a8a66a06396a3p+0, -0x1.22d1c19b0e932p-1};

/// sin(r) = r + r^3 p(r^2), |r| <= pi/4.
template <class T>
inline constexpr std::array<T, 0> sin_tail{};
template <>  // error 2^-27.9
inline constexpr std::array<float, 3> sin_tail<float>{-0x1.555544p-3F, 0x1.1106cap-7F,
                                                      -0x1.991e08p-13F};
template <>  // error 2^-57.7
inline constexpr std::array<double, 6> sin_tail<double>{
    -0x1.5555555555547p-3, 0x1.111111110f576p-7,   -0x1.a01a019bae1fbp-13,
    0x1.71de351f8dc2dp-19, -0x1.ae5e200222a9dp-26, 0x1.5d7e5aebf21cap-33};

/// cos(r) = 1 + r^2 p(r^2), |r| <= pi/4.
template <class T>
inline constexpr std::array<T, 0> cos_tail{};
template <>  // error 2^-32.7
inline constexpr std::array<float, 4> cos_tail<float>{-0x1.p-1F, 0x1.55554ap-5F, -0x1.6c0c16p-10F,
                                                      0x1.99df46p-16F};
template <>  // error 2^-63.7
inline constexpr std::array<double, 7> cos_tail<double>{-0x1.p-1,
                                                        0x1.5555555555549p-5,
                                                        -0x1.6c16c16c14bf2p-10,
                                                        0x1.a01a019c2ab1ap-16,
                                                        -0x1.27e4f7aa54c4ep-22,
                                                        0x1.1ee9abf87a4bap-29,
                                                        -0x1.8f8df1eba86d9p-37};

/// tan(r) = r + r^3 p(r^2), |r| <= pi/4.
template <class T>
inline constexpr std::array<T, 0> tan_tail{};
template <>  // error 2^-29.3
inline constexpr std::array<float, 7> tan_tail<float>{
    0x1.555562p-2F, 0x1.110d12p-3F,   0x1.baf30ep-5F, 0x1.5bb636p-6F,
    0x1.684c5ep-7F, -0x1.f168bap-14F, 0x1.25b278p-8F};
template <>  // error 2^-59.5
inline constexpr std::array<double, 15> tan_tail<double>{
    0x1.5555555555561p-2,  0x1.111111111023ep-3,   0x1.ba1ba1baef39bp-5,  0x1.664f4852f710ep-6,
    0x1.226e3bc8898ffp-7,  0x1.d6d2b2a0963bdp-9,   0x1.7db47cd2a104ap-10, 0x1.349f02ff657b5p-11,
    0x1.0065c9744faa2p-12, 0x1.563fbe748853bp-14,  0x1.28e1bdae1e3e3p-14, -0x1.f96dc9504a7f8p-16,
    0x1.b75f6049e7aaep-15, -0x1.b644de518772dp-16, 0x1.5693706eb159p-17};

/// arcsin(x) = x + x^3 p(x^2), |x| <= 1/2.
template <class T>
inline constexpr std::array<T, 0> arcsin_tail{};
template <>  // error 2^-27.6
inline constexpr std::array<float, 5> arcsin_tail<float>{
    0x1.5555c8p-3F, 0x1.330206p-4F, 0x1.747b72p-5F, 0x1.8c415ap-6F, 0x1.5959aap-5F};
template <>  // error 2^-55.9
inline constexpr std::array<double, 12> arcsin_tail<double>{
    0x1.555555555539p-3,  0x1.333333336e7fp-4,  0x1.6db6db427c348p-5,  0x1.f1c72c3840961p-6,
    0x1.6e89f45346b01p-6, 0x1.1c6be075edff8p-6, 0x1.c6fdd9de973d2p-7,  0x1.8ec25b40d6f28p-7,
    0x1.abd4da43b63d6p-8, 0x1.3ff0e73d0adb8p-6, -0x1.09cd46f5f05e9p-6, 0x1.056b6bbac01a5p-5};

/// arctan(x) = x + x^3 p(x^2), |x| <= 1.
template <class T>
inline constexpr std::array<T, 0> arctan_tail{};
template <>  // error 2^-28.5
inline constexpr std::array<float, 9> arctan_tail<float>{
    -0x1.55553ep-2F, 0x1.9991eap-3F,  -0x1.2420fap-3F, 0x1.c092dcp-4F,  -0x1.5820e8p-4F,
    0x1.da89d2p-5F,  -0x1.fe56fap-6F, 0x1.6527a6p-7F,  -0x1.d5546ap-10F};
template <>  // error 2^-57.6
inline constexpr std::array<double, 20> arctan_tail<double>{
    -0x1.5555555555525p-2, 0x1.99999999954cp-3,   -0x1.249249237c8cap-3,  0x1.c71c717f42da6p-4,
    -0x1.745d11a5de8d9p-4, 0x1.3b13663f8a2bp-4,   -0x1.110e4e7e2cbf7p-4,  0x1.e1bb88f1b0c35p-5,
    -0x1.ae5df7378e869p-5, 0x1.82d94981bb0fdp-5,  -0x1.59a01a06f51abp-5,  0x1.2c26bd04d3e7p-5,
    -0x1.e9e2b7a4f60cfp-6, 0x1.682100259cc14p-6,  -0x1.c75ce58f1d8c4p-7,  0x1.d772d7dc076e5p-8,
    -0x1.79f2d1d81613fp-9, 0x1.b398cf07c927cp-11, -0x1.3ee2f44610ed8p-13, 0x1.bb6a4d08c5a6cp-17};

/// sinh(r) = r + r^3 p(r^2), |r| <= ln(2) / 2.
template <class T>
inline constexpr std::array<T, 0> sinh_tail{};
template <>  // error 2^-34.1
inline constexpr std::array<float, 3> sinh_tail<float>{0x1.555556p-3F, 0x1.110fep-7F,
                                                       0x1.a293d2p-13F};
template <>  // error 2^-64.8
inline constexpr std::array<double, 6> sinh_tail<double>{
    0x1.5555555555555p-3,  0x1.1111111111311p-7,  0x1.a01a019f0dc35p-13,
    0x1.71de3e539fac9p-19, 0x1.ae562370310a4p-26, 0x1.747d71d83f5fbp-33};

/// cosh(r) = 1 + r^2 p(r^2), |r| <= ln(2) / 2.
template <class T>
inline constexpr std::array<T, 0> cosh_tail{};
template <>  // error 2^-33.2
inline constexpr std::array<float, 3> cosh_tail<float>{0x1.p-1F, 0x1.5554e4p-5F, 0x1.6d514ap-10F};
template <>  // error 2^-70.0
inline constexpr std::array<double, 6> cosh_tail<double>{0x1.p-1,
                                                         0x1.5555555555558p-5,
                                                         0x1.6c16c16c1501p-10,
                                                         0x1.a01a01ad742c8p-16,
                                                         0x1.27e4cc2f5374ap-22,
                                                         0x1.1f8ba5a12714cp-29};

/// tanh(x) = x + x^3 p(x^2), |x| <= 9/16.
template <class T>
inline constexpr std::array<T, 0> tanh_tail{};
template <>  // error 2^-29.4
inline constexpr std::array<float, 5> tanh_tail<float>{
    -0x1.555548p-2F, 0x1.110c64p-3F, -0x1.b90758p-5F, 0x1.582242p-6F, -0x1.94be68p-8F};
template <>  // error 2^-54.8
inline constexpr std::array<double, 10> tanh_tail<double>{
    -0x1.555555555543dp-2,  0x1.11111110fbf3dp-3, -0x1.ba1ba1a872c92p-5,  0x1.664f44d842594p-6,
    -0x1.226dc50bd211dp-7,  0x1.d6c31aa7d7e3fp-9, -0x1.7cd654e6c4ebep-10, 0x1.2ef61245139f4p-11,
    -0x1.b4af41bc93f97p-13, 0x1.a0185854898p-15};

/// arcsinh(x) = x + x^3 p(x^2), |x| <= 1/2.
template <class T>
inline constexpr std::array<T, 0> arcsinh_tail{};
template <>  // error 2^-29.6
inline constexpr std::array<float, 5> arcsinh_tail<float>{
    -0x1.555536p-3F, 0x1.3324fap-4F, -0x1.6b971cp-5F, 0x1.cd7464p-6F, -0x1.b18df2p-7F};
template <>  // error 2^-60.4
inline constexpr std::array<double, 12> arcsinh_tail<double>{
    -0x1.5555555555541p-3, 0x1.3333333330755p-4, -0x1.6db6db6ba6197p-5, 0x1.f1c71ba99e427p-6,
    -0x1.6e8b8ca4e650dp-6, 0x1.1c4d2f916d06cp-6, -0x1.c972e97e1a1f6p-7, 0x1.7941e2a5e0ab9p-7,
    -0x1.386a13d26fc52p-7, 0x1.e94363cfaa119p-8, -0x1.3721184168679p-8, 0x1.c25ffd9d583c7p-10};

/// arctanh(x) = x + x^3 p(x^2), |x| <= 1/2.
template <class T>
inline constexpr std::array<T, 0> arctanh_tail{};
template <>  // error 2^-29.4
inline constexpr std::array<float, 6> arctanh_tail<float>{
    0x1.55554p-2F, 0x1.99a672p-3F, 0x1.234e02p-3F, 0x1.e3f854p-4F, 0x1.a6f85p-5F, 0x1.6924bp-3F};
template <>  // error 2^-57.1
inline constexpr std::array<double, 13> arctanh_tail<double>{
    0x1.55555555555ccp-2, 0x1.99999999878adp-3, 0x1.2492492c403e9p-3, 0x1.c71c6e7e38079p-4,
    0x1.745d81186fe36p-4, 0x1.3b0b29e1d84cfp-4, 0x1.11875e3ae3298p-4, 0x1.d90930ed80153p-5,
    0x1.ea1785cd38b6ap-5, 0x1.dd1365b87370cp-7, 0x1.28d675385c00ap-3, -0x1.39293a52efe7p-3,
    0x1.cc5c58f328d3ap-3};

/// erf(x) = x + x p(x^2), |x| <= 1.
template <class T>
inline constexpr std::array<T, 0> erf_near{};
template <>  // error 2^-29.3
inline constexpr std::array<float, 7> erf_near<float>{
    0x1.06eba8p-3F, -0x1.81273ep-2F,  0x1.ce2cf2p-4F, -0x1.b7f88cp-6F,
    0x1.54017p-8F,  -0x1.a3d7ecp-11F, 0x1.4916f2p-14F};
template <>  // error 2^-56.3
inline constexpr std::array<double, 15> erf_near<double>{
    0x1.06eba8214db69p-3,  -0x1.812746b037a06p-2,  0x1.ce2f21a044002p-4,  -0x1.b82ce312e981p-6,
    0x1.565bcd1ee4dc2p-8,  -0x1.c02db786f8682p-11, 0x1.f9a3a81b27859p-14, -0x1.f4df2d08441b6p-17,
    0x1.bacd5da89fc93p-20, -0x1.6b02717ae1104p-23, 0x1.676a1ab778946p-26, -0x1.9ebfa45545698p-28,
    0x1.62b0914138adcp-29, -0x1.a63a1a60f445bp-31, 0x1.cd640430b31e2p-34};

/// erf(x) = 1 - exp(p(x)), 1 <= x <= 6.
template <class T>
inline constexpr std::array<T, 0> erf_far{};
template <>  // error 2^-29.8
inline constexpr std::array<float, 7> erf_far<float>{
    -0x1.673672p-12F, -0x1.2088a2p+0F, -0x1.46bbe2p-1F, -0x1.a64c6ep-4F,
    0x1.65be12p-6F,   -0x1.823f78p-9F, 0x1.86af58p-13F};
template <>  // error 2^-57.0
inline constexpr std::array<double, 18> erf_far<double>{
    -0x1.0dfe40371d9bcp-21, -0x1.20dd1fd1ee7d4p+0,  -0x1.45f62764bd942p-1,  -0x1.a4ac5b3d4bde2p-4,
    0x1.37228b6e84909p-6,   0x1.ae964db977746p-12,  -0x1.f641942cfe849p-10, 0x1.940b365a53484p-11,
    -0x1.1b3b9ae1d0abp-13,  -0x1.53f93443f4529p-16, 0x1.7ee19c1af834dp-16,  -0x1.22cfdd97a04ebp-17,
    0x1.1ea30fd4f6f03p-19,  -0x1.90d1a49e02953p-22, 0x1.8ec1f4ef08773p-25,  -0x1.0e5a29e5c07f2p-28,
    0x1.c1adcd1285e9cp-33,  -0x1.5acfb5685ac99p-38};

/// 1 / cbrt(1 + f), a first guess.
template <class T>
inline constexpr std::array<T, 0> reciprocal_cbrt{};
template <>  // error 2^-11.9
inline constexpr std::array<float, 4> reciprocal_cbrt<float>{0x1.ffe302p-1F, -0x1.56b488p-2F,
                                                             0x1.e6d712p-3F, -0x1.449d2ap-3F};
template <>  // error 2^-11.9
inline constexpr std::array<double, 4> reciprocal_cbrt<double>{
    0x1.ffe302ca9dcd1p-1, -0x1.56b48aa1da0b7p-2, 0x1.e6d6e58da7612p-3, -0x1.449cce26073b6p-3};

/// log((1 + s) / (1 - s)) = 2 s + 2/3 s^3 + s^5 p(s^2), |s| <= 3 - 2 sqrt(2).
template <class T>
inline constexpr std::array<T, 0> pow_log_tail{};
template <>  // error 2^-73.5
inline constexpr std::array<double, 8> pow_log_tail<double>{
    0x1.9999999999996p-2, 0x1.2492492492f47p-2, 0x1.c71c71c598462p-3, 0x1.745d1828684b8p-3,
    0x1.3b13650b7d44ep-3, 0x1.1120653042dbep-3, 0x1.de3f00217d76bp-4, 0x1.eab9133d0f561p-4};

/// log2(1 + f) = f p(f), for powers of floats.
template <class T>
inline constexpr std::array<T, 0> pow_log2_short{};
template <>  // error 2^-35.8
inline constexpr std::array<double, 13> pow_log2_short<double>{
    0x1.71547652a1ef6p+0, -0x1.715476565fd9p-1,  0x1.ec709ebb600ddp-2, -0x1.7154709373d07p-2,
    0x1.2776520cfce3dp-2, -0x1.ec72b77f1793p-3,  0x1.a63f4141f8362p-3, -0x1.714141c27acb4p-3,
    0x1.452923dcec545p-3, -0x1.253141e1d172ap-3, 0x1.28735840b3447p-3, -0x1.248093e501fe6p-3,
    0x1.3cd1e20292b85p-4};

/// 2^r = 1 + r p(r), for powers of floats.
template <class T>
inline constexpr std::array<T, 0> pow_exp2_short{};
template <>  // error 2^-28.9
inline constexpr std::array<double, 6> pow_exp2_short<double>{
    0x1.62e430af8253dp-1, 0x1.ebfbdc3d9a63bp-3,  0x1.c6aee83b1bf5cp-5,
    0x1.3b2d4b9c48613p-7, 0x1.5f3e737628afcp-10, 0x1.41fcc6bf96308p-13};

// NOLINTEND(modernize-use-std-numbers)

}  // namespace monnto::lane::coefficients
