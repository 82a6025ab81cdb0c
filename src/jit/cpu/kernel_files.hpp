#pragma once

#include "cpu/emit/kernel.hpp"

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace monnto::cpu {

/// The folder that MONNTO_KERNEL_CACHE names, or one among the user's caches where it is not set;
/// empty where kernels are not kept on disk.
[[nodiscard]] std::string kernel_folder();

/// Why that folder cannot be used; empty where it can. Makes it where it is missing. Its files are
/// run as code, so nobody else may be able to write them.
[[nodiscard]] std::string why_unusable(const std::string& folder);

/// Machine code that processes leave for those that come after them: one file per kernel, with the
/// text that it was made from. What does not fit in every byte (another LLVM, processor or version
/// of monnto, a file cut short) is as good as none. Files appear whole or not at all, so any number
/// of processes may share a folder, and any of the files may be deleted at any time.
class KernelFiles {
public:
    /// No files where `folder` is empty or cannot be used. When the first kernel is kept and the
    /// folder has more than `most_bytes`, the oldest half goes.
    KernelFiles(std::string folder, std::string target,
                std::uintmax_t most_bytes = std::uintmax_t{64} << 20);

    [[nodiscard]] std::optional<std::string> find(const emit::KernelText& text) const;
    /// Does nothing where the disk refuses.
    void keep(const emit::KernelText& text, std::string_view object) const noexcept;

private:
    [[nodiscard]] std::string identity_of(const emit::KernelText& text) const;
    [[nodiscard]] std::string path_of(std::string_view identity) const;

    std::string folder_;
    std::string target_;
    std::uintmax_t most_bytes_;
    mutable std::atomic<bool> is_swept_{false};
};

}  // namespace monnto::cpu
