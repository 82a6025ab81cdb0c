#include "kernel_files.hpp"
#include "program/hash.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

namespace monnto::cpu {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view ending = ".kernel";
constexpr std::string_view unfinished = ".unfinished";

[[nodiscard]] std::uint64_t hash_of(std::string_view bytes) noexcept {
    kernel::Hash hash;
    for (std::size_t at = 0; at < bytes.size(); at += sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + at, std::min(sizeof(word), bytes.size() - at));
        hash.add(word);
    }
    hash.add(bytes.size());
    return hash.value();
}

/// Stands at the start of a file; identity and object follow.
struct Head {
    std::array<char, 8> mark{'m', 'o', 'n', 'n', 't', 'o', 'k', '1'};
    std::uint64_t identity = 0;  // bytes
    std::uint64_t object = 0;    // bytes
    std::uint64_t check = 0;     // hash of the object
    friend bool operator==(const Head&, const Head&) = default;
};

[[nodiscard]] std::string content_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) {
        return {};
    }
    std::string content(static_cast<std::size_t>(file.tellg()), '\0');
    file.seekg(0);
    file.read(content.data(), static_cast<std::streamsize>(content.size()));
    return file ? content : std::string();
}

struct Found {
    fs::path path;
    fs::file_time_type written;
    std::uintmax_t bytes = 0;
};

/// Takes away what processes left that ended while they wrote, and the oldest half of the kernels
/// where there are too many.
void sweep(const std::string& folder, std::uintmax_t most_bytes) {
    std::error_code ignored;
    const auto now = fs::file_time_type::clock::now();
    std::vector<Found> kernels;
    std::uintmax_t bytes = 0;
    for (const fs::directory_entry& each : fs::directory_iterator(folder, ignored)) {
        const fs::file_time_type written = each.last_write_time(ignored);
        if (each.path().extension() == unfinished && now - written > std::chrono::hours(1)) {
            fs::remove(each.path(), ignored);
        } else if (each.path().extension() == ending) {
            const std::uintmax_t size = each.file_size(ignored);
            kernels.push_back({each.path(), written, ignored ? 0 : size});
            bytes += kernels.back().bytes;
        }
    }
    if (bytes <= most_bytes) {
        return;
    }
    std::ranges::sort(kernels, {}, &Found::written);
    for (const Found& each : kernels) {
        if (bytes <= most_bytes / 2) {
            break;
        }
        fs::remove(each.path, ignored);
        bytes -= each.bytes;
    }
}

[[nodiscard]] std::string variable(const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
    return value == nullptr ? std::string() : std::string(value);
}

/// In the user's home, unless somebody else works in it (sudo): he would be left a folder that he
/// cannot write.
[[nodiscard]] std::string default_folder() {
    const std::string home = variable("HOME");
    const std::string caches = variable("XDG_CACHE_HOME");
    struct stat status = {};
    if (home.empty() || home.front() != '/' || stat(home.c_str(), &status) != 0 ||
        status.st_uid != geteuid()) {
        return {};
    }
    const bool has_caches = !caches.empty() && caches.front() == '/';
    return (has_caches ? caches : home + "/.cache") + "/monnto/kernels";
}

}  // namespace

std::string kernel_folder() {
    const char* asked = std::getenv("MONNTO_KERNEL_CACHE");  // NOLINT(concurrency-mt-unsafe)
    return asked == nullptr ? default_folder() : std::string(asked);
}

std::string why_unusable(const std::string& folder) {
    std::error_code error;
    if (!fs::exists(folder, error)) {
        fs::create_directories(folder, error);
        if (!error) {
            fs::permissions(folder, fs::perms::owner_all, error);
        }
    }
    struct stat status = {};
    if (error || stat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) {
        return error ? error.message() : "no folder";
    }
    if (status.st_uid != geteuid() || (status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
        return "others can write it, and its files are run as code: chmod go-w, or take one of "
               "your own";
    }
    return access(folder.c_str(), R_OK | W_OK | X_OK) == 0 ? "" : "not writable";
}

KernelFiles::KernelFiles(std::string folder, std::string target, std::uintmax_t most_bytes)
    : folder_(std::move(folder)), target_(std::move(target)), most_bytes_(most_bytes) {
    if (!folder_.empty() && !why_unusable(folder_).empty()) {
        folder_.clear();  // `monnto info` says why
    }
}

std::string KernelFiles::identity_of(const emit::KernelText& text) const {
    return fmt::format("{}\npasses {}\n{}", target_, text.passes, text.ir);
}

std::string KernelFiles::path_of(std::string_view identity) const {
    return fmt::format("{}/{:016x}{}", folder_, hash_of(identity), ending);
}

std::optional<std::string> KernelFiles::find(const emit::KernelText& text) const {
    if (folder_.empty()) {
        return std::nullopt;
    }
    const std::string identity = identity_of(text);
    const std::string content = content_of(path_of(identity));
    Head head;
    if (content.size() < sizeof(head) + identity.size()) {
        return std::nullopt;
    }
    const std::string_view all = content;
    const std::string_view object = all.substr(sizeof(head) + identity.size());
    std::memcpy(&head, content.data(), sizeof(head));
    const Head expected{
        .identity = identity.size(), .object = object.size(), .check = hash_of(object)};
    if (head != expected || all.substr(sizeof(head), identity.size()) != identity) {
        return std::nullopt;
    }
    return std::string(object);
}

void KernelFiles::keep(const emit::KernelText& text, std::string_view object) const noexcept {
    if (folder_.empty()) {
        return;
    }
    static std::atomic<unsigned> written{0};
    try {
        const std::string identity = identity_of(text);
        const std::string path = path_of(identity);
        const std::string beside =
            fmt::format("{}.{}.{}{}", path, getpid(), written.fetch_add(1), unfinished);
        const Head head{
            .identity = identity.size(), .object = object.size(), .check = hash_of(object)};
        std::ofstream file(beside, std::ios::binary);
        file.write(reinterpret_cast<const char*>(&head), sizeof(head));
        file.write(identity.data(), static_cast<std::streamsize>(identity.size()));
        file.write(object.data(), static_cast<std::streamsize>(object.size()));
        file.close();
        std::error_code error;
        if (file) {
            fs::rename(beside, path, error);
        }
        if (!file || error) {
            fs::remove(beside, error);
        }
        // Not at the start: a process that finds all its kernels need not look at the folder.
        if (!is_swept_.exchange(true)) {
            sweep(folder_, most_bytes_);
        }
    } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): compiled again next time
    }
}

}  // namespace monnto::cpu
