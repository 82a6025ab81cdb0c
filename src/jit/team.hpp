#pragma once

#include <monnto/array/parallel.hpp>

#include <cstddef>
#include <functional>
#include <memory>

namespace monnto {

/// Threads that wait for work: spinning first, because the next kernel mostly comes within
/// microseconds, then sleeping. The caller is one of them.
///
/// After a fork the child has none; it works alone until its first parallel work makes new ones
/// (S23).
class Team {
public:
    /// `size` threads in all, made when first needed.
    explicit Team(int size);
    Team(const Team&) = delete;
    Team& operator=(const Team&) = delete;
    ~Team();

    [[nodiscard]] int size() const noexcept { return size_; }
    /// Calls work(0) ... work(pieces - 1), each once, on whatever thread is free, and returns when
    /// all are done: the caller does not wait for threads that the system lets wait.
    /// Contract: `work` does not throw; one call at a time.
    void run(int pieces, const std::function<void(int)>& work);

    /// Which part of `count` blocks one of `parts` pieces is: [first, last), as even as can be.
    struct Part {
        std::ptrdiff_t first, last;
    };
    [[nodiscard]] static Part part_of(std::ptrdiff_t count, int parts, int index) noexcept;

private:
    struct Crew;
    int size_;
    std::unique_ptr<Crew> crew_;
};

/// The team of the engine, for kernels and products; of `threads()` threads.
[[nodiscard]] Team& team();

}  // namespace monnto
