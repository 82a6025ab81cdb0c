#include "event_networks.hpp"

#include <monnto/array/array.hpp>
#include <monnto/array/functions.hpp>

// Updates of matrices under vectors of few events: the bits of the whole kernel, and only what the
// events can change is touched.
namespace monnto {
namespace {

using support::Spikes;
using support::tall;
using support::Weights;
using support::wide;

constexpr std::ptrdiff_t rows = 70;
constexpr std::ptrdiff_t columns = 90;

/// A matrix and what changes it: spikes of its rows and columns, traces of both.
struct Synapses {
    Array w;
    Array row_spike, column_spike;
    Array row_trace, column_trace;
};
using Rule = void (*)(Synapses&);

struct NamedRule {
    const char* name;
    Rule rule;
};
const std::array rules{
    NamedRule{"pairs, clipped",
              [](Synapses& s) {
                  s.w += tall(s.row_spike) * wide(s.column_spike) * 0.001;
                  s.w = clip(s.w, 0, 1);
              }},
    NamedRule{"pairs, not clipped",
              [](Synapses& s) { s.w += tall(s.row_spike) * wide(s.column_spike) * 0.1; }},
    NamedRule{"outer product of numbers",
              [](Synapses& s) {
                  s.w = s.w +
                        outer(s.row_spike.astype(s.w.dtype()), s.column_spike.astype(s.w.dtype())) *
                            0.25;
              }},
    NamedRule{
        "where",
        [](Synapses& s) { s.w = where(tall(s.row_spike) & wide(s.column_spike), s.w + 0.1, s.w); }},
    NamedRule{"depression of columns",
              [](Synapses& s) { s.w -= tall(s.row_trace) * wide(s.column_spike) * s.w * 0.012; }},
    NamedRule{
        "potentiation of rows",
        [](Synapses& s) { s.w += wide(s.column_trace) * (1.0 - s.w) * tall(s.row_spike) * 0.01; }},
    NamedRule{"decay of columns", [](Synapses& s) { s.w *= 1.0 - 0.5 * wide(s.column_spike); }},
    NamedRule{"depression of columns and potentiation of rows",
              [](Synapses& s) {
                  s.w -= tall(s.row_trace) * wide(s.column_spike) * s.w * 0.012;
                  s.w += wide(s.column_trace) * (1.0 - s.w) * tall(s.row_spike) * 0.01;
              }},
    NamedRule{"pairs of both orders, clipped",
              [](Synapses& s) {
                  s.w += tall(s.row_spike) * wide(s.column_trace > 0.5) * 0.01 -
                         tall(s.row_trace > 1.0) * wide(s.column_spike) * 0.012;
                  s.w = clip(s.w, 0.0, 1.0);
              }},
    NamedRule{"changes everywhere",
              [](Synapses& s) { s.w += tall(s.row_spike) * wide(s.column_spike) * 0.1 + 0.25; }},
};

/// Steps of a rule with other spikes each time, as bytes of the matrix afterwards.
template <class T>
[[nodiscard]] std::vector<T> simulated(Rule rule, Weights kind, Spikes events, bool is_held) {
    Synapses s;
    s.w =
        Array::from(std::span<const T>(support::weights<T>(kind, rows, columns)), {rows, columns});
    s.row_trace = Array::from(support::spikes<T>(Spikes::all, rows, 0));
    s.column_trace = Array::from(support::spikes<T>(Spikes::all, columns, 1)) * 0.5;
    for (int step = 0; step < 5; ++step) {
        s.row_spike = Array::from(support::spikes<T>(events, rows, step)) != 0.0;
        s.column_spike = Array::from(support::spikes<T>(events, columns, step + 1)) != 0.0;
        const Array held = is_held ? s.w.copy() : Array();
        rule(s);
        evaluate_pending();
    }
    return s.w.template host<T>();
}

template <class T>
void expect_plain_bits(const NamedRule& rule) {
    for (const Weights kind : support::all_weights) {
        for (const Spikes events : support::all_spikes) {
            for (const bool is_held : {false, true}) {
                SCOPED_TRACE(testing::Message()
                             << rule.name << ", weights " << static_cast<int>(kind) << ", spikes "
                             << static_cast<int>(events) << (is_held ? ", held" : ""));
                support::expect_equal_runs<T>(
                    [&] { return simulated<T>(rule.rule, kind, events, is_held); });
            }
        }
    }
}

class EventsUpdateTest : public ::testing::TestWithParam<NamedRule> {};

TEST_P(EventsUpdateTest, GivesTheBitsOfTheWholeKernelForFloats) {
    expect_plain_bits<float>(GetParam());
}
TEST_P(EventsUpdateTest, GivesTheBitsOfTheWholeKernelForDoubles) {
    expect_plain_bits<double>(GetParam());
}
INSTANTIATE_TEST_SUITE_P(Rules, EventsUpdateTest, ::testing::ValuesIn(rules));

class EventsUpdateCountTest : public support::CountingTest {
protected:
    [[nodiscard]] static Synapses synapses(Weights kind) {
        Synapses s;
        s.w = Array::from(std::span<const float>(support::weights<float>(kind, rows, columns)),
                          {rows, columns});
        s.row_trace = ones({rows}, DType::f32) * 0.5;
        s.column_trace = ones({columns}, DType::f32) * 0.25;
        s.row_spike = Array::from(support::spikes<float>(Spikes::few, rows, 0)) != 0.0;
        s.column_spike = Array::from(support::spikes<float>(Spikes::few, columns, 0)) != 0.0;
        evaluate_pending();
        return s;
    }
    static constexpr std::uint64_t row_events = rows / 17;
    static constexpr std::uint64_t column_events = columns / 17;
};

TEST_F(EventsUpdateCountTest, PairsAreTouchedWhereBothSpiked) {
    Synapses s = synapses(Weights::positive);
    for (std::size_t rule = 0; rule < 4; ++rule) {
        SCOPED_TRACE(rules[rule].name);
        EXPECT_EQ(added_by([&] { rules[rule].rule(s); }).touched, row_events * column_events);
    }
}

TEST_F(EventsUpdateCountTest, RulesOfOneSideTouchItsColumnsOrRows) {
    Synapses s = synapses(Weights::positive);
    EXPECT_EQ(added_by([&] { rules[4].rule(s); }).touched, rows * column_events);
    EXPECT_EQ(added_by([&] { rules[5].rule(s); }).touched, row_events * columns);
    EXPECT_EQ(added_by([&] { rules[6].rule(s); }).touched, rows * column_events);
}

TEST_F(EventsUpdateCountTest, RulesOfBothSidesTouchRowsAndColumns) {
    Synapses s = synapses(Weights::positive);
    EXPECT_EQ(added_by([&] { rules[7].rule(s); }).touched,
              row_events * columns + (rows - row_events) * column_events);
}

TEST_F(EventsUpdateCountTest, SumsOfPairsTouchPairsOfWhatIsInAnyOfThem) {
    Synapses s = synapses(Weights::positive);
    s.row_trace = s.row_spike.astype(DType::f32) * 2.0;
    s.column_trace = s.column_spike.astype(DType::f32);
    s.row_trace(0) = 2.0;
    s.column_trace(0) = 1.0;
    EXPECT_EQ(added_by([&] { rules[8].rule(s); }).touched, (row_events + 1) * (column_events + 1));
}

/// Traces of the first 90 rows and 100 columns, and a spike of one of each.
[[nodiscard]] Synapses young_synapses() {
    constexpr std::ptrdiff_t tall_rows = 200;
    constexpr std::ptrdiff_t wide_columns = 240;
    Synapses s;
    s.w = Array::from(
        std::span<const float>(support::weights<float>(Weights::positive, tall_rows, wide_columns)),
        {tall_rows, wide_columns});
    s.row_trace = (arange(tall_rows) < 90).astype(DType::f32) * 0.5;
    s.column_trace = (arange(wide_columns) < 100).astype(DType::f32) * 0.25;
    s.row_spike = arange(tall_rows) == 3;
    s.column_spike = arange(wide_columns) == 5;
    return s;
}

TEST_F(EventsUpdateCountTest, TracesOfFewNeuronsDoNotHideThatFewerSpike) {
    Synapses s = young_synapses();
    EXPECT_EQ(added_by([&] { rules[7].rule(s); }).touched, 240U + 199U);
}

TEST(EventsUpdateChoiceTest, GivesTheBitsOfTheWholeKernelWhereTracesRestToo) {
    support::expect_equal_runs<float>([] {
        Synapses s = young_synapses();
        for (int step = 0; step < 5; ++step) {
            rules[7].rule(s);
            evaluate_pending();
        }
        return s.w.host<float>();
    });
}

TEST_F(EventsUpdateCountTest, MatricesAreLookedAtOnceAndChangedInPlace) {
    Synapses s = synapses(Weights::positive);
    const std::uint64_t scanned = counters().scanned;
    for (int step = 0; step < 20; ++step) {
        rules[0].rule(s);
        evaluate_pending();
    }
    EXPECT_EQ(counters().scanned - scanned, static_cast<std::uint64_t>(rows * columns));
    EXPECT_EQ(added_by([&] { rules[0].rule(s); }).donated, 1U);
}

TEST_F(EventsUpdateCountTest, PartsAreLookedAtUntilTheyHaveCostAsMuchAsTheWhole) {
    // Weights stay where they are, while their bounds grow a hundredfold with each update.
    Synapses s = synapses(Weights::positive);
    s.w = ones({rows, columns}, DType::f32);
    s.w(monnto::all, 0) = 0.5;
    s.column_trace = ones({columns}, DType::f32) * 1e4;
    s.column_trace(0) = 0.0;
    const EvaluationCounters before = counters();
    for (int step = 0; step < 200; ++step) {
        s.w += 0.01 * wide(s.column_trace) * tall(s.row_spike) * (1.0 - s.w);
        evaluate_pending();
    }
    constexpr std::uint64_t whole = rows * columns;
    const std::uint64_t scanned = counters().scanned - before.scanned;
    EXPECT_GE(scanned, 4 * whole);  // once for 19 updates until they overflow, and 18 looks
    EXPECT_LE(scanned, 7 * whole);
    EXPECT_EQ(counters().rewritten - before.rewritten, 200U);
    EXPECT_EQ(s.w.host<float>()[0], 0.5F);
}

TEST_F(EventsUpdateCountTest, AHeldMatrixIsCopiedAndTheCopyChanged) {
    Synapses s = synapses(Weights::positive);
    Array held;
    const EvaluationCounters added = added_by([&] {
        held = s.w.copy();
        rules[0].rule(s);
    });
    EXPECT_EQ(added.touched, row_events * column_events);
    EXPECT_EQ(added.donated, 0U);
}

TEST_F(EventsUpdateCountTest, WeightsBelowTheBoundAreClippedEverywhere) {
    Synapses s = synapses(Weights::ordinary);  // some are negative
    const std::uint64_t before = counters().touched;
    rules[0].rule(s);
    evaluate_pending();
    EXPECT_EQ(counters().touched, before);  // the first time clips the whole matrix
    EXPECT_EQ(added_by([&] { rules[0].rule(s); }).touched, row_events * column_events);
}

TEST_F(EventsUpdateCountTest, ARuleThatChangesEverythingRunsWhole) {
    Synapses s = synapses(Weights::positive);
    EXPECT_EQ(added_by([&] { rules.back().rule(s); }).touched, 0U);
}

/// Steps under a mask, and under another matrix that is read at the same place.
template <class Other>
void expect_plain_bits_of_masks(const Other& other) {
    support::expect_equal_runs<float>([&] {
        Array w = Array::from(
            std::span<const float>(support::weights<float>(Weights::ordinary, rows, rows)),
            {rows, rows});
        Array mask = (w.copy() > 0.25).astype(DType::f32);
        for (int step = 0; step < 8; ++step) {
            w *= mask;
            evaluate_pending();
            if (step > 3) {
                other(w, mask);
                evaluate_pending();
            }
            w += 0.125;
            w = w * mask;
            evaluate_pending();
        }
        return w.host<float>();
    });
}

TEST(EventsMaskTest, ZerosOfATransposedMaskAreNotThoseOfTheMask) {
    expect_plain_bits_of_masks([](Array& w, Array& mask) { w *= mask.T(); });
}
TEST(EventsMaskTest, ZerosOfAMaskAreNotThoseOfTheNext) {
    expect_plain_bits_of_masks([](Array& /*w*/, Array& mask) {
        mask = concatenate({mask(slice(1, {})), mask(slice({}, 1))});
    });
    expect_plain_bits_of_masks([](Array& w, Array& mask) {
        w += 0.5;
        mask(3) = 1.0;
    });
}

TEST_F(EventsUpdateCountTest, AnExportedMatrixCarriesNoFacts) {
    Synapses s = synapses(Weights::positive);
    const Value exported = s.w.cell().expose();
    exported.buffer->add_export();
    EXPECT_EQ(added_by([&] { rules[1].rule(s); }).touched, 0U);
    exported.buffer->drop_export();
}

}  // namespace
}  // namespace monnto
