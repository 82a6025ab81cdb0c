// What an iteration allocates once a network is in its steady state: nothing where it is replayed,
// no arrays where it is recorded.
#include "lambda_behavior.hpp"

#include <monnto/array/executor.hpp>
#include <monnto/monnto.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define MONNTO_COUNTS_MALLOC
#endif

#ifdef MONNTO_COUNTS_MALLOC
namespace {
std::atomic<long> blocks{0};   // asked for by anybody in this process, libmonnto.so included
std::atomic<long> aligned{0};  // of them, memory for arrays
}  // namespace

// Functions of this program come before those of the C library, whose own names have a prefix.
// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming,readability-inconsistent-declaration-parameter-name)
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);

void* malloc(std::size_t size) {
    blocks.fetch_add(1, std::memory_order_relaxed);
    return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
    blocks.fetch_add(1, std::memory_order_relaxed);
    return __libc_calloc(count, size);
}
void* realloc(void* block, std::size_t size) {
    blocks.fetch_add(1, std::memory_order_relaxed);
    return __libc_realloc(block, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
    blocks.fetch_add(1, std::memory_order_relaxed);
    aligned.fetch_add(1, std::memory_order_relaxed);
    return __libc_memalign(alignment, size);
}
}
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming,readability-inconsistent-declaration-parameter-name)
#endif

namespace monnto {
namespace {

#ifdef MONNTO_COUNTS_MALLOC

/// The published basic network: threshold, reset, decay, noise, and a product with spikes.
void build(Network& net, bool is_static) {
    net.add_neurons("n", 100,
                    {{1, support::repeating(
                             is_static,
                             [](Object& n) {
                                 n["v"] = n.from_mode("uniform");
                                 n["spike"] = n["v"] > 0.5;
                                 n["W"] = zeros({100, 100}, DType::f32) + 0.001;
                             },
                             [](Object& n) {
                                 n["spike"] = n["v"] > 0.5;
                                 n["v"](n["spike"]) = 0.0;
                                 n["v"] *= 0.9;
                                 n["v"] += n.from_mode("uniform") * 0.1;
                                 n["v"] += matmul(n["W"], n["spike"]) * 0.5;
                             })}});
    net.initialize();
}

/// What 100 iterations ask for after so many.
struct Asked {
    long blocks, aligned;
};
[[nodiscard]] Asked asked_for(Network& net, int after) {
    for (int i = 0; i < after; ++i) {
        net.simulate_iteration();
    }
    const Asked before{blocks, aligned};
    for (int i = 0; i < 100; ++i) {
        net.simulate_iteration();
    }
    return {blocks - before.blocks, aligned - before.aligned};
}

TEST(SteadyStateTest, TheCounterSeesWhatTheLibraryAllocates) {
    const long before = blocks;
    const Array fresh = zeros({200'000}, DType::f32);
    evaluate_pending();
    EXPECT_GT(blocks, before);
}

TEST(SteadyStateTest, AReplayedIterationAllocatesNothing) {
    Network net({.seed = 1, .threads = 1});
    build(net, true);
    const std::uint64_t replayed = counters().replayed;
    // The first is recorded, the next two for the plan.
    const Asked asked = asked_for(net, 3);
    ASSERT_GE(counters().replayed - replayed, 100U) << net.replay_status();
    EXPECT_EQ(asked.blocks, 0);
}

TEST(SteadyStateTest, ARecordedIterationReusesTheMemoryOfArraysAndNodes) {
    Network net({.seed = 1, .threads = 1});
    build(net, false);
    for (int i = 0; i < 5; ++i) {
        net.simulate_iteration();
    }
    const std::size_t nodes = nodes_alive();
    const std::size_t bytes = Buffer::bytes_alive();
    const Asked asked = asked_for(net, 0);
    EXPECT_EQ(asked.aligned, 0);
    EXPECT_EQ(nodes_alive(), nodes);
    EXPECT_EQ(Buffer::bytes_alive(), bytes);
}

#endif

}  // namespace
}  // namespace monnto
