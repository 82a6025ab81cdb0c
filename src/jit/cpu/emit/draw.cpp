#include "draw.hpp"
#include "draw_words.hpp"
#include "math/discrete_draws.hpp"
#include "math/real_draws.hpp"

#include <cstddef>

namespace monnto::emit {
namespace {

using Word = Lane<std::uint32_t>;

/// What `rarely_drawn` calls for the lanes of a mask.
template <class T, class Parameter>
void draw_for_lanes(T (*call)(const RandomPosition&, std::uint64_t, std::uint32_t,
                              Parameter) noexcept,
                    const RandomPosition* position, std::uint64_t element, T* result,
                    const std::uint32_t* words, const Parameter* parameters,
                    std::uint16_t mask) noexcept {
    for (int lane = 0; lane < lanes; ++lane) {
        if (((mask >> static_cast<unsigned>(lane)) & 1U) != 0) {
            result[lane] = call(*position, element + static_cast<std::uint64_t>(lane), words[lane],
                                parameters[lane]);
        }
    }
}

/// `at` of jit/math/discrete_draws.hpp for 16 elements of a chunk.
struct LanesPlace {
    const ChunkPlace& chunk;
    int first;  // element of the chunk
};

template <class T, class Parameter>
[[nodiscard]] Lane<T> rarely_drawn(const Lane<bool>& mask, const Lane<T>& fast,
                                   const lane::RareDraw<T, Parameter>& slow, const Word& word,
                                   const Lane<Parameter>& parameter, const LanesPlace& at) {
    return unless_rare(mask, fast, [&](const std::string& bits) {
        Writer& out = writer();
        const std::string result = in_memory(fast);
        const std::string words = in_memory(word);
        const std::string parameters = in_memory(parameter);
        const std::string element =
            out.value(fmt::format("add i64 {}, {}", at.chunk.first_element, at.first));
        const std::string loop =
            out.host_function(fmt::format("draw_{}_for_lanes", name_of(dtype_of<T>)),
                              reinterpret_cast<void*>(&draw_for_lanes<T, Parameter>));
        const std::string function =
            out.host_function(slow.name, reinterpret_cast<void*>(slow.call));
        out.line(fmt::format("call void {}(ptr {}, ptr {}, i64 {}, ptr {}, ptr {}, ptr {}, {})",
                             loop, function, at.chunk.arguments, element, result, words, parameters,
                             bits));
        return from_memory<T>(result);
    });
}

/// How many of the table's thresholds each word has passed: a loop, because the count of thresholds
/// is an argument.
[[nodiscard]] std::array<Lane<std::int32_t>, 4> passed_thresholds(const Words& words,
                                                                  const std::string& table) {
    Writer& out = writer();
    const auto field = [&](std::size_t offset) {
        return out.value(fmt::format("getelementptr i8, ptr {}, i64 {}", table, offset));
    };
    const std::string count = out.value(
        fmt::format("load i32, ptr {}, align 4", field(offsetof(lane::PoissonTable, count))));
    const std::string thresholds = field(offsetof(lane::PoissonTable, thresholds));
    std::array<std::string, 4> order;
    for (std::size_t w = 0; w < 4; ++w) {
        order[w] = lane::in_signed_order(words[w]).text();
    }
    const std::string head = out.fresh_label("search");
    const std::string body = out.fresh_label("passed");
    const std::string done = out.fresh_label("found");
    const std::string before = out.current_block();
    const std::string type = vector_type(DType::i32);
    out.line(fmt::format("br label %{}", head));
    out.block(head);
    const std::string at = "%at_" + head;
    out.line(fmt::format("{0} = phi i32 [ 0, %{1} ], [ %next_{2}, %{3} ]", at, before, head, body));
    std::array<std::string, 4> counts;
    for (std::size_t w = 0; w < 4; ++w) {
        counts[w] = fmt::format("%count{}_{}", w, head);
        out.line(fmt::format("{0} = phi {1} [ zeroinitializer, %{2} ], [ %more{3}_{4}, %{5} ]",
                             counts[w], type, before, w, head, body));
    }
    const std::string more = out.value(fmt::format("icmp slt i32 {}, {}", at, count));
    out.line(fmt::format("br i1 {}, label %{}, label %{}", more, body, done));
    out.block(body);
    const std::string place =
        out.value(fmt::format("getelementptr i32, ptr {}, i32 {}", thresholds, at));
    const Lane<std::int32_t> threshold(
        broadcast(DType::i32, out.value(fmt::format("load i32, ptr {}, align 4", place))));
    for (std::size_t w = 0; w < 4; ++w) {
        const Lane<std::int32_t> grown = lane::count_passed(
            Lane<std::int32_t>(counts[w]), Lane<std::int32_t>(order[w]), threshold);
        out.line(
            fmt::format("%more{}_{} = add {} {}, zeroinitializer", w, head, type, grown.text()));
    }
    out.line(fmt::format("%next_{} = add i32 {}, 1", head, at));
    out.line(fmt::format("br label %{}", head));
    out.block(done);
    return {Lane<std::int32_t>(counts[0]), Lane<std::int32_t>(counts[1]),
            Lane<std::int32_t>(counts[2]), Lane<std::int32_t>(counts[3])};
}

[[nodiscard]] std::string load_scalar(std::string_view type, const std::string& base,
                                      std::size_t offset) {
    const std::string place =
        writer().value(fmt::format("getelementptr i8, ptr {}, i64 {}", base, offset));
    return writer().value(fmt::format("load {}, ptr {}, align 4", type, place));
}

using Texts = std::array<std::string, 4>;

[[nodiscard]] Texts poisson(const Words& words, const std::string& table, const Lane<double>& rate,
                            const ChunkPlace& chunk) {
    using Table = lane::PoissonTable;
    const auto counts = passed_thresholds(words, table);
    const Lane<std::int32_t> first(
        broadcast(DType::i32, load_scalar("i32", table, offsetof(Table, first))));
    const Word lowest(broadcast(DType::u32, load_scalar("i32", table, offsetof(Table, lowest))));
    const Word span(broadcast(DType::u32, load_scalar("i32", table, offsetof(Table, span))));
    Texts results;
    for (std::size_t w = 0; w < 4; ++w) {
        const LanesPlace at{chunk, static_cast<int>(w) * lanes};
        results[w] =
            lane::poisson_of_count(counts[w], words[w], first, lowest, span, rate, at).text();
    }
    return results;
}

[[nodiscard]] Texts bernoulli(const Words& words, const std::string& threshold,
                              const Lane<double>& probability, const ChunkPlace& chunk) {
    const Word bound(
        broadcast(DType::u32, writer().value(fmt::format("trunc i64 {} to i32", threshold))));
    Texts results;
    for (std::size_t w = 0; w < 4; ++w) {
        const LanesPlace at{chunk, static_cast<int>(w) * lanes};
        results[w] =
            convert<std::uint8_t>(lane::bernoulli(words[w], bound, probability, at)).text();
    }
    return results;
}

/// Words of 32 bits give 64 floats, pairs of them 32 doubles.
template <class U>
[[nodiscard]] std::vector<std::string> reals(Distribution distribution,
                                             const std::vector<Lane<U>>& words) {
    std::vector<std::string> results(words.size());
    const std::size_t half = words.size() / 2;
    switch (distribution) {
        case Distribution::uniform:
            for (std::size_t w = 0; w < words.size(); ++w) {
                results[w] = lane::unit_interval(words[w]).text();
            }
            break;
        case Distribution::exponential:
            for (std::size_t w = 0; w < words.size(); ++w) {
                results[w] = lane::exponential(words[w]).text();
            }
            break;
        default:
            for (std::size_t pair = 0; pair < half; ++pair) {
                lane::RealOf<Lane<U>> first(0);
                lane::RealOf<Lane<U>> second(0);
                lane::normal_pair(words[2 * pair], words[2 * pair + 1], first, second);
                results[2 * pair] = first.text();
                results[2 * pair + 1] = second.text();
            }
            break;
    }
    return results;
}

[[nodiscard]] Lane<std::uint64_t> joined(const Word& low, const Word& high) {
    return convert<std::uint64_t>(low) |
           (convert<std::uint64_t>(high) << Lane<std::uint64_t>(std::uint64_t{32}));
}

}  // namespace

bool can_draw(Distribution distribution, DType dtype) noexcept {
    switch (distribution) {
        case Distribution::uniform:
        case Distribution::exponential:
        case Distribution::normal:
            return dtype == DType::f32 || dtype == DType::f64;
        case Distribution::poisson:
        case Distribution::bernoulli:
            return true;
        default:
            return false;
    }
}

Draw::Draw(const kernel::Instruction& instruction, std::string place, const std::string& step,
           const std::string& ordinal)
    : instruction_(instruction),
      place_(std::move(place)),
      key_(argument(0, "i64")),
      step_(argument_of(step, 1, "i64")),
      ordinal_(argument_of(ordinal, 2, "i64")) {
    // Of 8 bytes each, as many as a chunk of any type has at most.
    chunk_ = writer().stack("i64", 4 * lanes);
}

void Draw::note_step() const {
    const std::string at = writer().value(fmt::format("getelementptr i64, ptr {}, i64 1", place_));
    writer().line(fmt::format("store i64 {}, ptr {}, align 8", step_, at));
}

std::string Draw::argument_of(const std::string& place, int word, std::string_view type) {
    const std::string at =
        writer().value(fmt::format("getelementptr i64, ptr {}, i64 {}", place, word));
    return writer().value(fmt::format("load {}, ptr {}, align 8", type, at));
}

int Draw::chunk_size() const noexcept {
    return instruction_.dtype == DType::f64 ? 2 * lanes : 4 * lanes;
}

std::string Draw::as_value(const std::string& memory) const {
    return instruction_.dtype == DType::boolean
               ? (Lane<std::uint8_t>(memory) != Lane<std::uint8_t>(0)).text()
               : memory;
}

std::string Draw::write(const std::string& column) {
    Writer& out = writer();
    const std::string rest = out.value(fmt::format("and i64 {}, {}", column, chunk_size() - 1));
    const std::string starts = out.value(fmt::format("icmp eq i64 {}, 0", rest));
    const std::string fresh = out.fresh_label("draw");
    const std::string drawn = out.fresh_label("drawn");
    out.line(fmt::format("br i1 {}, label %{}, label %{}", starts, fresh, drawn));
    out.block(fresh);
    const std::string memory(memory_type(instruction_.dtype));
    const std::string vector = vector_of(memory);
    const std::vector<std::string> results = draw(column);
    for (std::size_t w = 0; w < results.size(); ++w) {
        const std::string to =
            out.value(fmt::format("getelementptr {}, ptr {}, i64 {}", vector, chunk_, w));
        out.line(fmt::format("store {} {}, ptr {}, align 1", vector, results[w], to));
    }
    out.line(fmt::format("br label %{}", drawn));
    out.block(drawn);
    const std::string place =
        out.value(fmt::format("getelementptr {}, ptr {}, i64 {}", memory, chunk_, rest));
    return as_value(out.value(fmt::format("load {}, ptr {}, align 1", vector, place)));
}

std::string Draw::write(int column) {
    const int rest = column % chunk_size();
    if (rest == 0) {
        drawn_ = draw(std::to_string(column));
    }
    return as_value(drawn_.at(static_cast<std::size_t>(rest / lanes)));
}

std::vector<std::string> Draw::draw(const std::string& column) const {
    const bool is_double = instruction_.dtype == DType::f64;
    const std::string chunk =
        writer().value(fmt::format("lshr i64 {}, {}", column, is_double ? 5 : 6));
    const Words words = philox_words(key_, step_, ordinal_, chunk);
    const ChunkPlace place{place_, column};
    if (instruction_.distribution == Distribution::poisson ||
        instruction_.distribution == Distribution::bernoulli) {
        const Lane<double> parameter(broadcast(DType::f64, argument(3, "double")));
        const Texts texts = instruction_.distribution == Distribution::poisson
                                ? poisson(words, argument(4, "ptr"), parameter, place)
                                : bernoulli(words, argument(4, "i64"), parameter, place);
        return {texts.begin(), texts.end()};
    }
    if (is_double) {
        return reals<std::uint64_t>(instruction_.distribution,
                                    {joined(words[0], words[1]), joined(words[2], words[3])});
    }
    return reals<std::uint32_t>(instruction_.distribution, {words.begin(), words.end()});
}

}  // namespace monnto::emit
