#include "event_networks.hpp"

#include <monnto/array/array.hpp>
#include <monnto/array/functions.hpp>

// Sums of the rows or columns that spikes pick: written with an index, the way tuned scripts do.
namespace monnto {
namespace {

using support::Spikes;
using support::Weights;

struct Pick {
    const char* name;
    Array (*sum)(const Array& w, const Array& row_spike, const Array& column_spike);
};
const std::array picks{
    Pick{"columns", [](const Array& w, const Array& /*row*/,
                       const Array& column) { return sum(w(all, column), Over(1)); }},
    Pick{"rows", [](const Array& w, const Array& row,
                    const Array& /*column*/) { return sum(w(row), Over(0)); }},
    Pick{"rows of the transposed", [](const Array& w, const Array& /*row*/,
                                      const Array& column) { return sum(w.T()(column), Over(0)); }},
    Pick{"what each picked column holds",
         [](const Array& w, const Array& /*row*/, const Array& column) {
             return sum(w(all, column), Over(0));
         }},
    Pick{"columns that are needed twice",
         [](const Array& w, const Array& /*row*/, const Array& column) {
             const Array picked = w(all, column);
             return sum(picked, Over(1)) + sum(picked * 2.0, Over(1));
         }},
    Pick{"repeated indices",
         [](const Array& w, const Array& /*row*/, const Array& /*column*/) {
             const auto index = Array::from(std::vector<std::int64_t>{5, 5, 0, -1});
             return sum(w(all, index), Over(1));
         }},
};

class EventsSumTest : public ::testing::TestWithParam<Pick> {};

template <class T>
void expect_plain_bits(const Pick& pick) {
    SCOPED_TRACE(pick.name);
    for (const Weights kind : support::all_weights) {
        for (const Spikes events : support::all_spikes) {
            support::expect_equal_runs<T>([&] {
                const Array w =
                    Array::from(std::span<const T>(support::weights<T>(kind, 70, 90)), {70, 90});
                std::vector<T> results;
                for (int step = 0; step < 6; ++step) {  // enough to have it turned
                    const Array row = Array::from(support::spikes<T>(events, 70, step)) != 0.0;
                    const Array column = Array::from(support::spikes<T>(events, 90, step)) != 0.0;
                    const Array result = pick.sum(w, row, column);
                    evaluate_pending();
                    const std::vector<T> values = result.host<T>();
                    results.insert(results.end(), values.begin(), values.end());
                }
                return results;
            });
        }
    }
}

TEST_P(EventsSumTest, GivesTheBitsOfPickingFirstAndSummingThen) {
    expect_plain_bits<float>(GetParam());
    expect_plain_bits<double>(GetParam());
}
INSTANTIATE_TEST_SUITE_P(Picks, EventsSumTest, ::testing::ValuesIn(picks));

class EventsSumCountTest : public support::CountingTest {};

TEST_F(EventsSumCountTest, PickedColumnsAreReadOnceAndNeverCopied) {
    const Array w = ones({70, 90}, DType::f32);
    const Array spike = Array::from(support::spikes<float>(Spikes::few, 90, 0)) != 0.0;
    Array result;
    const EvaluationCounters added = added_by([&] { result = sum(w(all, spike), Over(1)); });
    EXPECT_EQ(added.touched, 70U * 5U);
    EXPECT_EQ(added.rewritten, 1U);
    EXPECT_EQ(w.node()->value().strides, turned_strides({70, 90}));
}

}  // namespace
}  // namespace monnto
