#include <monnto/base/host_lock.hpp>

#include <atomic>

namespace monnto {
namespace {

std::atomic<HostLock*> host_lock{nullptr};

}  // namespace

void set_host_lock(HostLock* lock) noexcept {
    host_lock.store(lock, std::memory_order_release);
}

HostPause::HostPause(bool is_wanted) noexcept : given_up_(nullptr) {
    HostLock* lock = host_lock.load(std::memory_order_acquire);
    if (is_wanted && lock != nullptr) {
        given_up_ = lock->give_up();
    }
}

HostPause::~HostPause() {
    if (given_up_ != nullptr) {
        host_lock.load(std::memory_order_acquire)->take(given_up_);
    }
}

}  // namespace monnto
