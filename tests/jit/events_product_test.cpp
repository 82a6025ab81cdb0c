#include "kernel_executors.hpp"

#include <monnto/array/array.hpp>
#include <monnto/array/functions.hpp>

#include <random>

// Products with vectors of few events: the bits of the whole product (S17), and as little work as
// the events ask for.
namespace monnto {
namespace {

using support::Recorded;

constexpr std::ptrdiff_t rows = 70;
constexpr std::ptrdiff_t columns = 90;

enum class Weights { ordinary, negative_zero, infinite, not_a_number };
enum class Spikes { none, one, few, many, all };

template <class T>
[[nodiscard]] std::vector<T> weights(Weights kind) {
    std::mt19937 random(7);
    std::uniform_real_distribution<T> draw(-1, 1);
    std::vector<T> w(static_cast<std::size_t>(rows * columns));
    std::ranges::generate(w, [&] { return draw(random); });
    const std::array<T, 4> special{T(0.5), T(-0.0), std::numeric_limits<T>::infinity(),
                                   std::numeric_limits<T>::quiet_NaN()};
    for (std::size_t i = 3; i < w.size(); i += 97) {
        w[i] = special[static_cast<std::size_t>(kind)];
    }
    return w;
}

template <class T>
[[nodiscard]] std::vector<T> spikes(Spikes kind, std::ptrdiff_t count, bool binary) {
    const std::array<std::ptrdiff_t, 5> every{0, count, 17, 2, 1};
    const std::ptrdiff_t step = every[static_cast<std::size_t>(kind)];
    std::vector<T> x(static_cast<std::size_t>(count), T(0));
    for (std::ptrdiff_t i = step - 1; step != 0 && i < count; i += step) {
        x[static_cast<std::size_t>(i)] = binary ? T(1) : T(0.3) * static_cast<T>(i - 20);
    }
    return x;
}

/// The matrix in C order, or along its columns.
template <class T>
[[nodiscard]] NodeRef laid(const std::vector<T>& w, bool transposed) {
    if (!transposed) {
        return support::settled(w, {rows, columns});
    }
    std::vector<T> turned(w.size());
    for (std::ptrdiff_t i = 0; i < rows; ++i) {
        for (std::ptrdiff_t j = 0; j < columns; ++j) {
            turned[static_cast<std::size_t>(j * rows + i)] =
                w[static_cast<std::size_t>(i * columns + j)];
        }
    }
    const NodeRef plain = support::settled(turned, {rows, columns});
    Value value = plain->value();
    value.strides = {1, rows};
    return NodeRef(new Node(dtype_of<T>, {rows, columns}, value));
}

template <class T>
[[nodiscard]] Recorded product(const NodeRef& matrix, const std::vector<T>& x, bool vector_first) {
    const NodeRef vector = support::settled(x);
    const std::ptrdiff_t count = vector_first ? columns : rows;
    const NodeInputs inputs =
        vector_first ? NodeInputs{vector, matrix} : NodeInputs{matrix, vector};
    const NodeRef node = support::recorded(Op::matmul, dtype_of<T>, {count}, inputs);
    return {{node}, {node}};
}

template <class T>
void expect_plain_bits() {
    for (const auto kind :
         {Weights::ordinary, Weights::negative_zero, Weights::infinite, Weights::not_a_number}) {
        const std::vector<T> w = weights<T>(kind);
        for (const auto events :
             {Spikes::none, Spikes::one, Spikes::few, Spikes::many, Spikes::all}) {
            for (int variant = 0; variant < 8; ++variant) {
                SCOPED_TRACE(testing::Message() << static_cast<int>(kind) << " "
                                                << static_cast<int>(events) << " " << variant);
                const bool first = (variant & 1) != 0;
                const std::vector<T> x =
                    spikes<T>(events, first ? rows : columns, (variant & 4) != 0);
                const std::uint64_t before = counters().rewritten;
                support::expect_same_bits(
                    [&] { return product(laid(w, (variant & 2) != 0), x, first); });
                const bool is_finite = kind <= Weights::negative_zero;
                if (is_finite && events <= Spikes::few && !support::compiled_widths().empty()) {
                    EXPECT_GT(counters().rewritten, before);
                }
            }
        }
    }
}

TEST(EventsProductTest, EventsGiveTheBitsOfTheWholeProductForFloats) {
    expect_plain_bits<float>();
}

TEST(EventsProductTest, EventsGiveTheBitsOfTheWholeProductForDoubles) {
    expect_plain_bits<double>();
}

/// Evaluates with a compiling executor and counts what one more step adds.
class EventsProductCountTest : public ::testing::Test {
protected:
    void SetUp() override {
        executor_ = cpu::make_compiled_executor();
        if (!executor_) {
            GTEST_SKIP() << "no LLVM or no vectors: nothing is rewritten here";
        }
        before_ = set_executor(executor_);
    }
    void TearDown() override {
        if (before_) {
            evaluate_pending();
            set_executor(before_);
        }
    }
    template <class Step>
    [[nodiscard]] static std::uint64_t touched_by(Step step) {
        for (int i = 0; i < 6; ++i) {
            step();
            evaluate_pending();
        }
        const std::uint64_t before = counters().touched;
        step();
        evaluate_pending();
        return counters().touched - before;
    }

