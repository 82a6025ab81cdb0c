#include "team.hpp"

#include <monnto/array/executor.hpp>

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace monnto {
namespace {

void pause_briefly() noexcept {
#if defined(__x86_64__)
    _mm_pause();
#endif
}

/// Waits until `value` is no longer `old`: spinning for the time that a network needs between two
/// kernels, then asleep.
void wait_for_change(const std::atomic<std::uint32_t>& value, std::uint32_t old,
                     std::chrono::microseconds spinning) noexcept {
    const auto end = std::chrono::steady_clock::now() + spinning;
    while (true) {
        for (int i = 0; i < 64; ++i) {
            if (value.load(std::memory_order_acquire) != old) {
                return;
            }
            pause_briefly();
        }
        if (std::chrono::steady_clock::now() > end) {
            value.wait(old, std::memory_order_acquire);
        }
    }
}

}  // namespace

struct Team::Crew {
    explicit Crew(int workers) : owner(getpid()) {
        for (int i = 0; i < workers; ++i) {
            threads.emplace_back([this, i] { serve(i + 1); });
        }
    }
    Crew(const Crew&) = delete;
    Crew& operator=(const Crew&) = delete;
    ~Crew() {
        stop = true;
        start();
        for (std::thread& thread : threads) {
            thread.join();
        }
    }

    void start() noexcept {
        busy.store(static_cast<std::uint32_t>(threads.size()), std::memory_order_relaxed);
        round.fetch_add(1, std::memory_order_release);
        round.notify_all();
    }

    void serve(int index) {
        std::uint32_t seen = 0;
        while (true) {
            wait_for_change(round, seen, std::chrono::microseconds(100));
            ++seen;
            if (stop) {
                return;
            }
            (*work)(index);
            if (busy.fetch_sub(1, std::memory_order_acq_rel) == 1) {
                busy.notify_one();
            }
        }
    }

    void wait() const noexcept {
        for (std::uint32_t left = busy.load(std::memory_order_acquire); left != 0;
             left = busy.load(std::memory_order_acquire)) {
            wait_for_change(busy, left, std::chrono::microseconds(1000));
        }
    }

    pid_t owner;
    std::vector<std::thread> threads;
    const std::function<void(int)>* work = nullptr;
    std::atomic<std::uint32_t> round{0};
    std::atomic<std::uint32_t> busy{0};
    std::atomic<bool> stop{false};
};

Team::Team(int size) : size_(std::max(size, 1)) {}

Team::~Team() {
    if (crew_ && crew_->owner != getpid()) {
        // The threads stayed in the parent; joining them here would wait for ever.
        static_cast<void>(crew_.release());  // NOLINT(bugprone-unused-return-value)
    }
}

void Team::run(const std::function<void(int)>& work) {
    if (size_ == 1) {
        work(0);
        return;
    }
    if (crew_ && crew_->owner != getpid()) {
        static_cast<void>(crew_.release());  // NOLINT(bugprone-unused-return-value)
    }
    if (!crew_) {
        crew_ = std::make_unique<Crew>(size_ - 1);
    }
    crew_->work = &work;
    crew_->start();
    work(0);
    crew_->wait();
}

Team::Part Team::part_of(std::ptrdiff_t count, int parts, int index) noexcept {
    return {count * index / parts, count * (index + 1) / parts};
}

Team& team() {
    static std::unique_ptr<Team> present;
    const int wanted = threads();
    if (!present || present->size() != wanted) {
        present = std::make_unique<Team>(wanted);
    }
    return *present;
}

void in_parallel(std::ptrdiff_t count, std::ptrdiff_t block, std::ptrdiff_t work,
                 const std::function<void(std::ptrdiff_t, std::ptrdiff_t)>& part) {
    // About 20 us of work: a hundred times what meeting costs a team that is awake.
    constexpr std::ptrdiff_t worth_waking = 300'000;
    const std::ptrdiff_t blocks = (count + block - 1) / block;
    const int parts = static_cast<int>(std::min<std::ptrdiff_t>(threads(), blocks));
    if (work < worth_waking || parts < 2) {
        part(0, count);
        return;
    }
    ++counters().parallel;
    team().run([&](int index) {
        if (index < parts) {
            const Team::Part mine = Team::part_of(blocks, parts, index);
            part(mine.first * block, std::min(mine.last * block, count));
        }
    });
}

}  // namespace monnto
