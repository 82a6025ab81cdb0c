#include "cpu/row_log.hpp"
#include "event_networks.hpp"

#include <monnto/array/array.hpp>
#include <monnto/array/functions.hpp>

#include <cmath>
#include <functional>

// Updates of columns that wait until a row is read: whoever looks at a matrix sees what was
// computed, bit for bit, and rows that nobody reads are not touched.
namespace monnto {
namespace {

using support::Spikes;
using support::tall;
using support::Weights;
using support::wide;

constexpr std::ptrdiff_t size = 80;

template <class T>
struct Model {
    Array w;
    Array pre, post;         // traces
    Array source, target;    // spikes
    Array enabled, allowed;  // masks: numbers, truth values
    std::vector<Array> kept;
    std::vector<T> seen;

    void see(const Array& array) {
        for (const T x : array.astype(dtype_of<T>).template host<T>()) {
            seen.push_back(x);
        }
    }
};

/// How many of the statements are updates; they come first.
constexpr std::size_t updates = 20;

/// What programs are made of: updates along both sides, and everything that may read a matrix.
template <class T>
// NOLINTNEXTLINE(readability-function-size): a table
[[nodiscard]] std::vector<std::function<void(Model<T>&)>> statements() {
    using M = Model<T>;
    return {
        [](M& m) {
            m.w -= 0.012 * tall(m.post) * wide(m.source) * m.w;
            m.w += 0.01 * wide(m.pre) * tall(m.target) * (1.0 - m.w);
        },
        [](M& m) { m.w += wide(m.pre) * tall(m.target) * 0.01; },
        [](M& m) { m.w -= tall(m.post) * wide(m.source) * m.w * 0.25; },
        [](M& m) {
            m.w += tall(m.target) * wide(m.source) * 0.125;
            m.w = clip(m.w, 0, 1);
        },
        [](M& m) { m.w(all, m.source) += 0.25 * tall(m.post); },
        [](M& m) { m.w(m.target) += 0.25 * wide(m.pre); },
        [](M& m) { m.w(all, m.source) -= 0.5 * tall(m.post) * Array(m.w(all, m.source)); },
        [](M& m) { m.w(m.target) -= 0.5 * wide(m.pre) * Array(m.w(m.target)); },
        [](M& m) { m.w(all, m.source) = clip(Array(m.w(all, m.source)), 0.25, 0.75); },
        [](M& m) { m.w(m.target) = clip(Array(m.w(m.target)), 0.25, 0.75); },
        [](M& m) { m.w(all, flatnonzero(m.source)) += 0.25 * tall(m.post); },
        [](M& m) {
            const Array places = flatnonzero(m.target);
            m.w(places) -= 0.5 * wide(m.pre) * Array(m.w(places));
        },
        [](M& m) { m.w += wide(m.pre) * tall(m.target) * m.enabled * 0.25; },
        [](M& m) { m.w -= tall(m.post) * wide(m.source) * m.enabled * m.w * 0.25; },
        [](M& m) {
            m.w += tall(m.post) * wide(m.source) * 0.25;
            m.w *= m.enabled;
        },
        [](M& m) {
            m.w += tall(m.target) * wide(m.pre) * 0.25;
            m.w = clip(m.w * m.enabled, 0, 1);
        },
        [](M& m) { m.w = where(m.allowed, m.w + tall(m.post) * wide(m.source) * 0.25, m.w); },
        [](M& m) { m.w += tall(m.target) * wide(m.pre) * m.allowed * m.enabled * 0.25; },
        [](M& m) { m.w += tall(m.target) * wide(m.pre) * m.enabled.T() * 0.25; },
        [](M& m) {
            m.w(m.source) -= 0.25 * wide(m.pre) * Array(m.w(m.source));
            m.w(all, m.target) += 0.25 * tall(m.post) * (1.0 - Array(m.w(all, m.target)));
        },
        [](M& m) { m.see(m.w.dot(m.source.astype(m.w.dtype()))); },
        [](M& m) { m.see(m.w.dot(m.source.astype(m.w.dtype()))); },
        [](M& m) { m.see(m.target.astype(m.w.dtype()).dot(m.w)); },
        [](M& m) { m.see(sum(m.w)); },
        [](M& m) { m.see(m.w(3, 4)); },
        [](M& m) { m.see(m.w(5)); },
        [](M& m) { m.see(m.w(all, 7)); },
        [](M& m) { m.kept.push_back(m.w.copy()); },
        [](M& m) { m.kept.push_back(m.w.T().copy()); },
        [](M& m) { m.see(m.enabled.dot(m.source.astype(m.w.dtype()))); },
        [](M& m) { m.w += 0.0625; },
        [](M& m) { m.w *= m.enabled; },
        [](M& m) { m.enabled(3) = 0.0; },
        [](M& m) { m.enabled *= m.allowed; },
        [](M& m) { m.allowed(all, 5) = false; },
        [](M& m) { m.enabled = m.enabled.T().copy(); },
        [](M& m) {
            const Value exported = m.enabled.cell().expose();
            exported.buffer->add_export();
            if (m.enabled.dtype() == dtype_of<T>) {
                reinterpret_cast<T*>(exported.buffer->data())[7] = T(1);
            }
            exported.buffer->drop_export();
        },
        [](M& m) { m.w(2) = 0.5; },
        [](M& m) { m.w(m.target) = 0.25; },
        [](M& m) {
            const Array index = nonzero(m.source).front();
            m.see(sum(m.w(all, index), 1));
        },
        [](M& m) {
            const Value exported = m.w.cell().expose();
            exported.buffer->add_export();
            m.see(m.w);
            exported.buffer->drop_export();
        },
    };
}

template <class T>
[[nodiscard]] std::vector<T> run_program(std::uint32_t seed, DType dtype) {
    std::mt19937 random(seed);
    const auto all_statements = statements<T>();
    Model<T> m;
    const Weights kind = seed % 4 == 0 ? support::all_weights[seed / 4 % 5] : Weights::positive;
    m.w = Array::from(std::span<const T>(support::weights<T>(kind, size, size)), {size, size})
              .astype(dtype);
    m.enabled = (arange(size)(newaxis, all) != tall(arange(size))).astype(m.w.dtype());
    m.allowed = (arange(size * size) % 7 != 0).reshape({size, size});
    m.pre = Array::from(support::spikes<T>(Spikes::all, size, 1)) * 0.5;
    m.post = Array::from(support::spikes<T>(Spikes::all, size, 2));
    constexpr std::array kinds{Spikes::none, Spikes::one, Spikes::few, Spikes::few, Spikes::all};
    for (int step = 0; step < 24; ++step) {
        m.source =
            Array::from(support::spikes<T>(kinds[random() % kinds.size()], size, step)) != 0.0;
        m.target =
            Array::from(support::spikes<T>(kinds[random() % kinds.size()], size, 3 * step)) != 0.0;
        m.pre = m.pre * 0.75 + m.source * 0.5;
        m.post = m.post * 0.75 + m.target * 0.5;
        // Half of what happens is updates.
        const std::size_t which =
            random() % 2 == 0 ? random() % updates : random() % all_statements.size();
        all_statements[which](m);
        evaluate_pending();
    }
    for (const Array& each : m.kept) {
        m.see(each);
    }
    m.see(m.w);
    return m.seen;
}

TEST(EventsPostponedTest, RandomProgramsOfFloatsGiveThePlainBits) {
    support::expect_plain_bits(
        0, 40, [](std::uint32_t seed) { return run_program<float>(seed, DType::f32); });
}
TEST(EventsPostponedTest, RandomProgramsOfDoublesGiveThePlainBits) {
    support::expect_plain_bits(
        40, 70, [](std::uint32_t seed) { return run_program<double>(seed, DType::f64); });
}
TEST(EventsPostponedTest, RandomProgramsOfHalvesGiveThePlainBits) {
    for (const DType half : {DType::f16, DType::bf16}) {
        support::expect_plain_bits(
            70, 90, [half](std::uint32_t seed) { return run_program<float>(seed, half); });
    }
}

class EventsPostponedCountTest : public ::testing::Test {
protected:
    void SetUp() override { make(size); }
    /// A matrix that products have laid out for reading columns, or rows.
    void make(std::ptrdiff_t extent) {
        make_matrix(extent, DType::f32);
        for (int step = 0; step < 6; ++step) {  // facts, layout
            static_cast<void>(product());
            update();
        }
    }
    void make_matrix(std::ptrdiff_t extent, DType dtype) {
        if (support::compiled_widths().empty()) {
            GTEST_SKIP() << "no LLVM or no vectors: nothing waits here";
        }
        if (executor_ == nullptr) {
            executor_ = support::postponing(support::compiled_widths().front());
        }
        scope_.emplace(executor_);
        m_.w =
            Array::from(
                std::span<const float>(support::weights<float>(Weights::positive, extent, extent)),
                {extent, extent})
                .astype(dtype);
        m_.enabled = (arange(extent)(newaxis, all) != tall(arange(extent))).astype(dtype);
        m_.allowed = m_.enabled != 0.0;
        m_.pre = ones({extent}, DType::f32) * 0.25;
        m_.post = ones({extent}, DType::f32) * 0.5;
        m_.source = Array::from(support::spikes<float>(Spikes::few, extent, 0)) != 0.0;
        m_.target = Array::from(support::spikes<float>(Spikes::few, extent, 5)) != 0.0;
    }
    void TearDown() override {
        m_ = {};
        scope_.reset();
    }
    [[nodiscard]] std::vector<float> product() const {
        return m_.w.dot(m_.source).astype(DType::f32).host<float>();
    }
    [[nodiscard]] std::vector<float> product_of_rows() const {
        return matmul(m_.target, m_.w).astype(DType::f32).host<float>();
    }
    void update() {
        statements<float>()[0](m_);
        evaluate_pending();
    }
    static constexpr std::uint64_t events = size / 17;

