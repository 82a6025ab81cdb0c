#include "team.hpp"

#include <monnto/array/executor.hpp>
#include <monnto/base/host_lock.hpp>

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
            threads.emplace_back([this] { serve(); });
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

    /// Wakes everybody; who comes finds the pieces in `ticket`.
    void start() noexcept {
        round.fetch_add(1, std::memory_order_release);
        round.notify_all();
    }

    void share_out(std::uint32_t pieces, const std::function<void(int)>& all) noexcept {
        work = &all;
        done.store(0, std::memory_order_relaxed);
        front.store(0, std::memory_order_relaxed);
        back.store(pieces, std::memory_order_relaxed);
        ticket.store(std::uint64_t{pieces} << 32U, std::memory_order_release);
        start();
        take_pieces(true);
        for (std::uint32_t ready = done.load(std::memory_order_acquire); ready != pieces;
             ready = done.load(std::memory_order_acquire)) {
            wait_for_change(done, ready, std::chrono::microseconds(1000));
        }
    }

    /// Runs pieces until none is left. A ticket holds how many there are and the next one's number:
    /// whoever draws a number below the count has a piece of the round that the ticket belongs to,
    /// and that round does not end before the piece is done. The caller takes pieces from the
    /// front, others from the back, so that a piece of the next kernel is mostly where its data
    /// are: what another core has written is twice as far as the third cache.
    void take_pieces(bool is_caller) noexcept {
        while (true) {
            const std::uint64_t drawn = ticket.fetch_add(1, std::memory_order_acq_rel);
            const auto piece = static_cast<std::uint32_t>(drawn);
            if (piece >= drawn >> 32U) {
                return;
            }
            const std::uint32_t mine = is_caller ? front.fetch_add(1, std::memory_order_relaxed)
                                                 : back.fetch_sub(1, std::memory_order_relaxed) - 1;
            (*work)(static_cast<int>(mine));
            done.fetch_add(1, std::memory_order_acq_rel);
            done.notify_one();
        }
    }

    void serve() noexcept {
        std::uint32_t seen = 0;
        while (!stop) {
            wait_for_change(round, seen, std::chrono::microseconds(100));
            seen = round.load(std::memory_order_acquire);
            take_pieces(false);
        }
    }

    pid_t owner;
    std::vector<std::thread> threads;
    const std::function<void(int)>* work = nullptr;
    std::atomic<std::uint64_t> ticket{0};
    std::atomic<std::uint32_t> round{0};
    std::atomic<std::uint32_t> done{0};  // pieces of this round
    std::atomic<std::uint32_t> front{0};
    std::atomic<std::uint32_t> back{0};
    std::atomic<bool> stop{false};
};

Team::Team(int size) : size_(std::max(size, 1)) {}

Team::~Team() {
    if (crew_ && crew_->owner != getpid()) {
        // The threads stayed in the parent; joining them here would wait for ever.
        static_cast<void>(crew_.release());  // NOLINT(bugprone-unused-return-value)
    }
}

void Team::run(int pieces, const std::function<void(int)>& work) {
    if (size_ == 1 || pieces == 1) {
        for (int piece = 0; piece < pieces; ++piece) {
            work(piece);
        }
        return;
    }
    if (crew_ && crew_->owner != getpid()) {
        static_cast<void>(crew_.release());  // NOLINT(bugprone-unused-return-value)
    }
    if (!crew_) {
        crew_ = std::make_unique<Crew>(size_ - 1);
    }
    crew_->share_out(static_cast<std::uint32_t>(pieces), work);
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
    // About 3 us of work: ten times what meeting costs a team that is awake.
    constexpr std::ptrdiff_t worth_waking = 50'000;
    // Several pieces for each thread: one that is held up elsewhere leaves its share to the others.
    constexpr std::ptrdiff_t pieces_per_thread = 4;
    // About 50 us, as S23 asks.
    constexpr std::ptrdiff_t worth_a_pause = 600'000;
    const std::ptrdiff_t blocks = (count + block - 1) / block;
    const int pieces =
        static_cast<int>(std::min<std::ptrdiff_t>(pieces_per_thread * threads(), blocks));
    const HostPause others(work >= worth_a_pause);
    if (work < worth_waking || pieces < 2 || threads() < 2) {
        part(0, count);
        return;
    }
    ++counters().parallel;
    const auto run_piece = [&](int index) {
        const Team::Part mine = Team::part_of(blocks, pieces, index);
        part(mine.first * block, std::min(mine.last * block, count));
    };
    team().run(pieces, std::cref(run_piece));  // small enough for a function that allocates nothing
}

}  // namespace monnto
