#include "library.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

namespace monnto::llvm {
namespace {

constexpr unsigned supported_version = 19;
constexpr std::array candidates = {"libLLVM.so.19.1", "libLLVM-19.so", "libLLVM-19.so.1",
                                   "libLLVM.so.19"};

struct Outcome {
    std::unique_ptr<Library> library;
    std::string why_not;
};

/// The code generator of this processor registers itself through four functions named after it.
[[nodiscard]] bool initialize_target(void* handle) {
#if defined(__x86_64__)
    constexpr std::array names = {"LLVMInitializeX86TargetInfo", "LLVMInitializeX86Target",
                                  "LLVMInitializeX86TargetMC", "LLVMInitializeX86AsmPrinter"};
#elif defined(__aarch64__)
    constexpr std::array names = {"LLVMInitializeAArch64TargetInfo", "LLVMInitializeAArch64Target",
                                  "LLVMInitializeAArch64TargetMC",
                                  "LLVMInitializeAArch64AsmPrinter"};
#else
    constexpr std::array<const char*, 1> names = {""};
#endif
    return std::ranges::all_of(names, [handle](const char* name) {
        auto* initialize = reinterpret_cast<void (*)()>(dlsym(handle, name));
        if (initialize != nullptr) {
            initialize();
        }
        return initialize != nullptr;
    });
}

// NOLINTNEXTLINE(readability-function-cognitive-complexity): one line per function of LLVM
[[nodiscard]] bool find_functions(void* handle, Library& library) {
    bool complete = true;
#define MONNTO_LLVM_FIND(name, result, arguments)                                         \
    library.name = reinterpret_cast<decltype(library.name)>(dlsym(handle, "LLVM" #name)); \
    complete = complete && library.name != nullptr;
    MONNTO_LLVM_FUNCTIONS(MONNTO_LLVM_FIND)
#undef MONNTO_LLVM_FIND
    return complete;
}

[[nodiscard]] Outcome load() {
    // Environment first: a library in an unusual place, or "none" to go without.
    const char* asked = std::getenv("MONNTO_LLVM");  // NOLINT(concurrency-mt-unsafe): only read
    if (asked != nullptr && std::string_view(asked) == "none") {
        return {nullptr, "switched off by MONNTO_LLVM=none"};
    }
    Outcome outcome;
    void* handle = nullptr;
    if (asked != nullptr) {
        handle = dlopen(asked, RTLD_NOW | RTLD_LOCAL);
        outcome.why_not = handle == nullptr ? fmt::format("cannot load {}", asked) : "";
    }
    for (const char* name : candidates) {
        if (asked == nullptr && handle == nullptr) {
            handle = dlopen(name, RTLD_NOW | RTLD_LOCAL);
            asked = handle != nullptr ? name : nullptr;
        }
    }
    if (handle == nullptr) {
        if (outcome.why_not.empty()) {
            outcome.why_not = "no LLVM 19 found (Debian: apt install libllvm19)";
        }
        return outcome;
    }
    auto found = std::make_unique<Library>();
    found->path = asked;
    if (!find_functions(handle, *found)) {
        outcome.why_not = fmt::format("{} lacks functions of LLVM {}", asked, supported_version);
        return outcome;
    }
    auto& [major, minor, patch] = found->version;
    found->GetVersion(&major, &minor, &patch);
    if (found->version[0] != supported_version) {
        outcome.why_not = fmt::format("{} is LLVM {}, supported is {}", asked, found->version[0],
                                      supported_version);
    } else if (!initialize_target(handle)) {
        outcome.why_not = fmt::format("{} cannot write code for this processor", asked);
    } else {
        outcome.library = std::move(found);
    }
    return outcome;
}

const Outcome& outcome() {
    // Kept for good: kernels may run until the last array has died.
    static const auto* loaded = new Outcome(load());
    return *loaded;
}

}  // namespace

const Library* library() {
    return outcome().library.get();
}

const std::string& why_not() {
    return outcome().why_not;
}

}  // namespace monnto::llvm
