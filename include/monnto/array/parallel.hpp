#pragma once

#include <cstddef>
#include <functional>

namespace monnto {

/// Calls `part(first, last)` for pieces of [0, count) on the engine's team of threads where `work`
/// (elements times operations, about a quarter of a nanosecond each at most) is worth waking it,
/// else once. Pieces begin at multiples of `block`. The array module owns this interface, jit
/// implements it.
///
/// Contract: `part` does not throw; the caller holds the engine's lock (kernels do, others take an
/// EngineLock), and is no piece itself.
void in_parallel(std::ptrdiff_t count, std::ptrdiff_t block, std::ptrdiff_t work,
                 const std::function<void(std::ptrdiff_t, std::ptrdiff_t)>& part);
/// The same without a copy of `part`, which would allocate where it captures much.
template <class Part>
void in_parallel(std::ptrdiff_t count, std::ptrdiff_t block, std::ptrdiff_t work,
                 const Part& part) {
    in_parallel(count, block, work,
                std::function<void(std::ptrdiff_t, std::ptrdiff_t)>(std::cref(part)));
}

/// Keeps other threads of the host from evaluating: for work on the team that no node asks for,
/// such as building connections. Recursive.
class EngineLock {
public:
    EngineLock();
    EngineLock(const EngineLock&) = delete;
    EngineLock& operator=(const EngineLock&) = delete;
    ~EngineLock();
};

}  // namespace monnto
