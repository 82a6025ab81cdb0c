#include "cpu/kernel_files.hpp"
#include "random_nodes.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace monnto {
namespace {

using cpu::CompiledExecutor;
using cpu::KernelFiles;
using support::leaf;
using support::recorded;
using support::Recorded;
namespace fs = std::filesystem;

/// A folder of its own, gone with the test.
class KernelFilesTest : public ::testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (fs::temp_directory_path() / "monnto_kernels_XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        folder_ = pattern;
    }
    void TearDown() override { fs::remove_all(folder_); }

    [[nodiscard]] std::vector<fs::path> files() const {
        std::vector<fs::path> found;
        for (const auto& each : fs::directory_iterator(folder_)) {
            found.push_back(each.path());
        }
        return found;
    }

    std::string folder_;
    const emit::KernelText text_{
        .ir = "define void @k() { ret void }", .passes = "", .host_functions = {}};
};

TEST_F(KernelFilesTest, WhatWasKeptIsFoundByEqualTextAndTarget) {
    const KernelFiles files(folder_, "LLVM 19 v4");
    EXPECT_FALSE(files.find(text_));
    files.keep(text_, "machine code");
    EXPECT_EQ(files.find(text_), "machine code");
    EXPECT_EQ(KernelFiles(folder_, "LLVM 19 v4").find(text_), "machine code");
}

TEST_F(KernelFilesTest, AnotherTargetTextOrPassFindsNothing) {
    KernelFiles(folder_, "LLVM 19.1.7 v4").keep(text_, "machine code");
    EXPECT_FALSE(KernelFiles(folder_, "LLVM 19.1.6 v4").find(text_));
    EXPECT_FALSE(KernelFiles(folder_, "LLVM 19.1.7 v3").find(text_));
    emit::KernelText other = text_;
    other.ir += ' ';
    EXPECT_FALSE(KernelFiles(folder_, "LLVM 19.1.7 v4").find(other));
    other = text_;
    other.passes = "mem2reg";
    EXPECT_FALSE(KernelFiles(folder_, "LLVM 19.1.7 v4").find(other));
}

TEST_F(KernelFilesTest, AFileThatWasCutOrChangedIsAsGoodAsNone) {
    const KernelFiles files(folder_, "target");
    files.keep(text_, "machine code");
    const fs::path path = this->files().front();
    const auto size = fs::file_size(path);
    for (std::uintmax_t byte = 0; byte < size; ++byte) {
        std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
        file.seekg(static_cast<std::streamoff>(byte));
        const int was = file.get();
        file.seekp(static_cast<std::streamoff>(byte));
        file.put(static_cast<char>(was ^ 0x10));
        file.close();
        EXPECT_FALSE(files.find(text_)) << "byte " << byte;
        files.keep(text_, "machine code");
    }
    EXPECT_TRUE(files.find(text_));
    for (std::uintmax_t length = size; length-- > 0;) {
        fs::resize_file(path, length);
        ASSERT_FALSE(files.find(text_)) << length << " bytes";
    }
}

TEST_F(KernelFilesTest, FilesAppearWholeWhileSeveralWrite) {
    const std::string object(1 << 20, 'x');
    std::vector<std::thread> writers;
    for (int i = 0; i < 4; ++i) {
        writers.emplace_back([&] {
            const KernelFiles files(folder_, "target");
            for (int k = 0; k < 20; ++k) {
                files.keep(text_, object);
                const auto found = files.find(text_);
                EXPECT_TRUE(found && *found == object);
            }
        });
    }
    for (std::thread& writer : writers) {
        writer.join();
    }
    EXPECT_EQ(files().size(), 1U);  // nothing half written stays
}

TEST_F(KernelFilesTest, WhatAProcessLeftUnfinishedIsSweptAway) {
    const fs::path old = folder_ + "/0.kernel.1.1.unfinished";
    const fs::path fresh = folder_ + "/0.kernel.2.1.unfinished";
    std::ofstream(old) << "half";
    std::ofstream(fresh) << "half";
    fs::last_write_time(old, fs::file_time_type::clock::now() - std::chrono::hours(2));
    KernelFiles(folder_, "target").keep(text_, "machine code");
    EXPECT_FALSE(fs::exists(old));
    EXPECT_TRUE(fs::exists(fresh));  // somebody may be writing it
}

