#include <monnto/storage/run_store.hpp>

#include <monnto/storage/files.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <thread>

namespace monnto {
namespace {

namespace fs = std::filesystem;

class RunStoreTest : public ::testing::Test {
protected:
    RunStoreTest() {
        const std::string name = ::testing::UnitTest::GetInstance()->current_test_info()->name();
        folder_ = fs::temp_directory_path() /
                  ("monnto_store_" + name + std::to_string(::getpid())) / "inside";
        fs::remove_all(folder_.parent_path());
        store_ = folder_store((folder_ / "Data").string());
    }
    void TearDown() override { fs::remove_all(folder_.parent_path()); }
    fs::path folder_;
    std::shared_ptr<RunStore> store_;
};

TEST_F(RunStoreTest, NumbersRunsOfOneName) {
    EXPECT_EQ(store_->create("exp", "exp")->name(), "exp");
    EXPECT_EQ(store_->create("exp", "exp")->name(), "exp_0");
    EXPECT_EQ(store_->create("exp", "exp")->name(), "exp_1");
    EXPECT_EQ(store_->last("exp", "exp")->name(), "exp_1");
    EXPECT_EQ(store_->open("exp", "exp")->name(), "exp");
    EXPECT_EQ(store_->last("exp", "other"), nullptr);
    EXPECT_EQ(store_->groups(), std::vector<std::string>{"exp"});
}

TEST_F(RunStoreTest, GivesRunsAtTheSameTimeFoldersOfTheirOwn) {
    constexpr int threads = 4;
    constexpr int runs = 25;
    std::vector<std::vector<std::string>> names(threads);
    std::vector<std::thread> team;
    for (int t = 0; t < threads; ++t) {
        team.emplace_back([&, t] {
            for (int i = 0; i < runs; ++i) {
                names[static_cast<std::size_t>(t)].push_back(store_->create("exp", "r")->name());
            }
        });
    }
    std::set<std::string> every;
    for (int t = 0; t < threads; ++t) {
        team[static_cast<std::size_t>(t)].join();
        every.insert(names[static_cast<std::size_t>(t)].begin(),
                     names[static_cast<std::size_t>(t)].end());
    }
    EXPECT_EQ(every.size(), std::size_t{threads * runs});
    EXPECT_EQ(store_->names("exp").size(), every.size());
}

TEST_F(RunStoreTest, SortsNumbersAsNumbers) {
    for (int i = 0; i < 12; ++i) {
        (void)store_->create("exp", "r");
    }
    const std::vector<std::string> names = store_->names("exp");
    EXPECT_EQ(names.front(), "r");
    EXPECT_EQ(names.back(), "r_10");
    EXPECT_EQ(names[10], "r_9");
    EXPECT_TRUE(comes_before("a2", "a10"));
    EXPECT_FALSE(comes_before("a10", "a2"));
    EXPECT_FALSE(comes_before("a", "a"));
    EXPECT_TRUE(comes_before("a01", "a1") != comes_before("a1", "a01"));
}

TEST_F(RunStoreTest, KeepsParametersAndFiles) {
    const auto run = store_->create("exp", "r");
    run->set("Parameters", {{"a", "1"}, {"b", "x"}});
    run->set("other", {{"a", "2"}});
    EXPECT_EQ(run->get("Parameters", "a"), "1");
    EXPECT_EQ(run->get("other", "a"), "2");
    EXPECT_EQ(run->all("Parameters").size(), 2U);
    EXPECT_EQ(run->sections(), (std::vector<std::string>{"Parameters", "other"}));
    run->write("note.txt", std::string_view("a\0b", 3));
    EXPECT_EQ(run->read("note.txt"), std::string("a\0b", 3));
    EXPECT_EQ(run->files(), (std::vector<std::string>{"config.ini", "note.txt"}));
    run->remove("note.txt");
    EXPECT_FALSE(run->has("note.txt"));
    try {
        (void)run->read("note.txt");
        FAIL();
    } catch (const NothingStored& error) {
        EXPECT_EQ(error.name, "note.txt");
    }
}

TEST_F(RunStoreTest, StaysBelowItsFolder) {
    for (const char* name : {"..", "../x", "a/../../x", "/tmp/x", "", "."}) {
        EXPECT_THROW((void)store_->create("exp", name), BadParameter) << name;
        EXPECT_THROW((void)store_->create(name, "r"), BadParameter) << name;
    }
    const auto run = store_->create("exp", "r");
    EXPECT_THROW(run->write("../x", ""), BadParameter);
    EXPECT_THROW(run->write("a/b", ""), BadParameter);
    EXPECT_FALSE(fs::exists(folder_.parent_path() / "x"));
}

TEST_F(RunStoreTest, WritesWholeFilesOrNone) {
    fs::create_directories(folder_);
    write_whole(folder_ / "f", "old");
    // A folder of that name cannot be replaced by a file: nothing may be left behind.
    fs::create_directories(folder_ / "taken" / "inside");
    EXPECT_ANY_THROW(write_whole(folder_ / "taken", "new"));
    EXPECT_THROW(write_whole(folder_ / "none" / "f", "new"), FileProblem);
    EXPECT_EQ(read_whole(folder_ / "f"), "old");
    EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 2);
}

TEST_F(RunStoreTest, FindsTheNearestDataFolder) {
    fs::create_directories(folder_ / "a" / "b");
    fs::create_directories(folder_ / "a" / "Data");
    EXPECT_EQ(data_folder(folder_ / "a" / "b", false), folder_ / "a" / "Data");
    EXPECT_EQ(data_folder(folder_ / "a", true), folder_ / "a" / "Data");
    fs::create_directories(folder_ / "Data");
    EXPECT_EQ(data_folder(folder_, false), folder_ / "Data");
}

}  // namespace
}  // namespace monnto
