#include "draw_words.hpp"
#include "math/philox.hpp"

namespace monnto::emit {
namespace {

/// As `place_of` of the interpreter: blocks beyond 2^32 take keys of their own.
constexpr std::uint64_t overflow_stride = 0xD1B54A32D192ED03U;

[[nodiscard]] Lane<std::uint32_t> word(const std::string& scalar) {
    const std::string low = writer().value(fmt::format("trunc i64 {} to i32", scalar));
    return Lane<std::uint32_t>(broadcast(DType::u32, low));
}
[[nodiscard]] Lane<std::uint32_t> upper_word(const std::string& scalar) {
    return word(writer().value(fmt::format("lshr i64 {}, 32", scalar)));
}

}  // namespace

Words philox_words(const std::string& key, const std::string& step, const std::string& ordinal,
                   const std::string& chunk) {
    Writer& out = writer();
    const std::string block = out.value(fmt::format("shl i64 {}, 4", chunk));
    const Lane<std::uint32_t> blocks(
        out.value(fmt::format("add {}, {}", lane_numbers(DType::u32), word(block).text())));
    const std::string over = out.value(fmt::format("lshr i64 {}, 32", block));
    const std::string more =
        out.value(fmt::format("mul i64 {}, {}", over, static_cast<std::int64_t>(overflow_stride)));
    const std::string own_key = out.value(fmt::format("add i64 {}, {}", key, more));
    return lane::philox<Lane<std::uint32_t>>({blocks, word(ordinal), word(step), upper_word(step)},
                                             {word(own_key), upper_word(own_key)});
}

}  // namespace monnto::emit
