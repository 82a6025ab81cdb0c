#include <monnto/array/functions.hpp>

#include <gtest/gtest.h>

namespace monnto {
namespace {

using Ints = std::vector<std::int64_t>;

Ints host(const Array& a) {
    return a.host<std::int64_t>();
}

TEST(S6ViewTest, SlicesWriteThrough) {
    const Array v = arange(6);
    v(slice(1, 3)) = -1;
    EXPECT_EQ(host(v), (Ints{0, -1, -1, 3, 4, 5}));
    Array tail = v(slice(-2, {}));
    tail += 10;
    EXPECT_EQ(host(v), (Ints{0, -1, -1, 3, 14, 15}));
}

TEST(S6ViewTest, OverlappingAssignmentReadsBeforeItWrites) {
    const Array v = arange(5);
    v(slice(1, {})) = v(slice({}, -1));
    EXPECT_EQ(host(v), (Ints{0, 0, 1, 2, 3}));
}

TEST(S6ViewTest, TransposeAddsToItself) {
    Array w = arange(4).reshape({2, 2}).copy();
    w += w.T();
    EXPECT_EQ(host(w), (Ints{0, 3, 3, 6}));
}

TEST(S6ViewTest, ViewsOfViewsReachTheSource) {
    const Array w = zeros({3, 4}, DType::i64);
    const Array row = w(2);
    row(3) = 7;
    EXPECT_EQ(host(w(all, 3)), (Ints{0, 0, 7}));
    w.T()(0)(slice({}, {}, -1))(0) = 5;
    EXPECT_EQ(w(2, 0).array().item<int>(), 5);
}

TEST(S6ViewTest, MasksAndIndexArraysCopy) {
    const Array v = arange(5);
    Array chosen = v(v > 2);
    chosen += 100;
    EXPECT_EQ(host(chosen), (Ints{103, 104}));
    EXPECT_EQ(host(v), (Ints{0, 1, 2, 3, 4}));
}

TEST(S6IndexTest, DuplicatesInAnIndexCountOnceButAddAtCountsAll) {
    const Array v = zeros({3}, DType::i64);
    const Array twice = Array::from<std::int64_t>({1, 1, 2});
    v(twice) += 1;
    EXPECT_EQ(host(v), (Ints{0, 1, 1}));
    add_at(v, {twice}, 1);
    EXPECT_EQ(host(v), (Ints{0, 3, 2}));
}

TEST(IndexTest, MaskedFillAndMaskedVector) {
    const Array v = arange(5);
    v(v > 3) = -4;
    v(v == 1) = Array::from<std::int64_t>({50});
    EXPECT_EQ(host(v), (Ints{0, 50, 2, 3, -4}));
}

TEST(IndexTest, RowMaskFillsWholeRows) {
    const Array w = zeros({2, 3}, DType::i64);
    w(Array::from<bool>({false, true})) = 9;
    EXPECT_EQ(host(w), (Ints{0, 0, 0, 9, 9, 9}));
}

TEST(IndexTest, SeparatedIndexArraysMoveToTheFront) {
    const Array a = arange(24).reshape({2, 3, 4});
    const Array i = Array::from<std::int64_t>({0, 1});
    EXPECT_EQ(get_items(a, {i, all, i}).shape(), Shape({2, 3}));
    EXPECT_EQ(get_items(a, {0, all, i}).shape(), Shape({2, 3}));
    EXPECT_EQ(get_items(a, {all, i, i}).shape(), Shape({2, 2}));
    EXPECT_EQ(host(get_items(a, {0, all, i})), (Ints{0, 4, 8, 1, 5, 9}));
}

TEST(IndexTest, NewAxisAndEllipsis) {
    const Array a = arange(6).reshape({2, 3});
    EXPECT_EQ(get_items(a, {ellipsis, newaxis}).shape(), Shape({2, 3, 1}));
    EXPECT_EQ(get_items(a, {newaxis, ellipsis, 1}).shape(), Shape({1, 2}));
}

TEST(S4SnapshotTest, AnElementIsACopy) {
    Array v = arange(3);
    const Array third = v(2);
    v.fill(0);
    EXPECT_EQ(third.item<int>(), 2);
}

TEST(S11CheckTest, BadIndicesThrowBeforeAnythingIsWritten) {
    const Array v = arange(3);
    EXPECT_THROW(v(3) = 1, IndexOutOfRange);
    EXPECT_THROW((v(Array::from<std::int64_t>({0, 7})) = 1), IndexOutOfRange);
    EXPECT_THROW((v(v > 0) = Array::from<std::int64_t>({1, 2, 3})), ShapeMismatch);
    EXPECT_THROW(v(0, 0) = 1, TooManyIndices);
    EXPECT_THROW((v(Array::from<bool>({true, false})) = Array::from<std::int64_t>({1})),
                 ShapeMismatch);
    EXPECT_THROW((v(Array::from<double>({1.0})) = 1), TypeMismatch);
    EXPECT_EQ(host(v), (Ints{0, 1, 2}));
}

TEST(S11CheckTest, AnIndexErrorCarriesItsNumbers) {
    try {
        static_cast<void>(arange(6).reshape({2, 3})(0, -4).array());
        FAIL() << "column -4 of three does not exist";
    } catch (const IndexOutOfRange& error) {
        EXPECT_EQ(error.index, -4);
        EXPECT_EQ(error.axis, 1);
        EXPECT_EQ(error.size, 3);
    }
}

}  // namespace
}  // namespace monnto