    const Array w_ =
        Array::from(std::span<const float>(weights<float>(Weights::ordinary)), {rows, columns});
    const Array spike_ = Array::from(spikes<float>(Spikes::few, columns, true)) != 0.0;
    const Array row_spike_ = Array::from(spikes<float>(Spikes::few, rows, true)) != 0.0;
    static constexpr std::uint64_t events = columns / 17;
    static constexpr std::uint64_t row_events = rows / 17;

private:
    std::shared_ptr<Executor> executor_;
    std::shared_ptr<Executor> before_;
};

TEST_F(EventsProductCountTest, OnlyColumnsWithEventsAreReadInWhateverFormItIsWritten) {
    Array out;
    EXPECT_EQ(touched_by([&] { out = w_.dot(spike_); }), rows * events);
    EXPECT_EQ(touched_by([&] { out = matmul(w_, spike_); }), rows * events);
    EXPECT_EQ(touched_by([&] { out = matmul(spike_, w_.T()); }), rows * events);
    EXPECT_EQ(touched_by([&] { out = spike_.astype(DType::f32).dot(w_.T()); }), rows * events);
}

TEST_F(EventsProductCountTest, OnlyRowsWithEventsAreReadInWhateverFormItIsWritten) {
    Array out;
    EXPECT_EQ(touched_by([&] { out = row_spike_.dot(w_); }), columns * row_events);
    EXPECT_EQ(touched_by([&] { out = matmul(row_spike_, w_); }), columns * row_events);
    EXPECT_EQ(touched_by([&] { out = matmul(w_.T(), row_spike_); }), columns * row_events);
}

TEST_F(EventsProductCountTest, AMatrixIsLookedAtOnceForItsFacts) {
    const std::uint64_t before = counters().scanned;
    Array out;
    EXPECT_EQ(touched_by([&] { out = w_.dot(spike_); }), rows * events);
    EXPECT_EQ(counters().scanned - before, static_cast<std::uint64_t>(rows * columns));
}

TEST_F(EventsProductCountTest, AnInfiniteWeightTakesThePlainPathAndIsNotLookedForEachTime) {
    const Array w =
        Array::from(std::span<const float>(weights<float>(Weights::infinite)), {rows, columns});
    Array out;
    const std::uint64_t before = counters().scanned;
    EXPECT_EQ(touched_by([&] { out = w.dot(spike_); }), 0U);
    EXPECT_EQ(counters().scanned - before, static_cast<std::uint64_t>(rows * columns));
}

TEST_F(EventsProductCountTest, ManyEventsTakeThePlainPath) {
    const Array most = Array::from(std::vector<float>(columns, 1.0F)) != 0.0;
    Array out;
    EXPECT_EQ(touched_by([&] { out = w_.dot(most); }), 0U);
}

TEST_F(EventsProductCountTest, AMatrixThatMeetsTruthValuesIsTurnedHoweverManyAreTrue) {
    const std::vector<float> flags = spikes<float>(Spikes::many, columns, true);
    const auto count = static_cast<std::uint64_t>(
        std::ranges::count_if(flags, [](float each) { return each != 0.0F; }));
    const Array many = Array::from(flags) != 0.0;
    Array out;
    EXPECT_EQ(touched_by([&] { out = w_.dot(many); }), rows * count);
}

}  // namespace
}  // namespace monnto
