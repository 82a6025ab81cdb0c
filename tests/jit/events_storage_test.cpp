#include "event_networks.hpp"

#include <monnto/array/array.hpp>
#include <monnto/array/functions.hpp>

#include <functional>

// Matrices that products gather across the way they lie are laid out along the other axis: nobody
// can tell but by the clock.
namespace monnto {
namespace {

using support::Spikes;
using support::Weights;

/// A network in which every iteration delivers spikes along the columns of the matrix.
struct Network {
    Array w, spike, received;
    std::ptrdiff_t rows, columns;
    int step = 0;

    template <class T>
    static Network of(std::ptrdiff_t rows, std::ptrdiff_t columns) {
        Network net;
        net.rows = rows;
        net.columns = columns;
        net.w =
            Array::from(std::span<const T>(support::weights<T>(Weights::positive, rows, columns)),
                        {rows, columns});
        net.received = zeros({rows}, dtype_of<T>);
        return net;
    }
    [[nodiscard]] Array spikes_of(std::ptrdiff_t count) const {
        return Array::from(support::spikes<float>(Spikes::few, count, step)) != 0.0;
    }
    void deliver() {
        ++step;
        spike = spikes_of(columns);
        received += w.dot(spike);
    }
    void learn() {
        w += spikes_of(rows)(all, newaxis) * spike(newaxis, all) * 0.01;
        w = clip(w, 0, 1);
    }
};

using Use = void (*)(Network&);
struct NamedUse {
    const char* name;
    Use use;
    bool forgets = false;  // what products asked for: writing by index gives a new matrix
};
/// What scripts do with a matrix besides delivering spikes.
const std::array uses{
    NamedUse{"learning", [](Network& net) { net.learn(); }},
    NamedUse{"decay", [](Network& net) { net.w *= 0.99; }},
    NamedUse{"another matrix",
             [](Network& net) {
                 net.w = net.w * 0.5 + arange(net.rows * net.columns)
                                               .astype(net.w.dtype())
                                               .reshape({net.rows, net.columns}) *
                                           0.001;
             }},
    NamedUse{"a view", [](Network& net) { net.received += net.w(all, 3) * 2.0; }},
    NamedUse{"a window of rows",
             [](Network& net) {
                 Array part = net.w(slice(3, 20));
                 part *= 0.5;
                 part += net.spikes_of(17)(all, newaxis) * net.spike(newaxis, all) * 0.25;
             },
             true},
    NamedUse{"a window of columns, and of every other",
             [](Network& net) {
                 Array part = net.w(all, slice(1, {}, 2));
                 part += 0.125;
                 part *= part;
                 net.received += sum(net.w(all, slice(5, 25)) * 0.5 + 1.0, Over(1));
             },
             true},
    NamedUse{"windows from back to front, and of both axes",
             [](Network& net) {
                 net.received += net.w(slice({}, {}, -1), slice(4, 30, 3))(all, 2) * 0.5;
                 net.w(slice(1, 9), slice(2, 12)) =
                     net.w(slice(9, 1, -1), slice(11, 1, -1)) * 0.5 + 0.25;
             },
             true},
    NamedUse{"a window of the transposed matrix",
             [](Network& net) {
                 Array part = net.w.T()(slice(2, 12));
                 part *= net.w.T()(slice(3, 13)) + 0.5;
             },
             true},
    NamedUse{"the diagonal, and what no window is",
             [](Network& net) {
                 net.received += sum(diagonal(net.w) * 0.5 + 1.0);
                 net.received += net.w.ravel()(slice(0, net.rows)) * 0.5;
             }},
    NamedUse{"the transposed matrix",
             [](Network& net) { net.received += matmul(net.spike, net.w.T()); }},
    NamedUse{"arithmetic with its transposed",
             [](Network& net) { net.received += sum(net.w.T() * 0.5 + 1.0); }},
    NamedUse{"sums", [](Network& net) { net.received += net.w.sum() + sum(net.w, Over(1)); }},
    NamedUse{"normalization",
             [](Network& net) { net.w /= sum(net.w, Over(1))(all, newaxis) + 1.0; }},
    NamedUse{"a written row", [](Network& net) { net.w(2) = 0.25; }, true},
    NamedUse{"written elements",
             [](Network& net) {
                 net.w(Array::from(std::vector<std::int64_t>{1, 2}),
                       Array::from(std::vector<std::int64_t>{5, 7})) = 0.75;
             },
             true},
    NamedUse{"learning and use at once",
             [](Network& net) {
                 net.learn();
                 net.received += net.w.dot(net.spike) + (net.w * 2.0)(all, 1) + net.w.T()(4);
             }},
};

class EventsStorageTest : public ::testing::TestWithParam<NamedUse> {};

template <class T>
void expect_plain_bits(const NamedUse& use) {
    for (const auto& [rows, columns] : {std::pair(80, 80), std::pair(70, 90), std::pair(96, 33)}) {
        const std::uint64_t before = counters().relocated;
        support::expect_equal_runs<T>([&] {
            Network net = Network::of<T>(rows, columns);
            for (int step = 0; step < 12; ++step) {
                net.deliver();
                use.use(net);
                evaluate_pending();
            }
            std::vector<T> result = net.w.host<T>();
            const std::vector<T> received = net.received.host<T>();
            result.insert(result.end(), received.begin(), received.end());
            return result;
        });
        EXPECT_TRUE(use.forgets || support::compiled_widths().empty() ||
                    counters().relocated > before);
    }
}

TEST_P(EventsStorageTest, NeverChangesABit) {
    SCOPED_TRACE(GetParam().name);
    expect_plain_bits<float>(GetParam());
    expect_plain_bits<double>(GetParam());
}
INSTANTIATE_TEST_SUITE_P(Uses, EventsStorageTest, ::testing::ValuesIn(uses));

class EventsStorageCountTest : public support::CountingTest {};

TEST_F(EventsStorageCountTest, AMatrixIsTurnedOnceAndThenChangedInPlaceThere) {
    Network net = Network::of<float>(70, 90);
    const std::uint64_t before = counters().relocated;
    const EvaluationCounters added = added_by([&] {
        net.deliver();
        net.learn();
    });
    EXPECT_EQ(counters().relocated - before, 1U);
    EXPECT_EQ(net.w.node()->value().strides, turned_strides({70, 90}));
    // 5 sources for all targets; 4 or 5 targets for each.
    EXPECT_GE(added.touched, 5U * 70U + 4U * 5U);
    EXPECT_LE(added.touched, 5U * 70U + 5U * 5U);
    EXPECT_EQ(added.scanned, 0U);
}

TEST_F(EventsStorageCountTest, WholeKernelsKeepItTurned) {
    Network net = Network::of<float>(70, 90);
    const EvaluationCounters added = added_by([&] {
        net.deliver();
        net.w *= 0.99;
    });
    EXPECT_EQ(net.w.node()->value().strides, turned_strides({70, 90}));
    EXPECT_GE(added.donated, 1U);
    EXPECT_EQ(added.relocated, 0U);
}

TEST_F(EventsStorageCountTest, WindowsRunInKernelsHoweverTheMatrixLies) {
    const std::array<void (*)(Array&), 3> statements{[](Array& w) {
                                                         Array part = w(slice(3, 20));
                                                         part *= 0.5;
                                                         part += 0.25;
                                                     },
                                                     [](Array& w) {
                                                         Array part = w(all, slice(1, {}, 2));
                                                         part *= 0.5;
                                                         part += 0.25;
                                                     },
                                                     [](Array& w) {
                                                         Array part =
                                                             w(slice(3, 20), slice(40, 10, -1));
                                                         part *= part;
                                                         part += 0.25;
                                                     }};
    for (const auto statement : statements) {
        Network net = Network::of<float>(70, 90);
        Array straight = net.w.copy();
        static_cast<void>(added_by([&] { net.deliver(); }));
        ASSERT_EQ(net.w.node()->value().strides, turned_strides({70, 90}));
        const EvaluationCounters expected = added_by([&] { statement(straight); });
        const EvaluationCounters added = added_by([&] { statement(net.w); });
        EXPECT_EQ(added.kernels, 2U);
        EXPECT_EQ(added.kernels, expected.kernels);
        EXPECT_EQ(added.interpreted, expected.interpreted);
        EXPECT_EQ(added.touched, expected.touched);
        EXPECT_EQ(net.w.node()->value().strides, turned_strides({70, 90}));
    }
}

/// What is added while a turned matrix is summed in that way; it stays turned.
class SumsOfTurnedTest : public EventsStorageCountTest {
protected:
    [[nodiscard]] EvaluationCounters added_by_sum(
        const std::function<Array(const Array&)>& sum_of) {
        Network net = Network::of<float>(70, 90);
        static_cast<void>(added_by([&] { net.deliver(); }));
        Array result;
        const EvaluationCounters added = added_by([&] { result = sum_of(net.w); });
        EXPECT_EQ(net.w.node()->value().strides, turned_strides({70, 90}));
        return added;
    }
};

TEST_F(SumsOfTurnedTest, AlongAnAxisAreKernels) {
    for (const int axis : {0, 1}) {
        const EvaluationCounters added =
            added_by_sum([axis](const Array& w) { return sum(w, Over(axis)); });
        EXPECT_EQ(added.kernels, 1U) << axis;
        EXPECT_EQ(added.interpreted, 0U) << axis;
    }
}

TEST_F(SumsOfTurnedTest, OfAllElementsAreInterpretedAsTheyLie) {
    const EvaluationCounters added = added_by_sum([](const Array& w) { return sum(w); });
    EXPECT_EQ(added.interpreted, 1U);
    EXPECT_EQ(added.relocated, 0U);
}

TEST_F(EventsStorageCountTest, AnExportedMatrixLiesInCOrder) {
    Network net = Network::of<float>(70, 90);
    static_cast<void>(added_by([&] { net.deliver(); }));
    ASSERT_EQ(net.w.node()->value().strides, turned_strides({70, 90}));
    const std::vector<float> before = net.w.host<float>();
    const Value exported = net.w.cell().expose();
    EXPECT_EQ(exported.strides, (Strides{90, 1}));
    const auto* bytes = reinterpret_cast<const float*>(exported.buffer->data());
    EXPECT_EQ(std::vector<float>(bytes, bytes + before.size()), before);
}

TEST_F(EventsStorageCountTest, ATransposedOperandDoesNotTurnWhatIsComputed) {
    Array w = ones({70, 90}, DType::f32);
    const Array other = ones({90, 70}, DType::f32);
    static_cast<void>(added_by([&] { w = w * 0.5 + other.T(); }));
    EXPECT_EQ(w.node()->value().strides, (Strides{90, 1}));
}

TEST_F(EventsStorageCountTest, DeliveryAlongRowsLeavesItAsItIs) {
    Network net = Network::of<float>(70, 90);
    const Array spike = net.spikes_of(70);
    const EvaluationCounters added = added_by([&] { net.spike = spike.dot(net.w) > 0.5; });
    EXPECT_EQ(added.relocated, 0U);
    EXPECT_EQ(net.w.node()->value().strides, (Strides{90, 1}));
}

TEST_F(EventsStorageCountTest, ProductsOfBothSidesDoNotTurnItBackAndForth) {
    Network net = Network::of<float>(70, 90);
    const Array spike = net.spikes_of(70);
    Array sent;
    for (int step = 0; step < 100; ++step) {
        net.deliver();
        sent = spike.dot(net.w);
        evaluate_pending();
    }
    const std::uint64_t before = counters().relocated;
    for (int step = 0; step < 100; ++step) {
        net.deliver();
        sent = spike.dot(net.w);
        evaluate_pending();
    }
    EXPECT_EQ(counters().relocated, before);
}

TEST_F(EventsStorageCountTest, AMatrixThatIsWrittenByIndexIsNotTurnedEachTime) {
    Network net = Network::of<float>(70, 90);
    const std::uint64_t before = counters().relocated;
    for (int step = 0; step < 100; ++step) {
        net.deliver();
        evaluate_pending();
        net.deliver();
        evaluate_pending();
        net.deliver();
        net.w(Array::from(std::vector<std::int64_t>{1}),
              Array::from(std::vector<std::int64_t>{2})) = 0.5;
        evaluate_pending();
    }
    EXPECT_LE(counters().relocated - before, 4U);
}

TEST_F(EventsStorageCountTest, AScriptThatBeginsAnewHasItsMatrixTurnedEachTime) {
    for (int run = 0; run < 5; ++run) {
        SCOPED_TRACE(run);
        Network net = Network::of<float>(70, 90);
        const std::uint64_t before = counters().relocated;
        for (int step = 0; step < 250; ++step) {
            net.deliver();
            evaluate_pending();
        }
        EXPECT_EQ(counters().relocated - before, 1U);
        EXPECT_EQ(net.w.node()->value().strides, turned_strides({70, 90}));
    }
}

}  // namespace
}  // namespace monnto
