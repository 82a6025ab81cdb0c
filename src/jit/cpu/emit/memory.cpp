#include "half.hpp"
#include "memory.hpp"
#include "writer.hpp"

#include <fmt/format.h>

namespace monnto::emit {
namespace {

using kernel::Step;

/// The element's type as names of intrinsics spell it.
[[nodiscard]] std::string mangled(DType dtype) {
    if (is_float(dtype) && !is_half(dtype)) {
        return dtype == DType::f64 ? "f64" : "f32";
    }
    return std::string(memory_type(dtype));
}

/// Lines for later, into the second cache: those so many bytes behind the vector, or, of half a
/// row, as many as make all of it by the end of the row.
void prefetch(DType dtype, kernel::Fetch fetch, const Place& place, const std::string& column) {
    constexpr std::size_t line = 64;
    Writer& out = writer();
    if (fetch == kernel::Fetch::none) {
        return;
    }
    const bool is_half = fetch == kernel::Fetch::half;
    const std::size_t bytes = size_of(dtype) * lanes / (is_half ? 2 : 1);
    out.declare("declare void @llvm.prefetch.p0(ptr, i32, i32, i32)");
    const std::string element = is_half ? out.value(fmt::format("lshr i64 {}, 1", column)) : column;
    const std::string address = out.value(fmt::format("getelementptr {}, ptr {}, i64 {}",
                                                      memory_type(dtype), place.address, element));
    const std::string first =
        out.value(fmt::format("getelementptr i8, ptr {}, i64 {}", address, place.ahead));
    for (std::size_t at = 0; at < bytes; at += line) {
        const std::string target =
            out.value(fmt::format("getelementptr i8, ptr {}, i64 {}", first, at));
        out.line(fmt::format("call void @llvm.prefetch.p0(ptr {}, i32 0, i32 2, i32 1)", target));
    }
}

[[nodiscard]] std::string gather(DType dtype, const Place& place, const std::string& column,
                                 const std::string& mask) {
    Writer& out = writer();
    const std::string first = out.value(fmt::format("mul i64 {}, {}", column, place.column));
    const std::string base =
        out.value(fmt::format("getelementptr i8, ptr {}, i64 {}", place.address, first));
    const std::string steps = broadcast(DType::i64, place.column);
    const std::string offsets =
        out.value(fmt::format("mul {}, {}", lane_numbers(DType::i64), steps));
    const std::string places = out.value(
        fmt::format("getelementptr i8, ptr {}, {} {}", base, vector_type(DType::i64), offsets));
    const std::string vector = vector_of(memory_type(dtype));
    const std::string bools = vector_type(DType::boolean);
    const std::string function =
        fmt::format("@llvm.masked.gather.v{0}{1}.v{0}p0", lanes, mangled(dtype));
    out.declare(fmt::format("declare {} {}({}, i32, {}, {})", vector, function, vector_of("ptr"),
                            bools, vector));
    return out.value(fmt::format("call {} {}({} {}, i32 {}, {} {}, {} zeroinitializer)", vector,
                                 function, vector_of("ptr"), places, size_of(dtype), bools,
                                 mask.empty() ? "splat (i1 true)" : mask, vector));
}

}  // namespace

std::string load(DType dtype, const kernel::Input& input, const Place& place,
                 const std::string& column, const std::string& mask) {
    Writer& out = writer();
    const std::string memory(memory_type(dtype));
    const std::string vector = vector_of(memory);
    const std::size_t align = size_of(dtype);
    std::string loaded;
    if (input.step == Step::any) {
        loaded = gather(dtype, place, column, mask);
    } else {
        const std::string address = out.value(
            fmt::format("getelementptr {}, ptr {}, i64 {}", memory, place.address, column));
        prefetch(dtype, input.fetch, place, column);
        if (mask.empty()) {
            loaded = out.value(fmt::format("load {}, ptr {}, align {}", vector, address, align));
        } else {
            const std::string function =
                fmt::format("@llvm.masked.load.v{}{}.p0", lanes, mangled(dtype));
            const std::string bools = vector_type(DType::boolean);
            out.declare(
                fmt::format("declare {} {}(ptr, i32, {}, {})", vector, function, bools, vector));
            loaded = out.value(fmt::format("call {} {}(ptr {}, i32 {}, {} {}, {} zeroinitializer)",
                                           vector, function, address, align, bools, mask, vector));
        }
    }
    if (is_half(dtype)) {
        return widened(dtype, loaded);
    }
    return dtype == DType::boolean
               ? out.value(fmt::format("icmp ne {} {}, zeroinitializer", vector, loaded))
               : loaded;
}

void store(DType dtype, const std::string& held, const std::string& base, const std::string& column,
           const std::string& mask) {
    Writer& out = writer();
    const std::string memory(memory_type(dtype));
    const std::string vector = vector_of(memory);
    std::string value = held;
    if (dtype == DType::boolean) {
        value =
            out.value(fmt::format("zext {} {} to {}", vector_type(DType::boolean), value, vector));
    } else if (is_half(dtype)) {
        value = narrowed(dtype, value);
    }
    const std::string address =
        out.value(fmt::format("getelementptr {}, ptr {}, i64 {}", memory, base, column));
    const std::size_t align = size_of(dtype);
    if (mask.empty()) {
        out.line(fmt::format("store {} {}, ptr {}, align {}", vector, value, address, align));
        return;
    }
    const std::string function = fmt::format("@llvm.masked.store.v{}{}.p0", lanes, mangled(dtype));
    const std::string bools = vector_type(DType::boolean);
    out.declare(fmt::format("declare void {}({}, ptr, i32, {})", function, vector, bools));
    out.line(fmt::format("call void {}({} {}, ptr {}, i32 {}, {} {})", function, vector, value,
                         address, align, bools, mask));
}

}  // namespace monnto::emit
