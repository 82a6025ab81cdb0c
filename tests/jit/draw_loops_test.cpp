#include "random_golden.hpp"
#include "reference/draw_loops.hpp"
#include "reference/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>
#include <vector>

namespace monnto {
namespace {

constexpr RandomPosition golden_position{
    .key = golden::key, .step = golden::step, .ordinal = golden::ordinal};

template <class T, std::size_t n, class F>
[[nodiscard]] std::vector<T> filled(F fill) {
    std::array<T, n> values{};
    fill(values.data());
    return std::vector<T>(values.begin(), values.end());
}

TEST(DrawLoops, GiveTheSameBitsOnEveryProcessor) {
    using reference::draw_loops;
    const std::array<std::uint64_t, 64> ranges = [] {
        std::array<std::uint64_t, 64> all{};
        std::iota(all.begin(), all.end(), 0);
        return all;
    }();
    std::array<double, 64> probabilities{};
    std::transform(ranges.begin(), ranges.end(), probabilities.begin(),
                   [](auto i) { return static_cast<double>(i) / 63; });
    const lane::PoissonTable table = lane::poisson_table(3.5);
    const reference::DrawLoops& baseline = draw_loops(Processor::baseline);
    for (int p = 0; p <= static_cast<int>(this_processor()); ++p) {
        const reference::DrawLoops& loops = draw_loops(static_cast<Processor>(p));
        for (std::uint64_t chunk = 0; chunk < 50; ++chunk) {
            const philox::Lanes words = reference::chunk_of(golden_position, chunk);
            for (const auto loop : {&reference::DrawLoops::uniform, &reference::DrawLoops::normal,
                                    &reference::DrawLoops::exponential}) {
                EXPECT_EQ((filled<float, 64>([&](auto* out) { (loops.*loop)(words, out); })),
                          (filled<float, 64>([&](auto* out) { (baseline.*loop)(words, out); })));
            }
            for (const auto loop :
                 {&reference::DrawLoops::uniform_double, &reference::DrawLoops::normal_double,
                  &reference::DrawLoops::exponential_double}) {
                EXPECT_EQ((filled<double, 32>([&](auto* out) { (loops.*loop)(words, out); })),
                          (filled<double, 32>([&](auto* out) { (baseline.*loop)(words, out); })));
            }
            const auto discrete = [&](const reference::DrawLoops& of) {
                return std::tuple(
                    filled<std::int32_t, 32>([&](auto* out) { of.gaps(words, -40.0, out); }),
                    filled<bool, 64>([&](auto* out) { of.bernoulli(words, 0.3, out); }),
                    filled<bool, 64>(
                        [&](auto* out) { of.bernoulli_each(words, probabilities.data(), out); }),
                    filled<std::int64_t, 64>(
                        [&](auto* out) { of.below(words, ranges.data(), out); }),
                    filled<std::int64_t, 64>([&](auto* out) { of.poisson(words, table, out); }));
            };
            EXPECT_EQ(discrete(loops), discrete(baseline));
        }
    }
}

}  // namespace
}  // namespace monnto
