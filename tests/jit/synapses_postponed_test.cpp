// Updates of synapses by events of targets that wait until the row of a source is read: whoever
// looks at the values sees what was computed, bit for bit, and rows that nobody reads are left.
#include "cpu/synapse_log.hpp"
#include "event_networks.hpp"
#include "synapse/random_pattern.hpp"

#include <monnto/array/array.hpp>
#include <monnto/array/functions.hpp>
#include <monnto/synapse/sparse_matrix.hpp>

#include <functional>
#include <optional>

namespace monnto {
namespace {

using support::Spikes;
using support::tall;
using support::wide;

constexpr std::ptrdiff_t size = 150;
constexpr std::int32_t longest = 4;

template <class T>
struct Model {
    SparseMatrix w;
    Array pre, post;       // traces
    Array source, target;  // spikes
    Array other;           // one number per synapse
    double rate = 0.125;
    std::vector<T> seen;

    void see(const Array& array) {
        for (const T x : array.astype(w.dtype()).template host<T>()) {
            seen.push_back(x);
        }
    }
    [[nodiscard]] Array floats(const Array& spikes) const { return spikes.astype(w.dtype()); }
};

/// What programs are made of: learning rules first, then everything that may read the values.
template <class T>
[[nodiscard]] std::vector<std::function<void(Model<T>&)>> statements() {
    using M = Model<T>;
    return {
        [](M& m) {  // the power law of the plastic Brunel network
            const Array w = m.w.values();
            Array values = m.w.values();
            values.assign(clip(w + pow(w, 0.4) * m.w.at(tall(m.target) * wide(m.pre)) * 0.1 -
                                   w * m.w.at(tall(m.post) * wide(m.source)) * 0.05,
                               0.0, 2.0));
        },
        [](M& m) { m.w += tall(m.target) * wide(m.pre) * 0.01; },
        [](M& m) {
            m.w += tall(m.floats(m.target) * m.post) * wide(m.pre) * 0.125;
            m.w.clip(0.0, 2.0);
        },
        [](M& m) {
            const Array depressed = m.w.at(tall(m.post) * wide(m.source));
            Array values = m.w.values();
            values.assign(m.w.values() - m.w.values() * depressed * 0.25);
        },
        [](M& m) {  // another number each time
            m.rate *= 0.875;
            m.w += tall(m.target) * wide(m.pre) * m.rate;
        },
        [](M& m) {  // a number in an array
            m.w += tall(m.target) * wide(m.pre) * full({}, m.rate, m.w.dtype());
        },
        [](M& m) { m.w += tall(m.target) * wide(m.source) * 0.125; },
        [](M& m) {
            Array values = m.w.values();
            values.assign(m.w.values() + m.w.at(tall(m.target) * wide(m.pre)) * m.other);
        },
        [](M& m) { m.see(m.w.deliver(m.source)); },
        [](M& m) { m.see(m.w.deliver(m.source)); },
        [](M& m) { m.see(m.w.dot(m.floats(m.source))); },
        [](M& m) { m.see(m.w.dot(m.source)); },
        [](M& m) { m.see(m.w.rdot(m.floats(m.target))); },
        [](M& m) { m.see(m.w.sum(0)); },
        [](M& m) { m.see(m.w.max()); },
        [](M& m) { m.see(m.w.values()(77)); },
        [](M& m) { m.w *= 0.75; },
        [](M& m) { m.w = m.w.copy(); },
        [](M& m) { m.w.clip(0.0, 1.0); },
        [](M& m) {
            const std::ptrdiff_t before = m.w.nnz();
            Array positive = m.w.values() > 1e-3;
            if (m.w.prune(positive) > 0 && m.w.nnz() != before) {
                m.other = ones({m.w.nnz()}, m.w.dtype()) * 0.25;
            }
        },
        [](M& m) {
            const Value exported = m.w.values().cell().expose();
            exported.buffer->add_export();
            m.see(m.w.values());
            exported.buffer->drop_export();
        },
    };
}
constexpr std::size_t rules = 8;

template <class T>
[[nodiscard]] std::vector<T> run_program(std::uint32_t seed) {
    std::mt19937 random(seed);
    const auto all_statements = statements<T>();
    Model<T> m;
    const PatternRef pattern =
        support::random_pattern(size, size, 0.3, seed % 3 == 0 ? longest : 0);
    const DType dtype = std::is_same_v<T, float> ? DType::f32 : DType::f64;
    m.w = SparseMatrix(
        pattern,
        Array::from(std::span<const T>(support::weights<T>(
                        seed % 5 == 4 ? support::Weights::ordinary : support::Weights::positive, 1,
                        pattern->size())),
                    {pattern->size()}),
        seed % 2 == 0);
    if (m.w.is_source_first()) {
        m.w = m.w.T();
    }
    m.other = ones({pattern->size()}, dtype) * 0.25;
    m.pre = Array::from(support::spikes<T>(Spikes::all, size, 1)) * 0.5;
    m.post = Array::from(support::spikes<T>(Spikes::all, size, 2));
    constexpr std::array kinds{Spikes::none, Spikes::one, Spikes::few, Spikes::few};
    for (int step = 0; step < 60; ++step) {
        m.source = Array::from(support::spikes<T>(kinds[random() % 4], size, step)) != 0.0;
        m.target = Array::from(support::spikes<T>(kinds[random() % 4], size, 3 * step)) != 0.0;
        m.pre = m.pre * 0.75 + m.source * 0.5;
        m.post = m.post * 0.75 + m.target * 0.5;
        // Mostly a rule or two: the same in long stretches, so that updates gather.
        const std::size_t rule = random() % 4 == 0 ? random() % rules : (seed + step / 16) % rules;
        all_statements[rule](m);
        evaluate_pending();
        if (random() % 3 == 0) {
            all_statements[rules + random() % (all_statements.size() - rules)](m);
            evaluate_pending();
        }
    }
    m.see(m.w.values());
    return m.seen;
}

TEST(SynapsesPostponedTest, RandomProgramsOfFloatsGiveThePlainBits) {
    support::expect_plain_bits(0, 40, run_program<float>);
}
TEST(SynapsesPostponedTest, RandomProgramsOfDoublesGiveThePlainBits) {
    support::expect_plain_bits(40, 60, run_program<double>);
}

/// A network that learns on 1, 2 and 7 threads: rows catch up on any of them.
TEST(SynapsesPostponedTest, AnyNumberOfThreadsGivesTheSameBits_S17) {
    if (support::compiled_widths().empty()) {
        GTEST_SKIP() << "no LLVM or no vectors: nothing waits here";
    }
    const support::ExecutorScope scope(support::postponing(support::compiled_widths().back()));
    constexpr std::ptrdiff_t neurons = 1500;
    const auto run = [](int threads) {
        set_threads(threads);
        const PatternRef pattern = support::random_pattern(neurons, neurons, 0.2, longest);
        Model<float> m;
        m.w = SparseMatrix(pattern, random_array(Distribution::uniform, {.key = 1}, DType::f32,
                                                 {pattern->size()}));
        m.pre = random_array(Distribution::uniform, {.key = 2}, DType::f32, {neurons});
        m.post = random_array(Distribution::uniform, {.key = 3}, DType::f32, {neurons});
        for (std::uint64_t step = 0; step < 40; ++step) {
            m.source = random_sparse_mask({.key = 4, .step = step}, {neurons}, 0.05);
            m.target = random_sparse_mask({.key = 5, .step = step}, {neurons}, 0.05);
            statements<float>()[0](m);
            evaluate_pending();
            m.see(m.w.deliver(m.source));
        }
        m.see(m.w.values());
        set_threads(0);
        return m.seen;
    };
    const std::uint64_t before = counters().postponed;
    const std::vector<float> alone = run(1);
    EXPECT_GT(counters().postponed - before, 30U);
    EXPECT_EQ(run(2), alone);
    EXPECT_EQ(run(7), alone);
}

class SynapsesPostponedCountTest : public ::testing::Test {
protected:
    void SetUp() override {
        if (support::compiled_widths().empty()) {
            GTEST_SKIP() << "no LLVM or no vectors: nothing waits here";
        }
        scope_.emplace(support::postponing(support::compiled_widths().front()));
        pattern_ = support::random_pattern(size, size, 0.3, 0);
        m_.w = SparseMatrix(pattern_, ones({pattern_->size()}, DType::f32) * 0.5);
        m_.pre = ones({size}, DType::f32) * 0.25;
        m_.post = ones({size}, DType::f32) * 0.5;
        m_.source = equal(arange(size), 40);
        m_.target = less(arange(size), 3);
        for (int step = 0; step < 8; ++step) {  // compiled, and known to be finite
            update();
            static_cast<void>(m_.w.dot(m_.source).host<float>());
        }
        static_cast<void>(m_.w.values().host<float>());
    }
    void TearDown() override {
        m_ = {};
        scope_.reset();
    }
    void update() {
        statements<float>()[0](m_);
        evaluate_pending();
    }
    /// Synapses with one of the three targets, from source `first` to those before `last`.
    [[nodiscard]] std::uint64_t with_targets(std::ptrdiff_t first, std::ptrdiff_t last) const {
        std::uint64_t count = 0;
        pattern_->for_rows(first, last, [&](auto, auto row, const auto* targets) {
            for (std::int64_t k = row.first; k < row.last; ++k) {
                count += targets[k - row.first] < 3 ? 1 : 0;
            }
        });
        return count;
    }
    [[nodiscard]] const cpu::SynapseLog* log() const {
        return cpu::SynapseLog::of(*m_.w.values().node()->value().buffer);
    }

