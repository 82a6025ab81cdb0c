#include "parallel.hpp"

#include <monnto/array/executor.hpp>

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>
#include <vector>

namespace monnto {
namespace {

constexpr double worth_starting = 20'000;  // about 100 us of work; a thread starts in 20

}  // namespace

void for_lines(std::int64_t count, std::int64_t block, double cost,
               const std::function<void(std::int64_t, std::int64_t)>& work) {
    const std::int64_t pieces = (count + block - 1) / block;
    const auto helpers = std::min<std::int64_t>(threads(), pieces) - 1;
    if (helpers < 1 || cost < worth_starting) {
        if (count > 0) {
            work(0, count);
        }
        return;
    }
    std::atomic<std::int64_t> next{0};
    std::exception_ptr failure;
    std::atomic_flag failed = ATOMIC_FLAG_INIT;
    const auto run = [&] {
        try {
            for (std::int64_t piece = next++; piece < pieces; piece = next++) {
                work(piece * block, std::min(count, (piece + 1) * block));
            }
        } catch (...) {
            next = pieces;
            if (!failed.test_and_set()) {
                failure = std::current_exception();
            }
        }
    };
    {
        std::vector<std::jthread> crew;
        crew.reserve(static_cast<std::size_t>(helpers));
        for (std::int64_t i = 0; i < helpers; ++i) {
            crew.emplace_back(run);
        }
        run();
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
}

}  // namespace monnto
