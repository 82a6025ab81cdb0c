#include <monnto/core/random_stream.hpp>

#include <bit>

namespace monnto {
namespace {

// The finalizer of splitmix64: every bit of the input reaches every bit of the output.
std::uint64_t mixed(std::uint64_t x) noexcept {
    x += 0x9E3779B97F4A7C15ULL;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31U);
}

}  // namespace

std::uint64_t stream_key(std::uint64_t seed, std::uint64_t creation_index, double behavior_key,
                         Phase phase) noexcept {
    // -0.0 and 0.0 are one key of a behavior, so they are one stream.
    const double key = behavior_key == 0.0 ? 0.0 : behavior_key;
    std::uint64_t state = mixed(seed);
    state = mixed(state ^ creation_index);
    state = mixed(state ^ std::bit_cast<std::uint64_t>(key));
    return mixed(state ^ static_cast<std::uint64_t>(phase));
}

}  // namespace monnto
