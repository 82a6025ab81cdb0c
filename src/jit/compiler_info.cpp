#include <monnto/jit/compiler_info.hpp>

#include "cpu/llvm/compiler.hpp"
#include "cpu/llvm/library.hpp"

#include <fmt/format.h>

namespace monnto {

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
    return info;
}

}  // namespace monnto
