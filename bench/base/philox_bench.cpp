// What does a random word of the counter-based generator cost, one block at a time and in lanes?
#include <monnto/base/philox.hpp>

#include <benchmark/benchmark.h>

#include <array>
#include <cstdint>

namespace {

using monnto::philox::Block;

// The published answer for counter 0 under key 0: a bench of a wrong generator measures nothing.
bool is_philox() {
    const Block expected{0x6627e8d5U, 0xe169c58dU, 0xbc57ac4cU, 0x9b00dbd8U};
    return monnto::philox::block({}, 0) == expected;
}

void words_of_single_blocks(benchmark::State& state) {
    if (!is_philox()) {
        state.SkipWithError("the generator is not Philox4x32-10");
    }
    std::uint32_t counter = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(monnto::philox::block({counter++, 0, 0, 0}, 42));
    }
    state.SetItemsProcessed(state.iterations() * 4);
}
BENCHMARK(words_of_single_blocks);

void words_of_lanes(benchmark::State& state) {
    std::uint32_t counter = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(monnto::philox::block_lanes({counter, 0, 0, 0}, 42));
        counter += monnto::philox::lanes;
    }
    state.SetItemsProcessed(state.iterations() * 4 *
                            static_cast<std::int64_t>(monnto::philox::lanes));
}
BENCHMARK(words_of_lanes);

}  // namespace