TEST_F(KernelFilesTest, TheOldestHalfGoesWhereThereAreTooMany) {
    const auto text_of = [](int number) {
        return emit::KernelText{
            .ir = "; " + std::to_string(number), .passes = "", .host_functions = {}};
    };
    const std::string object(1000, 'x');
    const auto fill = [&] {
        const KernelFiles kept(folder_, "target", 1U << 30U);
        for (int number = 0; number < 20; ++number) {
            kept.keep(text_of(number), object);
            const auto age = std::chrono::minutes(100 - number);
            for (const fs::path& each : files()) {
                if (fs::last_write_time(each) >
                    fs::file_time_type::clock::now() - std::chrono::minutes(1)) {
                    fs::last_write_time(each, fs::file_time_type::clock::now() - age);
                }
            }
        }
    };
    fill();
    ASSERT_EQ(files().size(), 20U);
    const KernelFiles files_of_next(folder_, "target", 15'000);
    EXPECT_EQ(files().size(), 20U);  // looking costs nothing
    files_of_next.keep(text_of(20), object);
    EXPECT_LE(files().size(), 8U);
    EXPECT_GE(files().size(), 5U);
    EXPECT_EQ(files_of_next.find(text_of(20)), object);
    EXPECT_EQ(files_of_next.find(text_of(19)), object);
    EXPECT_FALSE(files_of_next.find(text_of(0)));
}

class KernelFolderTest : public KernelFilesTest {
protected:
    void SetUp() override {
        KernelFilesTest::SetUp();
        for (const char* name : {"HOME", "XDG_CACHE_HOME", "MONNTO_KERNEL_CACHE"}) {
            const char* value = std::getenv(name);
            before_.emplace_back(
                name, value == nullptr ? std::nullopt : std::optional<std::string>(value));
            unsetenv(name);
        }
    }
    void TearDown() override {
        for (const auto& [name, value] : before_) {
            value ? setenv(name, value->c_str(), 1) : unsetenv(name);
        }
        KernelFilesTest::TearDown();
    }

private:
    std::vector<std::pair<const char*, std::optional<std::string>>> before_;
};

TEST_F(KernelFolderTest, KernelsAreKeptAmongTheUsersCaches) {
    EXPECT_EQ(cpu::kernel_folder(), "");  // nobody's home
    setenv("HOME", folder_.c_str(), 1);
    EXPECT_EQ(cpu::kernel_folder(), folder_ + "/.cache/monnto/kernels");
    setenv("XDG_CACHE_HOME", (folder_ + "/caches").c_str(), 1);
    EXPECT_EQ(cpu::kernel_folder(), folder_ + "/caches/monnto/kernels");
    setenv("MONNTO_KERNEL_CACHE", "", 1);
    EXPECT_EQ(cpu::kernel_folder(), "");
    setenv("MONNTO_KERNEL_CACHE", "/elsewhere", 1);
    EXPECT_EQ(cpu::kernel_folder(), "/elsewhere");
}

TEST_F(KernelFolderTest, NothingIsKeptInAHomeOfSomebodyElse) {
    setenv("HOME", geteuid() == 0 ? folder_.c_str() : "/", 1);
    if (geteuid() == 0) {
        ASSERT_EQ(chown(folder_.c_str(), 12345, 12345), 0);
    }
    EXPECT_EQ(cpu::kernel_folder(), "");
}

TEST_F(KernelFilesTest, AFolderThatOthersCanWriteIsRefused) {
    ASSERT_EQ(chmod(folder_.c_str(), 0777), 0);
    EXPECT_NE(cpu::why_unusable(folder_).find("run as code"), std::string::npos);
    KernelFiles(folder_, "target").keep(text_, "machine code");
    EXPECT_TRUE(files().empty());
    EXPECT_EQ(cpu::why_unusable(folder_ + "/new"), "");
    EXPECT_EQ(fs::status(folder_ + "/new").permissions(), fs::perms::owner_all);
}

/// What a process with that folder does: two values of one expression.
[[nodiscard]] Recorded record() {
    const Shape shape{1000};
    const NodeRef a = leaf(DType::f32, shape, 1);
    const NodeRef power = recorded(Op::exp, DType::f32, shape, {a});
    const NodeRef sum = recorded(Op::sum, DType::f32, {}, {power}, AxesAttr{0xFF, false});
    return {{power, sum}, {power, sum}};
}

TEST_F(KernelFilesTest, ALaterProcessCompilesNothingAndGetsTheSameBits) {
    for (const Processor width : support::compiled_widths()) {
        std::vector<Recorded> runs;
        for (const bool is_first : {true, false}) {
            const CompiledExecutor::Options options{
                .width = width, .compile_after = 0, .compile_above = 0, .kernels = folder_};
            CompiledExecutor executor(options);
            const EvaluationCounters before = counters();
            runs.push_back(record());
            support::run_on(executor, runs.back());
            EXPECT_EQ(counters().kernels - before.kernels, 1U);
            EXPECT_EQ(counters().compiled - before.compiled, is_first ? 1U : 0U);
            EXPECT_EQ(counters().loaded - before.loaded, is_first ? 0U : 1U);
        }
        for (std::size_t i = 0; i < runs[0].wanted.size(); ++i) {
            EXPECT_TRUE(support::same_bits(runs[0].wanted[i], runs[1].wanted[i]));
        }
    }
}

}  // namespace
}  // namespace monnto
