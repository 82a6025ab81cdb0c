#include <monnto/base/host_lock.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace monnto {
namespace {

/// Stands for the lock of a host language; held by whoever `held` says.
class FakeLock final : public HostLock {
public:
    void* give_up() noexcept override {
        if (!held) {
            return nullptr;
        }
        held = false;
        ++pauses;
        return this;
    }
    void take(void* given_up) noexcept override {
        held = true;
        taken = given_up;
    }

    std::atomic<bool> held{true};
    std::atomic<int> pauses{0};
    std::atomic<void*> taken{nullptr};
};

class S23HostLockTest : public testing::Test {
public:
    S23HostLockTest() { set_host_lock(&host); }
    S23HostLockTest(const S23HostLockTest&) = delete;
    S23HostLockTest& operator=(const S23HostLockTest&) = delete;
    ~S23HostLockTest() override { set_host_lock(nullptr); }

    FakeLock host;
};

TEST_F(S23HostLockTest, APauseGivesItUpAndTakesItAgain) {
    {
        const HostPause pause;
        EXPECT_FALSE(host.held);
    }
    EXPECT_TRUE(host.held);
    EXPECT_EQ(host.taken, &host);
}

TEST_F(S23HostLockTest, APauseThatIsNotWantedDoesNothing) {
    const HostPause pause(false);
    EXPECT_TRUE(host.held);
    EXPECT_EQ(host.pauses, 0);
}

TEST_F(S23HostLockTest, APauseWithinAPauseLeavesItToTheOuterOne) {
    const HostPause outer;
    {
        const HostPause inner;
    }
    EXPECT_FALSE(host.held);
    EXPECT_EQ(host.pauses, 1);
}

TEST_F(S23HostLockTest, WhoGetsAMutexAtOnceKeepsIt) {
    std::recursive_mutex mutex;
    const PatientLock lock(mutex);
    const PatientLock again(mutex);
    EXPECT_EQ(host.pauses, 0);
}

TEST_F(S23HostLockTest, WhoWaitsForAMutexGivesItUpMeanwhile) {
    std::recursive_mutex mutex;
    std::atomic<bool> is_locked{false};
    std::thread holder([&] {
        const std::lock_guard lock(mutex);
        is_locked = true;
        while (host.held) {  // as a kernel's end, which needs the host's lock
            std::this_thread::yield();
        }
    });
    while (!is_locked) {
        std::this_thread::yield();
    }
    {
        const PatientLock lock(mutex);
        EXPECT_TRUE(host.held);
        EXPECT_EQ(host.pauses, 1);
    }
    holder.join();
}

}  // namespace
}  // namespace monnto
