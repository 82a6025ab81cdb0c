#include <monnto/storage/files.hpp>
#include <monnto/storage/run_store.hpp>
#include <monnto/storage/sections.hpp>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <filesystem>

namespace monnto {
namespace {

namespace fs = std::filesystem;

constexpr const char* parameters_file = "config.ini";

void check_file_name(std::string_view file) {
    if (file.empty() || file == "." || file == ".." ||
        file.find_first_of(std::string_view("/\\\0", 3)) != std::string_view::npos) {
        throw BadParameter("file", std::string(file), "a name without / and \\");
    }
}

/// `name` below `folder`; it may hold folders of its own but not lead outside.
fs::path below(const fs::path& folder, std::string_view what, std::string_view name) {
    const fs::path given{std::string(name)};
    const bool leads_up = std::ranges::find(given, fs::path("..")) != given.end();
    if (name.empty() || given.is_absolute() || leads_up || given.lexically_normal() == ".") {
        throw BadParameter(std::string(what), std::string(name),
                           "a name below the folder of all runs, without ..");
    }
    return folder / given.lexically_normal();
}

class FolderRun final : public Run {
public:
    explicit FolderRun(fs::path folder) : folder_(std::move(folder)) {}

    [[nodiscard]] std::string name() const override { return folder_.filename().string(); }
    [[nodiscard]] std::string location() const override { return folder_.string(); }

    void set(std::string_view section, const Pairs& values) override {
        Sections present = sections_on_disk();
        for (const auto& [key, value] : values) {
            present.set(section, key, value);
        }
        // Scripts keep hundreds of parameters one by one: waiting for the disk would take seconds.
        write_whole(folder_ / parameters_file, present.print(), Survives::crash);
    }
    [[nodiscard]] std::optional<std::string> get(std::string_view section,
                                                 std::string_view key) const override {
        return sections_on_disk().get(section, key);
    }
    [[nodiscard]] Pairs all(std::string_view section) const override {
        return sections_on_disk().all(section);
    }
    [[nodiscard]] std::vector<std::string> sections() const override {
        return sections_on_disk().names();
    }

    void write(std::string_view file, std::string_view bytes) override {
        check_file_name(file);
        write_whole(folder_ / file, bytes);
    }
    [[nodiscard]] std::string read(std::string_view file) const override {
        check_file_name(file);
        if (!has(file)) {
            throw NothingStored(std::string(file), location());
        }
        return read_whole(folder_ / file);
    }
    [[nodiscard]] bool has(std::string_view file) const override {
        check_file_name(file);
        return fs::is_regular_file(folder_ / file);
    }
    [[nodiscard]] std::vector<std::string> files() const override {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(folder_)) {
            const std::string name = entry.path().filename().string();
            if (entry.is_regular_file() && name[0] != '.') {  // those are being written
                names.push_back(name);
            }
        }
        std::ranges::sort(names, comes_before);
        return names;
    }
    void remove(std::string_view file) override {
        check_file_name(file);
        fs::remove(folder_ / file);
    }

private:
    /// Read anew each time, since others may write parameters of a run as well.
    [[nodiscard]] Sections sections_on_disk() const {
        const fs::path file = folder_ / parameters_file;
        return fs::exists(file) ? Sections::parse(read_whole(file)) : Sections();
    }

    fs::path folder_;
};

std::vector<std::string> folders_in(const fs::path& folder) {
    std::vector<std::string> names;
    if (fs::is_directory(folder)) {
        for (const auto& entry : fs::directory_iterator(folder)) {
            if (entry.is_directory() && entry.path().filename().string()[0] != '.') {
                names.push_back(entry.path().filename().string());
            }
        }
    }
    std::ranges::sort(names, comes_before);
    return names;
}

/// The number behind `name_`; nothing where `folder` is called otherwise.
std::optional<std::int64_t> suffix_of(std::string_view folder, std::string_view name) {
    if (!folder.starts_with(name) || folder.size() <= name.size() + 1 ||
        folder[name.size()] != '_') {
        return {};
    }
    const std::string_view digits = folder.substr(name.size() + 1);
    std::int64_t number = 0;
    const auto [end, problem] =
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool is_number = problem == std::errc() && end == digits.data() + digits.size();
    return is_number ? std::optional(number) : std::nullopt;
}

class FolderStore final : public RunStore {
public:
    explicit FolderStore(fs::path folder) : folder_(std::move(folder)) {}

