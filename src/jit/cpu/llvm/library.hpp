#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

// Types and functions of LLVM's C interface, declared here because nothing of LLVM is needed to
// build monnto. The names are LLVM's.
namespace monnto::llvm {

using Context = struct OpaqueContext*;
using Module = struct OpaqueModule*;
using MemoryBuffer = struct OpaqueMemoryBuffer*;
using Target = struct OpaqueTarget*;
using TargetMachine = struct OpaqueTargetMachine*;
using TargetData = struct OpaqueTargetData*;
using Error = struct OpaqueError*;
using JitBuilder = struct OpaqueJitBuilder*;
using Jit = struct OpaqueJit*;
using Dylib = struct OpaqueDylib*;
using PassOptions = struct OpaquePassOptions*;

/// X(name in the library without "LLVM", result, arguments)
// clang-format off
#define MONNTO_LLVM_FUNCTIONS(X)                                                                   \
    X(GetVersion, void, (unsigned*, unsigned*, unsigned*))                                         \
    X(ContextCreate, Context, ())                                                                  \
    X(ContextDispose, void, (Context))                                                             \
    X(ParseIRInContext, int, (Context, MemoryBuffer, Module*, char**))                             \
    X(DisposeModule, void, (Module))                                                               \
    X(DisposeMessage, void, (char*))                                                               \
    X(SetTarget, void, (Module, const char*))                                                      \
    X(SetModuleDataLayout, void, (Module, TargetData))                                             \
    X(CreateMemoryBufferWithMemoryRangeCopy, MemoryBuffer, (const char*, std::size_t, const char*)) \
    X(GetBufferStart, const char*, (MemoryBuffer))                                                 \
    X(GetBufferSize, std::size_t, (MemoryBuffer))                                                  \
    X(DisposeMemoryBuffer, void, (MemoryBuffer))                                                   \
    X(GetDefaultTargetTriple, char*, ())                                                           \
    X(GetHostCPUName, char*, ())                                                                   \
    X(GetHostCPUFeatures, char*, ())                                                               \
    X(GetTargetFromTriple, int, (const char*, Target*, char**))                                    \
    X(CreateTargetMachine, TargetMachine,                                                          \
      (Target, const char*, const char*, const char*, int, int, int))                              \
    X(CreateTargetDataLayout, TargetData, (TargetMachine))                                         \
    X(DisposeTargetData, void, (TargetData))                                                       \
    X(TargetMachineEmitToMemoryBuffer, int, (TargetMachine, Module, int, char**, MemoryBuffer*))   \
    X(CreatePassBuilderOptions, PassOptions, ())                                                   \
    X(DisposePassBuilderOptions, void, (PassOptions))                                              \
    X(RunPasses, Error, (Module, const char*, TargetMachine, PassOptions))                         \
    X(GetErrorMessage, char*, (Error))                                                             \
    X(DisposeErrorMessage, void, (char*))                                                          \
    X(OrcCreateLLJITBuilder, JitBuilder, ())                                                       \
    X(OrcCreateLLJIT, Error, (Jit*, JitBuilder))                                                   \
    X(OrcLLJITGetMainJITDylib, Dylib, (Jit))                                                       \
    X(OrcLLJITAddObjectFile, Error, (Jit, Dylib, MemoryBuffer))                                    \
    X(OrcLLJITLookup, Error, (Jit, std::uint64_t*, const char*))
// clang-format on

/// The library, loaded when it is first asked for and kept until the process ends.
struct Library {
    // NOLINTNEXTLINE(bugprone-macro-parentheses): a parameter list
#define MONNTO_LLVM_POINTER(name, result, arguments) result(*name) arguments = nullptr;
    MONNTO_LLVM_FUNCTIONS(MONNTO_LLVM_POINTER)
#undef MONNTO_LLVM_POINTER

    std::string path;
    std::array<unsigned, 3> version{};  // 19.1.7
};

/// Null where no LLVM 19 is installed; `why_not()` then says what was looked for.
[[nodiscard]] const Library* library();
[[nodiscard]] const std::string& why_not();

}  // namespace monnto::llvm
