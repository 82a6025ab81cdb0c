#include <monnto/base/ref.hpp>

#include <gtest/gtest.h>

#include <utility>

namespace monnto {
namespace {

struct Counted : RefCounted {
    explicit Counted(int& deaths) : deaths_(deaths) {}
    int& deaths_;
};

void destroy(Counted* object) {
    ++object->deaths_;
    delete object;
}

TEST(RefTest, DestroysTheObjectWithItsLastHolder) {
    int deaths = 0;
    {
        Ref<Counted> first(new Counted(deaths));
        const Ref<Counted> second = first;
        EXPECT_EQ(first->ref_count(), 2U);
        first.reset();
        EXPECT_FALSE(first);
        EXPECT_EQ(deaths, 0);
        EXPECT_EQ(second->ref_count(), 1U);
    }
    EXPECT_EQ(deaths, 1);
}

TEST(RefTest, MovesWithoutCounting) {
    int deaths = 0;
    Ref<Counted> first(new Counted(deaths));
    Ref<Counted> second = std::move(first);
    EXPECT_EQ(second->ref_count(), 1U);
    EXPECT_TRUE(first == nullptr);  // NOLINT(bugprone-use-after-move)
    second = Ref<Counted>(new Counted(deaths));
    EXPECT_EQ(deaths, 1) << "assignment lets go of the old object";
    second = *&second;
    EXPECT_EQ(deaths, 1) << "assignment to itself keeps it";
}

TEST(RefTest, GivesItsCountAway) {
    int deaths = 0;
    Ref<Counted> holder(new Counted(deaths));
    Counted* object = holder.release();
    EXPECT_EQ(object->ref_count(), 1U);
    EXPECT_EQ(deaths, 0);
    EXPECT_TRUE(object->drop_ref());
    destroy(object);
    EXPECT_EQ(deaths, 1);
}

TEST(RefTest, ComparesWhatItHolds) {
    int deaths = 0;
    const Ref<Counted> a(new Counted(deaths));
    const Ref<Counted> b(new Counted(deaths));
    EXPECT_TRUE(a == Ref<Counted>(a));
    EXPECT_FALSE(a == b);
    EXPECT_TRUE(Ref<Counted>() == nullptr);
}

}  // namespace
}  // namespace monnto
