#include "event_networks.hpp"

#include <monnto/array/array.hpp>
#include <monnto/array/functions.hpp>

// Writing parts of matrices by index: in place, whichever way the matrix lies, and without losing
// what is known about it. Masks whose zeros are zeros of the matrix.
namespace monnto {
namespace {

using support::Spikes;
using support::tall;
using support::Weights;
using support::wide;

constexpr std::ptrdiff_t rows = 70;
constexpr std::ptrdiff_t columns = 90;
constexpr std::uint64_t elements = rows * columns;

class EventsPlacementTest : public support::CountingTest {
protected:
    void SetUp() override {
        CountingTest::SetUp();
        if (!IsSkipped()) {
            w_ = Array::from(
                std::span<const float>(support::weights<float>(Weights::positive, rows, columns)),
                {rows, columns});
            pre_ = Array::from(support::spikes<float>(Spikes::few, columns, 0)) != 0.0;
            post_ = Array::from(support::spikes<float>(Spikes::few, rows, 0)) != 0.0;
            static_cast<void>(input());  // learns that weights are finite
        }
    }
    void TearDown() override {
        w_ = pre_ = post_ = Array();
        CountingTest::TearDown();
    }
    [[nodiscard]] std::vector<float> input() {
        return w_.dot(pre_.astype(DType::f32)).host<float>();
    }
    void turn() {
        for (int step = 0; step < 6; ++step) {
            static_cast<void>(input());
        }
    }
    static constexpr std::uint64_t events_of_rows = rows / 17;
    static constexpr std::uint64_t events_of_columns = columns / 17;

    Array w_, pre_, post_;
};

TEST_F(EventsPlacementTest, RowsByMaskAreWrittenInPlaceAndKeepFacts) {
    for (const bool is_turned : {false, true}) {
        SCOPED_TRACE(is_turned);
        if (is_turned) {
            turn();
        }
        const EvaluationCounters added = added_by([&] {
            w_(post_) -= w_(post_).array() * 0.25;
            static_cast<void>(input());
        });
        EXPECT_EQ(added.donated, 1U);  // the matrix: what is picked is not taken out of it
        EXPECT_EQ(added.scanned, 0U);  // the formula tells what the new values can be
        EXPECT_EQ(added.relocated, 0U);
        EXPECT_EQ(added.touched, events_of_rows * columns + rows * events_of_columns);
    }
}

TEST_F(EventsPlacementTest, ColumnsAndDiagonalsOfATurnedMatrixStayTurned) {
    turn();
    const EvaluationCounters added = added_by([&] {
        w_(all, 3) = 0.25;
        w_(2) = 0.5;
        static_cast<void>(input());
    });
    EXPECT_EQ(added.relocated, 0U);
    EXPECT_EQ(added.touched, rows + columns + rows * events_of_columns);
}

TEST_F(EventsPlacementTest, AMaskOnWhatIsZeroThereHasNothingToDo) {
    const Array mask =
        Array::from(support::spikes<float>(Spikes::many, elements, 0)).reshape({rows, columns}) !=
        0.0;
    EXPECT_EQ(added_by([&] { w_ *= mask; }).kernels, 1U);
    const EvaluationCounters before = counters();
    w_ *= mask;
    evaluate_pending();
    EXPECT_EQ(counters().rewritten - before.rewritten, 1U);
    EXPECT_EQ(counters().touched, before.touched);
}

TEST_F(EventsPlacementTest, UpdatesUnderAMaskTouchPairsOnly) {
    const Array mask =
        Array::from(support::spikes<float>(Spikes::many, elements, 0)).reshape({rows, columns}) !=
        0.0;
    const EvaluationCounters added = added_by([&] {
        w_ += tall(post_) * wide(pre_) * 0.125;
        w_ *= mask;
        w_ = clip(w_, 0, 1);
    });
    EXPECT_EQ(added.touched, events_of_rows * events_of_columns);
}

TEST_F(EventsPlacementTest, PositiveWeightsKeepTheirBitsWhereTheyAreAskedForTheirSign) {
    const EvaluationCounters added = added_by([&] { w_ = w_ * (w_ > 0); });
    EXPECT_EQ(added.rewritten, 1U);
    EXPECT_EQ(added.touched, 0U);
}

TEST_F(EventsPlacementTest, ClippingWhatLiesInsideHasNothingToDo) {
    const EvaluationCounters added = added_by([&] { w_ = clip(w_, 0, 1); });
    EXPECT_EQ(added.rewritten, 1U);
    EXPECT_EQ(added.touched, 0U);
}

}  // namespace
}  // namespace monnto
