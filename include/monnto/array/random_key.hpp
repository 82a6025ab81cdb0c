#pragma once

#include <cstdint>

namespace monnto {

/// Distributions that kernels draw themselves; all others are built from these or drawn by the
/// host.
enum class Distribution : std::uint8_t {
    uniform,      // [0, 1): f32 from the upper 24 bits of one word, f64 from 53 bits of two
    normal,       // standard normal, Box-Muller
    exponential,  // mean 1: -log1p(-u)
    bits,         // raw words: u32, or u64 of two words
    integers,     // inputs: low, high (i64, exclusive); result i64
    poisson,      // input: rate; result i64
    bernoulli,    // input: probability; result bool
    sparse_mask,  // `probability`: bool with independent entries, drawn by geometric skips (S18,
                  // D4)
};

/// Where a draw stands in the network's life (S18): the key names the stream, step and ordinal the
/// draw within it. Equal positions give equal numbers on every machine, for every number of
/// threads.
struct RandomPosition {
    std::uint64_t key = 0;      // hash(seed, object in creation order, behavior key, phase)
    std::uint64_t step = 0;     // engine step: only grows
    std::uint32_t ordinal = 0;  // of the draw within that call
    friend bool operator==(const RandomPosition&, const RandomPosition&) = default;
};

struct RandomAttr {
    Distribution distribution = Distribution::uniform;
    RandomPosition position;
    double probability = 1.0;  // of sparse_mask
    friend bool operator==(const RandomAttr&, const RandomAttr&) = default;
};

}  // namespace monnto