    Model<float> m_;
    std::shared_ptr<Executor> executor_;
    std::optional<support::ExecutorScope> scope_;
};

TEST_F(EventsPostponedCountTest, ColumnsWaitUntilTheirRowsAreRead) {
    static_cast<void>(m_.w.host<float>());
    EvaluationCounters before = counters();
    update();
    update();
    EXPECT_EQ(counters().postponed - before.postponed, 2U);
    EXPECT_EQ(counters().caught_up, before.caught_up);  // the rows of the events ran whole
    m_.source = Array::from(support::spikes<float>(Spikes::one, size, 20)) != 0.0;
    static_cast<void>(product());
    EXPECT_EQ(counters().caught_up - before.caught_up, 2 * events);  // one row, two updates
    static_cast<void>(m_.w.host<float>());
    EXPECT_EQ(counters().caught_up - before.caught_up, 2 * events * (size - events));
}

/// Updates across the way the matrix lies, however they are written.
[[nodiscard]] std::vector<std::function<void(Model<float>&)>> crossing(bool is_turned) {
    using M = Model<float>;
    if (is_turned) {  // by columns: sources; rows of targets cross them
        return {
            [](M& m) { m.w += wide(m.pre) * tall(m.target) * 0.25; },
            [](M& m) { m.w(m.target) += 0.25 * wide(m.pre); },
            [](M& m) { m.w(m.target) -= 0.25 * wide(m.pre) * Array(m.w(m.target)); },
            [](M& m) { m.w(m.target) = clip(Array(m.w(m.target)), 0.25, 0.75); },
            [](M& m) { m.w(flatnonzero(m.target)) += 0.25 * wide(m.pre); },
            [](M& m) { m.w += wide(m.pre) * tall(m.target) * m.enabled * 0.25; },
            [](M& m) {
                m.w += wide(m.pre) * tall(m.target) * 0.25;
                m.w *= m.enabled;
            },
            [](M& m) { m.w = where(m.allowed, m.w + wide(m.pre) * tall(m.target), m.w); },
        };
    }
    return {
        [](M& m) { m.w += tall(m.post) * wide(m.source) * 0.25; },
        [](M& m) { m.w(all, m.source) += 0.25 * tall(m.post); },
        [](M& m) { m.w(all, m.source) -= 0.25 * tall(m.post) * Array(m.w(all, m.source)); },
        [](M& m) { m.w(all, m.source) = clip(Array(m.w(all, m.source)), 0.25, 0.75); },
        [](M& m) { m.w(all, flatnonzero(m.source)) += 0.25 * tall(m.post); },
        [](M& m) { m.w += tall(m.post) * wide(m.source) * m.enabled * 0.25; },
        [](M& m) {
            m.w += tall(m.post) * wide(m.source) * 0.25;
            m.w *= m.enabled;
        },
        [](M& m) { m.w = where(m.allowed, m.w + tall(m.post) * wide(m.source), m.w); },
    };
}

class EventsPostponedCrossingTest : public EventsPostponedCountTest {
protected:
    void expect_crossing_rules_to_wait(bool is_turned, DType dtype) {
        const auto rules = crossing(is_turned);
        for (std::size_t k = 0; k < rules.size(); ++k) {
            SCOPED_TRACE(testing::Message()
                         << "rule " << k << (is_turned ? ", turned, " : ", ") << name_of(dtype));
            executor_ = nullptr;  // which turns matrices of one script less and less often
            make_matrix(size, dtype);
            for (int step = 0; step < 6; ++step) {
                static_cast<void>(is_turned ? product() : product_of_rows());
            }
            ASSERT_EQ(m_.w.node()->value().strides[0] == 1, is_turned);
            for (int step = 0; step < 5; ++step) {  // masks are copied when they come again
                rules[k](m_);
                evaluate_pending();
            }
            static_cast<void>(m_.w.node()->value().buffer->data());
            const EvaluationCounters before = counters();
            rules[k](m_);
            evaluate_pending();
            EXPECT_EQ(counters().postponed - before.postponed, 1U);
            EXPECT_EQ(counters().touched - before.touched, events * size);
            EXPECT_EQ(counters().caught_up, before.caught_up);
            static_cast<void>(m_.w.node()->value().buffer->data());
            EXPECT_EQ(counters().caught_up - before.caught_up, events * size);
        }
    }
};

TEST_F(EventsPostponedCrossingTest, UpdatesAcrossTheStorageOrderWait) {
    for (const DType dtype : {DType::f16, DType::bf16, DType::f32}) {
        expect_crossing_rules_to_wait(false, dtype);
        expect_crossing_rules_to_wait(true, dtype);
    }
}

TEST_F(EventsPostponedCountTest, AMatrixThatIsReadEachTimeSoonWaitsNoMore) {
    for (int step = 0; step < 20; ++step) {
        update();
        static_cast<void>(m_.w.host<float>());
    }
    const EvaluationCounters before = counters();
    update();
    EXPECT_EQ(counters().postponed, before.postponed);
}

class EventsPostponedBytesTest : public EventsPostponedCountTest {
protected:
    static constexpr std::ptrdiff_t extent = 800;
    void SetUp() override {
        make(extent);
        m_.pre = arange(extent).astype(DType::f32) * 0.001;
    }
};

TEST_F(EventsPostponedBytesTest, SpikesOfRowsThatWaitAreKeptAsOneNumber) {
    static_cast<void>(m_.w.host<float>());
    update();
    const cpu::RowLog* log = cpu::RowLog::of(*m_.w.node()->value().buffer);
    ASSERT_NE(log, nullptr);
    ASSERT_EQ(log->pending(), 1U);
    // The trace of all rows; columns of the few events; but no truth value for each row.
    EXPECT_GT(log->bytes(), extent * sizeof(float));
    EXPECT_LT(log->bytes(), extent * (sizeof(float) + sizeof(bool)));
}

/// The threshold that users get.
class EventsPostponedSizeTest : public EventsPostponedCountTest {
protected:
    void SetUp() override {}
    /// Whether updates of a matrix of so many bytes wait.
    [[nodiscard]] bool waits(std::size_t bytes) {
        executor_ = std::make_shared<cpu::CompiledExecutor>(cpu::CompiledExecutor::Options{
            .width = support::compiled_widths().front(), .compile_after = 0});
        make(static_cast<std::ptrdiff_t>(std::sqrt(static_cast<double>(bytes) / sizeof(float))));
        const std::uint64_t before = counters().postponed;
        update();
        return counters().postponed > before;
    }
};

TEST_F(EventsPostponedSizeTest, OnlyMatricesBeyondTheSecondLevelCacheWait) {
    if (support::compiled_widths().empty()) {
        GTEST_SKIP() << "no LLVM or no vectors: nothing waits here";
    }
    EXPECT_FALSE(waits(900U << 10U));
    EXPECT_TRUE(waits(1200U << 10U));
}

TEST_F(EventsPostponedCountTest, AHeldMatrixDoesNotSeeLaterUpdates) {
    update();
    const Array held = m_.w.copy();
    const std::vector<float> then = held.host<float>();
    update();
    update();
    EXPECT_EQ(held.host<float>(), then);
}

}  // namespace
}  // namespace monnto