    [[nodiscard]] std::shared_ptr<Run> create(std::string_view group,
                                              std::string_view name) override {
        fs::path made = below(group_folder(group), "run", name);
        // Making the folder is the question whether it is free: nobody can come in between.
        for (std::int64_t i = 0; !make_new_folder(made); ++i) {
            made = below(group_folder(group), "run", std::string(name) + "_" + std::to_string(i));
        }
        return std::make_shared<FolderRun>(made);
    }
    [[nodiscard]] std::shared_ptr<Run> open(std::string_view group,
                                            std::string_view name) override {
        const fs::path folder = below(group_folder(group), "run", name);
        fs::create_directories(folder);
        return std::make_shared<FolderRun>(folder);
    }
    [[nodiscard]] std::shared_ptr<Run> last(std::string_view group,
                                            std::string_view name) override {
        std::optional<std::int64_t> highest;
        bool has_plain = false;
        for (const std::string& folder : names(group)) {
            has_plain = has_plain || folder == name;
            highest = std::max(highest, suffix_of(folder, name));
        }
        if (highest) {
            return open(group, std::string(name) + "_" + std::to_string(*highest));
        }
        return has_plain ? open(group, name) : nullptr;
    }
    [[nodiscard]] std::vector<std::string> names(std::string_view group) const override {
        return folders_in(group_folder(group));
    }
    [[nodiscard]] std::vector<std::string> groups() const override { return folders_in(folder_); }

private:
    [[nodiscard]] fs::path group_folder(std::string_view group) const {
        return below(folder_, "group", group);
    }

    fs::path folder_;
};

bool is_digit(char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

/// The digits from `at` on, without zeros in front; moves `at` behind them.
std::string_view take_number(std::string_view text, std::size_t& at) {
    const std::size_t start = std::min(text.find_first_not_of('0', at), text.size());
    at = start;
    while (at < text.size() && is_digit(text[at])) {
        ++at;
    }
    return text.substr(start, at - start);
}

}  // namespace

NothingStored::NothingStored(std::string stored_name, std::string_view where)
    : Error("nothing called '" + stored_name + "' is stored in " + std::string(where)),
      name(std::move(stored_name)) {}

bool comes_before(std::string_view left, std::string_view right) noexcept {
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < left.size() && j < right.size()) {
        if (is_digit(left[i]) && is_digit(right[j])) {
            const std::string_view a = take_number(left, i);
            const std::string_view b = take_number(right, j);
            if (a != b) {
                return a.size() != b.size() ? a.size() < b.size() : a < b;
            }
        } else if (left[i] != right[j]) {
            return left[i] < right[j];
        } else {
            ++i;
            ++j;
        }
    }
    const std::size_t left_rest = left.size() - i;
    const std::size_t right_rest = right.size() - j;
    return left_rest != right_rest ? left_rest < right_rest : left < right;
}

std::shared_ptr<RunStore> folder_store(std::string folder) {
    return std::make_shared<FolderStore>(std::move(folder));
}

std::shared_ptr<Run> folder_run(std::string folder) {
    const std::filesystem::path path =
        std::filesystem::absolute(std::move(folder)).lexically_normal();
    // "runs/a/" and "runs/a" are one folder, called a.
    const std::filesystem::path named = path.has_filename() ? path : path.parent_path();
    std::filesystem::create_directories(named);
    return std::make_shared<FolderRun>(named);
}

}  // namespace monnto
