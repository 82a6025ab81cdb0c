#include "compiler.hpp"
#include "library.hpp"

#include <monnto/base/error.hpp>

#include <fmt/format.h>

#include <cstdlib>
#include <utility>
#include <vector>

namespace monnto::llvm {
namespace {

constexpr int default_level = 2;   // LLVMCodeGenLevelDefault
constexpr int reloc_pic = 2;       // LLVMRelocPIC
constexpr int code_model_jit = 1;  // LLVMCodeModelJITDefault
constexpr int assembly_file = 0;
constexpr int object_file = 1;

const Library& api() {
    const Library* found = library();
    if (found == nullptr) {
        throw InternalError("the compiler was asked for without LLVM: " + why_not());
    }
    return *found;
}

[[noreturn]] void fail(const char* what, char* message) {
    const std::string text =
        std::string("LLVM: ") + what + ": " + (message != nullptr ? message : "");
    api().DisposeMessage(message);
    throw InternalError(text);
}

void check(Error error, const char* what) {
    if (error != nullptr) {
        char* message = api().GetErrorMessage(error);
        const std::string text = std::string("LLVM: ") + what + ": " + message;
        api().DisposeErrorMessage(message);
        throw InternalError(text);
    }
}

/// A processor that has exactly what a width promises, so that a machine with more can test it.
[[nodiscard]] const char* processor_for(Processor width) {
    switch (width) {
        case Processor::avx512:
            return "x86-64-v4";
        case Processor::avx2:
            return "x86-64-v3";
        case Processor::baseline:
            break;
    }
#if defined(__x86_64__)
    return "x86-64-v2";
#else
    return "generic";
#endif
}

/// v4 prefers vectors of 256 bits for the sake of old processors' clock; ours are 512 throughout.
[[nodiscard]] const char* features_for(Processor width) {
    return width == Processor::avx512 ? "-prefer-256-bit" : "";
}

[[nodiscard]] TargetMachine make_machine(Processor width) {
    char* triple = api().GetDefaultTargetTriple();
    Target target = nullptr;
    char* message = nullptr;
    if (api().GetTargetFromTriple(triple, &target, &message) != 0) {
        fail("no target for this machine", message);
    }
    TargetMachine machine =
        api().CreateTargetMachine(target, triple, processor_for(width), features_for(width),
                                  default_level, reloc_pic, code_model_jit);
    api().DisposeMessage(triple);
    return machine;
}

/// A module that dies with the scope.
class ParsedModule {
public:
    ParsedModule(const std::string& ir, TargetMachine machine) : context_(api().ContextCreate()) {
        MemoryBuffer text =
            api().CreateMemoryBufferWithMemoryRangeCopy(ir.data(), ir.size(), "kernel");
        char* message = nullptr;
        if (api().ParseIRInContext(context_, text, &module_, &message) != 0) {
            api().ContextDispose(context_);
            fail("cannot parse a kernel", message);
        }
        TargetData layout = api().CreateTargetDataLayout(machine);
        api().SetModuleDataLayout(module_, layout);
        api().DisposeTargetData(layout);
        char* triple = api().GetDefaultTargetTriple();
        api().SetTarget(module_, triple);
        api().DisposeMessage(triple);
    }
    ParsedModule(const ParsedModule&) = delete;
    ParsedModule& operator=(const ParsedModule&) = delete;
    ~ParsedModule() {
        api().DisposeModule(module_);
        api().ContextDispose(context_);
    }

    void run(const std::string& passes, TargetMachine machine) {
        PassOptions options = api().CreatePassBuilderOptions();
        Error error = api().RunPasses(module_, passes.c_str(), machine, options);
        api().DisposePassBuilderOptions(options);
        check(error, "passes");
    }
    [[nodiscard]] MemoryBuffer emit(TargetMachine machine, int kind) {
        char* message = nullptr;
        MemoryBuffer out = nullptr;
        if (api().TargetMachineEmitToMemoryBuffer(machine, module_, kind, &message, &out) != 0) {
            fail("cannot write machine code", message);
        }
        return out;
    }

private:
    Context context_;
    Module module_ = nullptr;
};

[[nodiscard]] std::string content_of(MemoryBuffer buffer) {
    std::string content(api().GetBufferStart(buffer), api().GetBufferSize(buffer));
    api().DisposeMemoryBuffer(buffer);
    return content;
}

}  // namespace

struct Compiler::State {
    TargetMachine machine = nullptr;
    Jit jit = nullptr;
};

Compiler::Compiler(Processor width) : width_(width), state_(std::make_unique<State>()) {
    state_->machine = make_machine(width);
    check(api().OrcCreateLLJIT(&state_->jit, api().OrcCreateLLJITBuilder()), "cannot start");
}

Compiler::~Compiler() {
    // Machine and code stay: kernels outlive whoever compiled them.
    // NOLINTNEXTLINE(bugprone-unhandled-exception-at-new): nothing could go on without memory
    static auto* kept = new std::vector<std::unique_ptr<State>>();
    kept->push_back(std::move(state_));
}

std::string Compiler::object(const std::string& ir, const std::string& passes) {
    ParsedModule module(ir, state_->machine);
    if (!passes.empty()) {
        module.run(passes, state_->machine);
    }
    return content_of(module.emit(state_->machine, object_file));
}

void* Compiler::link(std::string_view object, const std::string& name) {
    MemoryBuffer copy =
        api().CreateMemoryBufferWithMemoryRangeCopy(object.data(), object.size(), "kernel");
    Dylib dylib = api().OrcLLJITGetMainJITDylib(state_->jit);
    check(api().OrcLLJITAddObjectFile(state_->jit, dylib, copy), "cannot link");
    std::uint64_t address = 0;
    check(api().OrcLLJITLookup(state_->jit, &address, name.c_str()), "cannot find a kernel");
    return reinterpret_cast<void*>(address);  // NOLINT(performance-no-int-to-ptr)
}

std::string Compiler::target() const {
    char* triple = api().GetDefaultTargetTriple();
    const auto& version = api().version;
    std::string text =
        fmt::format("LLVM {}.{}.{} {} {} {} level {}", version[0], version[1], version[2], triple,
                    processor_for(width_), features_for(width_), default_level);
    api().DisposeMessage(triple);
    return text;
}

std::string Compiler::assembly(const std::string& ir) {
    ParsedModule module(ir, state_->machine);
    return content_of(module.emit(state_->machine, assembly_file));
}

}  // namespace monnto::llvm
