#include <monnto/array/functions.hpp>

#include <gtest/gtest.h>

namespace monnto {
namespace {

using Floats = std::vector<float>;

/// What a host view is to the engine: bytes that it may read and write at any time.
class HostView {
public:
    explicit HostView(const Array& array) : value_(array.cell().expose()) {
        value_.buffer->add_export();
    }
    HostView(const HostView&) = delete;
    HostView& operator=(const HostView&) = delete;
    ~HostView() { value_.buffer->drop_export(); }
    float& operator[](std::ptrdiff_t i) const {
        return reinterpret_cast<float*>(
            value_.buffer->data())[value_.offset + i * value_.strides[0]];
    }

private:
    Value value_;
};

TEST(S8ExportTest, HostAndArraySeeEachOthersWrites) {
    Array v = Array::from<float>({1, 2, 3});
    const HostView host(v);
    host[0] = 10;
    EXPECT_EQ(v.host<float>(), (Floats{10, 2, 3}));
    v += 1.0;
    EXPECT_EQ(host[0], 11.0F);
    v(slice(1, {})) = v(slice({}, -1));
    EXPECT_EQ(host[2], 3.0F);
}

TEST(S8ExportTest, OperationsOnExportedBytesRunAtOnce) {
    const Array v = Array::from<float>({1, 2});
    const HostView host(v);
    const Array doubled = v * 2;
    const Array window = v(slice(0, 1));
    const Array snapshot = v.copy();
    host[0] = 100;
    EXPECT_EQ(doubled.host<float>(), (Floats{2, 4}));
    EXPECT_EQ(snapshot.host<float>(), (Floats{1, 2}));
    EXPECT_EQ(window.host<float>(), (Floats{100}));
}

TEST(S8ExportTest, CopiesMadeBeforeDoNotSeeTheHostsWrites) {
    const Array v = Array::from<float>({1, 2});
    const Array before = v.copy();
    const Array waiting = v + 0.5;
    const HostView host(v);
    host[0] = 100;
    EXPECT_EQ(before.host<float>(), (Floats{1, 2}));
    EXPECT_EQ(waiting.host<float>(), (Floats{1.5, 2.5}));
}

TEST(S8ExportTest, AnExportedViewIsTheSourcesMemory) {
    const Array w = zeros({2, 2}, DType::f32);
    const HostView column(w.T()(1));
    column[1] = 5;
    EXPECT_EQ(w.host<float>(), (Floats{0, 0, 0, 5}));
}

TEST(S8ExportTest, WithoutTheExportTheArrayIsOrdinaryAgain) {
    Array v = Array::from<float>({1, 2});
    {
        const HostView host(v);
    }
    v += 1.0;
    EXPECT_FALSE(v.node()->is_settled());
    EXPECT_EQ(v.host<float>(), (Floats{2, 3}));
}

TEST(S8ExportTest, AssigningAnExportedArrayCopiesIt) {
    const Array v = Array::from<float>({1, 2});
    Array w = zeros({2}, DType::f32);
    const HostView host(v);
    w.assign(v);
    host[0] = 100;
    EXPECT_EQ(w.host<float>(), (Floats{1, 2}));
}

class Borrowed final : public ForeignMemory {
public:
    explicit Borrowed(bool& shared) : shared_(shared) {}
    [[nodiscard]] bool is_shared() const noexcept override { return shared_; }

private:
    bool& shared_;
};

TEST(S7ForeignTest, SharedForeignMemoryIsWrittenInPlace) {
    Floats host{1, 2, 3, 4};
    bool shared = true;
    Array reversed =
        Array::adopt(DType::f32, &host[3], {4}, {-1}, true, std::make_unique<Borrowed>(shared));
    EXPECT_EQ(reversed.host<float>(), (Floats{4, 3, 2, 1}));
    reversed(0) = 40;
    reversed *= 2;
    EXPECT_EQ(host, (Floats{2, 4, 6, 80}));
    const Array sum = reversed + 1;
    host[0] = 100;
    EXPECT_EQ(sum.host<float>(), (Floats{81, 7, 5, 3}));
    EXPECT_EQ(reversed.host<float>(), (Floats{80, 6, 4, 100}));
}

TEST(S7ForeignTest, ReadOnlyForeignMemoryRefusesWrites) {
    Floats host{1, 2};
    bool shared = true;
    Array a =
        Array::adopt(DType::f32, host.data(), {2}, {1}, false, std::make_unique<Borrowed>(shared));
    EXPECT_THROW(a += 1.0, BadState);
    EXPECT_THROW(a(0) = 1.0, BadState);
    EXPECT_EQ(host, (Floats{1, 2}));
}

TEST(S7ForeignTest, UnsharedForeignMemoryIsLazyAgain) {
    Floats host{1, 2};
    bool shared = false;
    const Array a =
        Array::adopt(DType::f32, host.data(), {2}, {1}, true, std::make_unique<Borrowed>(shared));
    EXPECT_FALSE((a + 1).node()->is_settled());
}

}  // namespace
}  // namespace monnto
