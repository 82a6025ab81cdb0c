#include <monnto/jit/compiler_info.hpp>

#include "cpu/kernel_files.hpp"
#include "cpu/llvm/library.hpp"
#include "processor.hpp"

#include <fmt/format.h>

namespace monnto {

namespace {

[[nodiscard]] std::string state_of_files() {
    const std::string folder = cpu::kernel_folder();
    if (folder.empty()) {
        return "in memory only (MONNTO_KERNEL_CACHE=folder keeps them for later processes)";
    }
    const std::string reason = cpu::why_unusable(folder);
    return reason.empty() ? folder : fmt::format("not {}: {}", folder, reason);
}

}  // namespace

CompilerInfo compiler_info() {
    CompilerInfo info;
    const llvm::Library* library = llvm::library();
    const Processor width = this_processor();
    info.vectors = name_of(width);
    info.available = library != nullptr && width != Processor::baseline;
    info.llvm = library == nullptr
                    ? llvm::why_not()
                    : fmt::format("{}.{}.{} ({})", library->version[0], library->version[1],
                                  library->version[2], library->path);
    info.kernel_cache = state_of_files();
    return info;
}

}  // namespace monnto
