#pragma once

#include <mutex>

namespace monnto {

/// A lock that the host language asks of every thread that runs its code (Python's GIL).
class HostLock {
public:
    HostLock() = default;
    HostLock(const HostLock&) = delete;
    HostLock& operator=(const HostLock&) = delete;
    virtual ~HostLock() = default;

    /// Gives the lock up where the calling thread has it; what take() needs, null where it had not.
    virtual void* give_up() noexcept = 0;
    virtual void take(void* given_up) noexcept = 0;
};

/// The language face makes its lock known; it has to live as long as the process.
void set_host_lock(HostLock* lock) noexcept;

/// While one lives, other threads may run code of the host (S23). For work that neither calls the
/// host nor frees what belongs to it: long kernels, waiting.
class HostPause {
public:
    explicit HostPause(bool is_wanted = true) noexcept;
    HostPause(const HostPause&) = delete;
    HostPause& operator=(const HostPause&) = delete;
    ~HostPause();

private:
    void* given_up_;
};

/// Locks a mutex whose holder may have to wait for the host's lock: gives that one up while it
/// waits.
class PatientLock {
public:
    explicit PatientLock(std::recursive_mutex& mutex) : mutex_(mutex) {
        if (!mutex_.try_lock()) {
            const HostPause others;
            mutex_.lock();
        }
    }
    PatientLock(const PatientLock&) = delete;
    PatientLock& operator=(const PatientLock&) = delete;
    ~PatientLock() { mutex_.unlock(); }

private:
    std::recursive_mutex& mutex_;
};

}  // namespace monnto
