#include "kernel_executors.hpp"
#include "team.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <numeric>

namespace monnto {
namespace {

class ThreadsScope {
public:
    explicit ThreadsScope(int count) { set_threads(count); }
    ThreadsScope(const ThreadsScope&) = delete;
    ThreadsScope& operator=(const ThreadsScope&) = delete;
    ~ThreadsScope() { set_threads(0); }
};

TEST(TeamTest, CallsEveryIndexOnceAndWaitsForAll) {
    Team crew(4);
    for (int round = 0; round < 200; ++round) {
        std::array<std::atomic<int>, 9> calls{};
        crew.run(9, [&](int index) { ++calls[static_cast<std::size_t>(index)]; });
        for (const auto& each : calls) {
            EXPECT_EQ(each.load(), 1);
        }
    }
}

TEST(TeamTest, WakesUpAfterItFellAsleep) {
    Team crew(3);
    std::atomic<int> calls{0};
    crew.run(3, [&](int) { ++calls; });
    usleep(20'000);  // beyond the time that it spins
    crew.run(3, [&](int) { ++calls; });
    EXPECT_EQ(calls.load(), 6);
}

TEST(TeamTest, DealsBlocksOutWithoutGapsOrOverlaps) {
    for (const std::ptrdiff_t count : {0, 1, 5, 64, 1001}) {
        std::ptrdiff_t next = 0;
        for (int index = 0; index < 7; ++index) {
            const Team::Part part = Team::part_of(count, 7, index);
            EXPECT_EQ(part.first, next);
            next = part.last;
        }
        EXPECT_EQ(next, count);
    }
}

TEST(S23TeamTest, AForkedChildWorksWithThreadsOfItsOwn) {
    Team crew(2);
    crew.run(2, [](int) {});
    const pid_t child = fork();
    if (child == 0) {
        std::atomic<int> calls{0};
        crew.run(3, [&](int) { ++calls; });
        _exit(calls.load() == 3 ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
}

/// v * 0.9 + noise, its sum, and a product with a matrix: everything that threads share out.
[[nodiscard]] support::Recorded work() {
    const Shape shape{200'003};
    std::vector<float> start(200'003);
    std::iota(start.begin(), start.end(), 0.5F);
    RandomAttr draw;
    draw.position = {7, 8, 9};
    const NodeRef v = support::settled(start, shape);
    const NodeRef noise = support::recorded(Op::random, DType::f32, shape, {}, draw);
    const NodeRef root = support::recorded(Op::sqrt, DType::f32, shape, {v});
    const NodeRef sum = support::recorded(Op::add, DType::f32, shape, {root, noise});
    const NodeRef total = support::recorded(Op::sum, DType::f32, {}, {sum}, AxesAttr{0xFF, false});
    std::vector<float> weights(std::size_t{700} * 700);
    std::iota(weights.begin(), weights.end(), 1.0F);
    const NodeRef product =
        support::recorded(Op::matmul, DType::f32, Shape{700},
                          {support::settled(weights, Shape{700, 700}),
                           support::settled(std::vector<float>(700, 0.1F), Shape{700})});
    return {{noise, root, sum, total, product}, {sum, total, product}};
}

TEST(S16TeamTest, BitsDoNotDependOnTheNumberOfThreads) {
    support::Recorded expected = work();
    ReferenceExecutor reference;
    {
        const ThreadsScope one(1);
        support::run_on(reference, expected);
    }
    for (const int count : {1, 2, 3, 7}) {
        const ThreadsScope scope(count);
        SCOPED_TRACE(count);
        const std::uint64_t parallel = counters().parallel;
        support::expect_same_bits(work);
        support::Recorded interpreted = work();
        support::run_on(reference, interpreted);
        for (std::size_t i = 0; i < expected.wanted.size(); ++i) {
            EXPECT_TRUE(support::same_bits(expected.wanted[i], interpreted.wanted[i]));
        }
        EXPECT_EQ(counters().parallel > parallel, count > 1);
    }
}

}  // namespace
}  // namespace monnto
