#pragma once

#include <monnto/array/parallel.hpp>

#include <cstddef>
#include <exception>
#include <mutex>

namespace monnto::synapse {

/// in_parallel under the engine's lock, for work that may throw: the first exception arrives here.
template <class F>
void in_pieces(std::ptrdiff_t count, std::ptrdiff_t block, std::ptrdiff_t work, const F& part) {
    if (count == 0) {
        return;  // an empty list has no address to begin at
    }
    const EngineLock engine;
    std::mutex lock;
    std::exception_ptr failure;
    in_parallel(count, block, work, [&](std::ptrdiff_t first, std::ptrdiff_t last) {
        try {
            part(first, last);
        } catch (...) {
            const std::lock_guard guard(lock);
            failure = failure ? failure : std::current_exception();
        }
    });
    if (failure) {
        std::rethrow_exception(failure);
    }
}

}  // namespace monnto::synapse
