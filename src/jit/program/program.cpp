#include "hash.hpp"
#include "program.hpp"

#include <fmt/format.h>

namespace monnto::kernel {
namespace {

template <class... Field>
[[nodiscard]] std::uint64_t packed(Field... field) noexcept {
    std::uint64_t word = 0;
    ((word = word << 16U | static_cast<std::uint64_t>(field)), ...);
    return word;
}

[[nodiscard]] std::string to_string(Members members, unsigned vectors) {
    if (members == Members::one) {
        return "";
    }
    return vectors == 0 ? " of members" : fmt::format(" of members of {} vectors", vectors);
}

}  // namespace

std::uint64_t hash_of(const Program& program) noexcept {
    Hash hash;
    hash.add(packed(program.has_rows, program.has_tail, program.numbers, program.draws));
    hash.add(packed(program.members, program.vectors));
    for (const Instruction& each : program.code) {
        hash.add(packed(
            static_cast<unsigned>(each.kind) << 8U | static_cast<unsigned>(each.op),
            static_cast<unsigned>(each.dtype) << 8U | static_cast<unsigned>(each.distribution),
            each.source, each.operands[0]));
        hash.add(packed(each.operands[1], each.operands[2]));
    }
    for (const Input& each : program.inputs) {
        hash.add(packed(1, each.dtype, each.step, each.fetch));
    }
    for (const Output& each : program.outputs) {
        hash.add(packed(2, each.value, each.dtype));
    }
    for (const Fold& each : program.folds) {
        hash.add(packed(3U + static_cast<unsigned>(each.along), each.value, each.op, each.dtype));
    }
    return hash.value();
}

std::string to_string(const Program& program) {
    std::string text =
        fmt::format("{}{}{}\n", program.has_rows ? "rows, columns" : "elements",
                    to_string(program.members, program.vectors), program.has_tail ? ", tail" : "");
    for (std::size_t i = 0; i < program.code.size(); ++i) {
        const Instruction& each = program.code[i];
        text += fmt::format("  {} = ", i);
        switch (each.kind) {
            case Kind::load:
                text += fmt::format("load {}", each.source);
                break;
            case Kind::number:
                text += fmt::format("number {}", each.source);
                break;
            case Kind::draw:
                text +=
                    fmt::format("draw {} ({})", each.source, static_cast<int>(each.distribution));
                break;
            case Kind::operation:
                text += fmt::format("{}({}, {}, {})", name_of(each.op), each.operands[0],
                                    each.operands[1], each.operands[2]);
                break;
        }
        text += fmt::format(" : {}\n", name_of(each.dtype));
    }
    for (const Output& each : program.outputs) {
        text += fmt::format("  store {}\n", each.value);
    }
    for (const Fold& each : program.folds) {
        constexpr std::array along = {"", " along columns", " along rows"};
        text += fmt::format("  {} of {}{}\n", name_of(each.op), each.value,
                            along[static_cast<std::size_t>(each.along)]);
    }
    return text;
}

Layout::Layout(const Program& program) : rows_(program.has_rows ? 1 : 0) {
    int at = 0;
    for (const Input& each : program.inputs) {
        inputs_.push_back(at);
        at += 1 + rows_ + (each.step == Step::any ? 1 : 0);
        ahead_.push_back(at);
        at += each.fetch == Fetch::none ? 0 : 1;
    }
    for (std::size_t i = 0; i < program.outputs.size(); ++i) {
        outputs_.push_back(at);
        at += 1 + rows_;
    }
    for (const Fold& each : program.folds) {
        folds_.push_back(at);
        at += each.along == Along::rows ? 2 : 1;
    }
    first_number_ = at;
    at += program.numbers;
    first_draw_ = at;
    at += draw_words * program.draws;
    columns_ = at;
    size_ = at + rows_ + (program.members != Members::one ? 2 : 0);
}

}  // namespace monnto::kernel
