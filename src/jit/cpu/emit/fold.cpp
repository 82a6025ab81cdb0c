#include "fold.hpp"
#include "operation.hpp"
#include "program/fold.hpp"
#include "writer.hpp"

#include <fmt/format.h>

namespace monnto::emit {
Fold::Fold(const kernel::Fold& fold, std::string address)
    : fold_(fold), address_(std::move(address)) {}

std::string Fold::identity() const {
    const bool is_one = fold_.op == Op::prod || fold_.op == Op::all;
    return is_float(fold_.dtype) ? splat(fold_.dtype, is_one ? 1.0 : 0.0)
                                 : splat_bits(fold_.dtype, is_one ? 1 : 0);
}

std::string Fold::combined(const std::string& a, const std::string& b) const {
    const bool multiplies = fold_.op == Op::prod || fold_.op == Op::all;
    return emit_operation(multiplies ? Op::multiply : Op::add, fold_.dtype, fold_.dtype, {a, b});
}

void Fold::start() {
    if (lanes_.empty()) {
        lanes_ = writer().variable(vector_type(fold_.dtype));
    }
    writer().line(fmt::format("store {} {}, ptr {}", vector_type(fold_.dtype), identity(), lanes_));
}

void Fold::take(const std::string& value, const std::string& column, const std::string& mask) {
    Writer& out = writer();
    const std::string type = vector_type(fold_.dtype);
    const std::string before = out.value(fmt::format("load {}, ptr {}", type, lanes_));
    std::string after = combined(before, value);
    if (!mask.empty()) {
        after = out.value(fmt::format("select {} {}, {} {}, {} {}", vector_type(DType::boolean),
                                      mask, type, after, type, before));
    }
    out.line(fmt::format("store {} {}, ptr {}", type, after, lanes_));
    if (!mask.empty()) {
        return;  // `finish` follows
    }
    const std::string full = out.fresh_label("full");
    const std::string next = out.fresh_label("next");
    const std::string rest =
        out.value(fmt::format("and i64 {}, {}", column, kernel::fold_block - 1));
    const std::string ends =
        out.value(fmt::format("icmp eq i64 {}, {}", rest, kernel::fold_block - lanes));
    out.line(fmt::format("br i1 {}, label %{}, label %{}", ends, full, next));
    out.block(full);
    leave(out.value(fmt::format("lshr i64 {}, 12", column)));
    out.line(fmt::format("store {} {}, ptr {}", type, identity(), lanes_));
    out.line(fmt::format("br label %{}", next));
    out.block(next);
}

void Fold::finish(const std::string& end) {
    Writer& out = writer();
    const std::string some = out.fresh_label("some");
    const std::string done = out.fresh_label("done");
    const std::string rest = out.value(fmt::format("and i64 {}, {}", end, kernel::fold_block - 1));
    const std::string any = out.value(fmt::format("icmp ne i64 {}, 0", rest));
    out.line(fmt::format("br i1 {}, label %{}, label %{}", any, some, done));
    out.block(some);
    leave(out.value(fmt::format("lshr i64 {}, 12", end)));
    out.line(fmt::format("br label %{}", done));
    out.block(done);
}

void Fold::leave(const std::string& block) {
    Writer& out = writer();
    const std::string type = vector_type(fold_.dtype);
    std::string value = out.value(fmt::format("load {}, ptr {}", type, lanes_));
    std::string stored = type;
    if (fold_.dtype == DType::boolean) {
        stored = vector_of("i8");
        value = out.value(fmt::format("zext {} {} to {}", type, value, stored));
    }
    const std::string place =
        out.value(fmt::format("getelementptr {}, ptr {}, i64 {}", stored, address_, block));
    out.line(
        fmt::format("store {} {}, ptr {}, align {}", stored, value, place, size_of(fold_.dtype)));
}

}  // namespace monnto::emit
