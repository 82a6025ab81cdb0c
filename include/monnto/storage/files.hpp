#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace monnto {

/// A file or folder that could not be read, written or made; `what()` says which and why.
class FileProblem : public std::filesystem::filesystem_error {
public:
    using std::filesystem::filesystem_error::filesystem_error;
};

/// Whether a file has to survive a loss of power as soon as it is written (5 ms and more each), or
/// a crash of the program only.
enum class Survives : unsigned char { power_loss, crash };

/// Replaces a file as a whole: written beside it, then renamed. After a crash there is the old
/// content or the new one, never a part. Throws FileProblem.
void write_whole(const std::filesystem::path& file, std::string_view bytes,
                 Survives survives = Survives::power_loss);

/// Throws FileProblem.
[[nodiscard]] std::string read_whole(const std::filesystem::path& file);

/// Makes a folder that did not exist, and those above it; false where it was there. Of several
/// processes that try at once, one gets true.
[[nodiscard]] bool make_new_folder(const std::filesystem::path& folder);

/// The first folder named `Data` in `from` or above it; else `from/Data`, which is made if asked.
[[nodiscard]] std::filesystem::path data_folder(const std::filesystem::path& from, bool create);

}  // namespace monnto
