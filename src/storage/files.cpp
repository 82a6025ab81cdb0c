#include <monnto/storage/files.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <fstream>
#include <iterator>

namespace monnto {
namespace {

[[noreturn]] void refuse(const char* what, const std::filesystem::path& path) {
    throw FileProblem(what, path, std::error_code(errno, std::generic_category()));
}

/// A descriptor that is closed in any case.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) {
            ::close(number_);
        }
    }
    [[nodiscard]] int number() const noexcept { return number_; }

private:
    int number_;
};

void write_all(int file, std::string_view bytes, const std::filesystem::path& path) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(file, bytes.data(), bytes.size());
        if (count < 0 && errno != EINTR) {
            refuse("write", path);
        }
        bytes.remove_prefix(count < 0 ? 0 : static_cast<std::size_t>(count));
    }
}

void flush(int file, const std::filesystem::path& path) {
    if (::fsync(file) != 0 && errno != EINVAL) {  // EINVAL: not a file that can be flushed
        refuse("flush", path);
    }
}

std::filesystem::path name_beside(const std::filesystem::path& file) {
    static std::atomic<unsigned> count{0};
    // Unlike any name that the user may choose, and unlike those of other processes.
    return file.parent_path() / ("." + file.filename().string() + "." + std::to_string(::getpid()) +
                                 "." + std::to_string(++count));
}

}  // namespace

void write_whole(const std::filesystem::path& file, std::string_view bytes, Survives survives) {
    const std::filesystem::path beside = name_beside(file);
    try {
        // NOLINTBEGIN(cppcoreguidelines-pro-type-vararg): the system's interface
        const Descriptor open(
            ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
        // NOLINTEND(cppcoreguidelines-pro-type-vararg)
        if (open.number() < 0) {
            refuse("create", beside);
        }
        write_all(open.number(), bytes, beside);
        if (survives == Survives::power_loss) {
            flush(open.number(), beside);
        }
        std::filesystem::rename(beside, file);
    } catch (...) {
        std::error_code ignored;
        std::filesystem::remove(beside, ignored);
        throw;
    }
}

std::string read_whole(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        refuse("read", file);
    }
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

bool make_new_folder(const std::filesystem::path& folder) {
    if (folder.has_parent_path()) {
        std::filesystem::create_directories(folder.parent_path());
    }
    if (::mkdir(folder.c_str(), 0777) == 0) {
        return true;
    }
    if (errno != EEXIST) {
        refuse("make folder", folder);
    }
    return false;
}

std::filesystem::path data_folder(const std::filesystem::path& from, bool create) {
    const std::filesystem::path start = std::filesystem::absolute(from).lexically_normal();
    for (std::filesystem::path at = start;; at = at.parent_path()) {
        if (std::filesystem::is_directory(at / "Data")) {
            return at / "Data";
        }
        if (at == at.parent_path()) {
            break;
        }
    }
    std::filesystem::path made = start / "Data";
    if (create) {
        std::filesystem::create_directories(made);
    }
    return made;
}

}  // namespace monnto