    PatternRef pattern_;
    Model<float> m_;
    std::optional<support::ExecutorScope> scope_;
};

TEST_F(SynapsesPostponedCountTest, SynapsesOfTargetsWaitUntilTheRowOfTheirSourceIsRead) {
    EvaluationCounters before = counters();
    update();
    update();
    EXPECT_EQ(counters().postponed - before.postponed, 2U);
    EXPECT_EQ(counters().caught_up - before.caught_up, 0U);  // the source's own row ran whole
    const Pattern::Range row = pattern_->row(40);
    EXPECT_EQ(counters().touched - before.touched,
              2 * static_cast<std::uint64_t>(row.last - row.first));
    m_.source = equal(arange(size), 41);
    static_cast<void>(m_.w.deliver(m_.source).host<float>());
    EXPECT_EQ(counters().caught_up - before.caught_up, 2 * with_targets(41, 42));
    static_cast<void>(m_.w.values().host<float>());
    EXPECT_EQ(counters().caught_up - before.caught_up,
              2 * (with_targets(0, size) - with_targets(40, 41)));
}

TEST_F(SynapsesPostponedCountTest, NoTurnedIndexIsMade) {
    EXPECT_FALSE(pattern_->has_turned());
}

TEST_F(SynapsesPostponedCountTest, ALogThatIsFullIsSettled) {
    const std::uint64_t before = counters().caught_up;
    std::size_t most = 0;
    for (int step = 0; step < 200; ++step) {
        update();
        most = std::max(most, log()->pending());
    }
    EXPECT_GT(most, 10U);
    EXPECT_LT(most, 50U);
    EXPECT_GT(counters().caught_up - before, 150 * (with_targets(0, size) - with_targets(40, 41)));
}

TEST_F(SynapsesPostponedCountTest, ValuesThatAreReadEachTimeSoonWaitNoMore) {
    for (int step = 0; step < 20; ++step) {
        update();
        static_cast<void>(m_.w.values().host<float>());
    }
    const EvaluationCounters before = counters();
    update();
    EXPECT_EQ(counters().postponed, before.postponed);
}

TEST_F(SynapsesPostponedCountTest, HeldValuesDoNotSeeLaterUpdates) {
    update();
    const SparseMatrix held = m_.w.copy();
    const std::vector<float> then = held.values().host<float>();
    update();
    update();
    EXPECT_EQ(held.values().host<float>(), then);
    EXPECT_NE(m_.w.values().host<float>(), then);
}

TEST_F(SynapsesPostponedCountTest, TracesThatAreMostlyZeroDoNotMakeItMoreThanSpikes) {
    m_.pre = where(less(arange(size), 40), 0.25F, 0.0F).astype(DType::f32);
    m_.post = where(less(arange(size), 40), 0.5F, 0.0F).astype(DType::f32);
    update();
    const std::uint64_t before = counters().touched;
    update();
    const Pattern::Range row = pattern_->row(40);
    EXPECT_LE(counters().touched - before, static_cast<std::uint64_t>(row.last - row.first));
}

}  // namespace
}  // namespace monnto
