#include "writer.hpp"

#include <fmt/format.h>

#include <bit>

namespace monnto::emit {
namespace {

Writer*& current() noexcept {
    static thread_local Writer* writer = nullptr;
    return writer;
}

}  // namespace

Writer& writer() noexcept {
    return *current();
}

WriterScope::WriterScope(Writer& writer) noexcept : before_(current()) {
    current() = &writer;
}
WriterScope::~WriterScope() {
    current() = before_;
}

std::string Writer::value(std::string_view instruction) {
    std::string name = fmt::format("%v{}", values_++);
    fmt::format_to(std::back_inserter(body_), "  {} = {}\n", name, instruction);
    return name;
}

void Writer::line(std::string_view instruction) {
    fmt::format_to(std::back_inserter(body_), "  {}\n", instruction);
}

void Writer::block(const std::string& label) {
    fmt::format_to(std::back_inserter(body_), "{}:\n", label);
    block_ = label;
}

std::string Writer::fresh_label(std::string_view stem) {
    return fmt::format("{}{}", stem, labels_++);
}

std::string Writer::stack(std::string_view type, int count) {
    std::string name = fmt::format("%s{}", slots_++);
    fmt::format_to(std::back_inserter(stack_), "  {} = alloca [{} x {}], align 64\n", name, count,
                   type);
    return name;
}

std::string Writer::variable(std::string_view type) {
    std::string name = fmt::format("%s{}", slots_++);
    fmt::format_to(std::back_inserter(stack_), "  {} = alloca {}\n", name, type);
    return name;
}

std::string Writer::host_function(const std::string& name, void* address) {
    for (const HostFunction& known : host_functions_) {
        if (known.name == name) {
            return "%host_" + known.name;
        }
    }
    host_functions_.push_back({name, address});
    return "%host_" + name;
}

std::string_view element_type(DType dtype) noexcept {
    switch (dtype) {
        case DType::boolean:
            return "i1";
        case DType::u8:
        case DType::i8:
            return "i8";
        case DType::u16:
        case DType::i16:
            return "i16";
        case DType::u32:
        case DType::i32:
            return "i32";
        case DType::u64:
        case DType::i64:
            return "i64";
        case DType::f16:
        case DType::bf16:
        case DType::f32:
            return "float";
        case DType::f64:
            return "double";
    }
    return "";
}

std::string_view memory_type(DType dtype) noexcept {
    return dtype == DType::boolean ? "i8" : is_half(dtype) ? "i16" : element_type(dtype);
}

std::string vector_of(std::string_view element) {
    return fmt::format("<{} x {}>", lanes, element);
}

std::string splat(DType dtype, double real) {
    // LLVM writes floats of every width with the bits of the double that has the same value.
    return fmt::format("splat ({} 0x{:016X})", element_type(dtype),
                       std::bit_cast<std::uint64_t>(real));
}

std::string splat_bits(DType dtype, std::uint64_t bits) {
    if (dtype == DType::boolean) {
        return fmt::format("splat (i1 {})", bits != 0 ? "true" : "false");
    }
    return fmt::format("splat ({} {})", element_type(dtype), bits);
}

std::string lane_numbers(DType dtype) {
    std::string text = vector_type(dtype) + " <";
    for (int lane = 0; lane < lanes; ++lane) {
        text += fmt::format("{}{} {}", lane == 0 ? "" : ", ", element_type(dtype), lane);
    }
    return text + ">";
}

std::string broadcast(DType dtype, const std::string& scalar) {
    const std::string vector = vector_type(dtype);
    const std::string first = writer().value(
        fmt::format("insertelement {} poison, {} {}, i64 0", vector, element_type(dtype), scalar));
    return writer().value(fmt::format(
        "shufflevector {0} {1}, {0} poison, <{2} x i32> zeroinitializer", vector, first, lanes));
}

}  // namespace monnto::emit
