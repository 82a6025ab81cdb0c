#include <monnto/array/changes.hpp>

#include <atomic>

namespace monnto {
namespace {

std::atomic<std::uint64_t> changes{0};
thread_local int pauses = 0;

}  // namespace

void Changes::note() noexcept {
    if (pauses == 0) {
        changes.fetch_add(1, std::memory_order_relaxed);
    }
}

std::uint64_t Changes::count() noexcept {
    return changes.load(std::memory_order_relaxed);
}

Changes::Pause::Pause() noexcept {
    ++pauses;
}
Changes::Pause::~Pause() {
    --pauses;
}

}  // namespace monnto
