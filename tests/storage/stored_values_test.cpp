#include <monnto/storage/stored_values.hpp>

#include <monnto/monnto.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

namespace monnto {
namespace {

namespace fs = std::filesystem;

TEST(StoredValueTest, TextsAreCastWithoutBeingExecuted) {
    EXPECT_EQ(stored_value("True"), StoredValue(true));
    EXPECT_EQ(stored_value("-3"), StoredValue(std::int64_t{-3}));
    EXPECT_EQ(stored_value("2.5"), StoredValue(2.5));
    EXPECT_EQ(stored_value("1e-05"), StoredValue(1e-5));
    EXPECT_EQ(stored_value("1.2.3"), StoredValue(std::string("1.2.3")));
    EXPECT_EQ(stored_value("__import__('os')"), StoredValue(std::string("__import__('os')")));
}

TEST(StoredValueTest, ComeBackAsTheSameTypeAndValue) {
    for (const StoredValue& value :
         {StoredValue(true), StoredValue(false), StoredValue(std::int64_t{7}), StoredValue(2.0),
          StoredValue(0.1), StoredValue(1e300), StoredValue(-5e-324),
          StoredValue(std::string("50%"))}) {
        EXPECT_EQ(stored_value(stored_text(value)), value) << stored_text(value);
    }
    EXPECT_TRUE(std::isnan(std::get<double>(stored_value(stored_text(std::nan(""))))));
}

class StoredArrayTest : public ::testing::Test {
protected:
    StoredArrayTest() {
        const std::string name = ::testing::UnitTest::GetInstance()->current_test_info()->name();
        folder_ = (fs::temp_directory_path() / ("monnto_run_" + name)).string();
        fs::remove_all(folder_);
        run_ = folder_run(folder_);
    }
    void TearDown() override { fs::remove_all(folder_); }
    std::string folder_;
    std::shared_ptr<monnto::Run> run_;
};

TEST_F(StoredArrayTest, ArraysOfEveryTypeAndShapeComeBack) {
    const Array base = arange(24).reshape({2, 3, 4});
    for (const DType dtype : {DType::boolean, DType::u8, DType::i16, DType::u64, DType::i64,
                              DType::f16, DType::f32, DType::f64}) {
        const Array values = base.astype(dtype);
        save_array(*run_, "a", values);
        const Array read = load_array(*run_, "a");
        EXPECT_EQ(read.dtype(), dtype);
        EXPECT_TRUE(array_equal(read, values)) << name_of(dtype);
    }
    for (const Shape& shape : {Shape{}, Shape{0}, Shape{0, 3}, Shape{1}, Shape{3, 1, 2}}) {
        const Array read = array_of_npy(npy_bytes(zeros(shape)));
        EXPECT_EQ(read.shape(), shape);
    }
}

TEST_F(StoredArrayTest, DamagedFilesAreRefused) {
    const std::string bytes = npy_bytes(arange(100));
    EXPECT_THROW((void)array_of_npy(bytes.substr(0, bytes.size() - 1)), ParseError);
    EXPECT_THROW((void)array_of_npy(bytes.substr(0, 20)), ParseError);
    EXPECT_THROW((void)array_of_npy("nothing"), ParseError);
    std::string complex = bytes;
    complex.replace(complex.find("<i8"), 3, "<c8");
    EXPECT_THROW((void)array_of_npy(complex), TypeMismatch);
    EXPECT_THROW((void)load_array(*run_, "none"), NothingStored);
    EXPECT_THROW((void)npy_bytes(zeros({1}, DType::bf16)), TypeMismatch);
}

TEST_F(StoredArrayTest, FramesCountFromZero) {
    const Array picture = zeros({2, 3, 3}, DType::u8);
    EXPECT_EQ(save_frame(*run_, "f", picture), 0);
    EXPECT_EQ(save_frame(*run_, "f", picture), 1);
    EXPECT_EQ(run_->files(), (std::vector<std::string>{"f0.png", "f1.png"}));
    EXPECT_TRUE(run_->read("f0.png").starts_with("\x89PNG\r\n\x1a\n"));
    EXPECT_THROW((void)png_bytes(zeros({2, 3, 2}, DType::u8)), ShapeMismatch);
    EXPECT_THROW((void)png_bytes(zeros({2, 3})), TypeMismatch);
}

TEST_F(StoredArrayTest, RecordingsAreOneArrayOverTime) {
    Network net;
    auto recorder = std::make_shared<Recorder>("v");
    NeuronGroup& n = net.add_neurons("n", 3, {{9, recorder}});
    n["v"] = n.vector(2.0);
    net.initialize();
    net.simulate_iterations(4);
    EXPECT_EQ(save_recording(*run_, "run", recorder->history("v")), "runv");
    EXPECT_EQ(load_array(*run_, "runv").shape(), (Shape{4, 3}));
}

TEST(CompareRunsTest, SortsByNumbersAndPutsMissingOnesFirst) {
    const std::string folder = (fs::temp_directory_path() / "monnto_compare").string();
    fs::remove_all(folder);
    const auto store = folder_store(folder);
    std::vector<std::shared_ptr<monnto::Run>> runs;
    for (const double k : {101.0, 0.0, 7.0}) {
        runs.push_back(store->create("t", "t"));
        save_parameter(*runs.back(), "k", k);
    }
    runs.push_back(store->create("t", "t"));
    sort_by(runs, "k");
    const std::vector<double> values = column(runs, "k");
    EXPECT_TRUE(std::isnan(values[0]));
    EXPECT_EQ((std::vector<double>(values.begin() + 1, values.end())),
              (std::vector<double>{0, 7, 101}));
    fs::remove_all(folder);
}

}  // namespace
}  // namespace monnto
