#include "draw.hpp"
#include "fold.hpp"
#include "half.hpp"
#include "kernel.hpp"
#include "memory.hpp"
#include "operation.hpp"
#include "program/fold.hpp"
#include "uniform_division.hpp"
#include "writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace monnto::emit {
namespace {

using kernel::Instruction;
using kernel::Kind;
using kernel::Layout;
using kernel::Program;
using kernel::Step;

/// Writes
///
///     for each row (where there are rows)
///         for each whole vector of columns: load, compute, store
///         the rest of the columns, masked (where memory may end with them)
///
/// What does not change along the columns is loaded before them.
class KernelWriter {
public:
    KernelWriter(const Program& program, Processor width)
        : program_(program), layout_(program), out_(width) {
        registers_.resize(program.code.size());
        find_fixed();
        find_divisors();
    }

    void write() {
        out_.block("start");
        if (program_.members != kernel::Members::one) {
            write_members();
            out_.line("ret void");
            return;
        }
        load_numbers();
        load_arguments();
        if (program_.has_rows) {
            write_rows();
        } else {
            write_fixed();
            write_columns("%begin", "%end");
        }
        out_.line("ret void");
    }
    [[nodiscard]] Writer& out() noexcept { return out_; }
    [[nodiscard]] const Layout& layout() const noexcept { return layout_; }

private:
    /// What is the same for a whole row: numbers, elements of vectors along the rows, and what is
    /// computed from them alone.
    void find_fixed() {
        for (const Instruction& each : program_.code) {
            bool is_fixed = each.kind == Kind::number;
            if (each.kind == Kind::load) {
                is_fixed = program_.inputs[each.source].step == Step::none;
            } else if (each.kind == Kind::operation) {
                is_fixed = true;
                for (std::size_t k = 0; k < operand_count(each.op); ++k) {
                    is_fixed = is_fixed && fixed_[each.operands[k]];
                }
            }
            fixed_.push_back(is_fixed);
        }
    }

    void find_divisors() {
        for (const Instruction& each : program_.code) {
            const bool divides = each.kind == Kind::operation && each.op == Op::divide &&
                                 (each.dtype == DType::f32 || each.dtype == DType::f64);
            if (divides && fixed_[each.operands[1]] && !fixed_[each.operands[0]] &&
                UniformDivision::pays(program_)) {
                is_divisor_.insert(each.operands[1]);
            }
        }
    }

    [[nodiscard]] std::string argument(int word, std::string_view type) {
        const std::string place =
            out_.value(fmt::format("getelementptr i64, ptr {}, i64 {}", arguments_, word));
        return out_.value(fmt::format("load {}, ptr {}, align 8", type, place));
    }
    [[nodiscard]] std::string place_of(int word) {
        return out_.value(fmt::format("getelementptr i64, ptr {}, i64 {}", arguments_, word));
    }

    void load_arguments() {
        for (std::size_t i = 0; i < program_.inputs.size(); ++i) {
            const bool strides = program_.inputs[i].step == Step::any;
            const bool fetches = program_.inputs[i].fetch != kernel::Fetch::none;
            inputs_.push_back({argument(layout_.input(i), "ptr"),
                               program_.has_rows ? argument(layout_.input_row(i), "i64") : "",
                               strides ? argument(layout_.input_column(i), "i64") : "",
                               fetches ? argument(layout_.input_ahead(i), "i64") : ""});
        }
        for (std::size_t i = 0; i < program_.outputs.size(); ++i) {
            outputs_.push_back({argument(layout_.output(i), "ptr"),
                                program_.has_rows ? argument(layout_.output_row(i), "i64") : "", "",
                                ""});
        }
        if (program_.has_rows) {
            columns_ = argument(layout_.columns(), "i64");
        }
        for (std::size_t i = 0; i < program_.folds.size(); ++i) {
            const kernel::Fold& each = program_.folds[i];
            folds_.push_back(make_fold(
                each, argument(layout_.fold(i), "ptr"),
                each.along == kernel::Along::rows ? argument(layout_.fold_rows(i), "ptr") : "",
                columns_));
        }
        for (std::size_t i = 0; i < program_.code.size(); ++i) {
            const Instruction& each = program_.code[i];
            if (each.kind == Kind::draw && program_.members == kernel::Members::one) {
                draws_.emplace_back(i, Draw(each, place_of(layout_.draw(each.source))));
            }
        }
    }

    void load_numbers() {
        for (std::size_t i = 0; i < program_.code.size(); ++i) {
            const Instruction& each = program_.code[i];
            if (each.kind == Kind::number) {
                registers_[i] = load_broadcast(each.dtype, place_of(layout_.number(each.source)));
                prepare_division(i);
            }
        }
    }

    /// One member after the other, with what is the same for all of them in registers.
    void write_members() {
        const bool are_alike = program_.members == kernel::Members::alike;
        if (are_alike) {
            load_numbers();
        }
        std::vector<std::string> first_draws;
        first_draws.reserve(program_.draws);
        for (std::uint16_t k = 0; k < program_.draws; ++k) {
            first_draws.push_back(place_of(layout_.draw(k)));
        }
        // Addresses of host functions, whose number is not known yet, follow the layout: the
        // distance from member to member is an argument.
        const std::string stride = argument(layout_.elements() + 1, "i64");
        const std::string any = out_.value("icmp slt i64 %begin, %end");
        out_.line(fmt::format("br i1 {}, label %members, label %done", any));
        out_.block("members");
        out_.line("%member = phi i64 [ %begin, %start ], [ %next_member, %member_end ]");
        const std::string offset = out_.value(fmt::format("mul i64 %member, {}", stride));
        arguments_ = out_.value(fmt::format("getelementptr i8, ptr %arguments, i64 {}", offset));
        if (!are_alike) {
            load_numbers();
        }
        load_arguments();
        for (std::size_t i = 0; i < program_.code.size(); ++i) {
            const Instruction& each = program_.code[i];
            if (each.kind == Kind::draw) {
                const std::string place = place_of(layout_.draw(each.source));
                const std::string& first = first_draws[each.source];
                draws_.emplace_back(i, Draw(each, place, first, are_alike ? first : place));
                draws_.back().second.note_step();
            }
        }
        write_fixed();
        if (program_.vectors > 0) {
            write_vectors();
        } else {
            write_columns("0", argument(layout_.elements(), "i64"));
        }
        out_.line("br label %member_end");
        out_.block("member_end");
        out_.line("%next_member = add i64 %member, 1");
        const std::string more = out_.value("icmp slt i64 %next_member, %end");
        out_.line(fmt::format("br i1 {}, label %members, label %done", more));
        out_.block("done");
    }

    /// The few columns of a member, one vector after the other.
    void write_vectors() {
        for (int column = 0; column < program_.vectors * lanes; column += lanes) {
            write_draws(column);
            write_vector(std::to_string(column), "");
        }
    }

    [[nodiscard]] std::string load_broadcast(DType dtype, const std::string& place) {
        std::string scalar =
            out_.value(fmt::format("load {}, ptr {}, align 1", memory_type(dtype), place));
        if (is_half(dtype)) {
            return widened(dtype, broadcast(DType::u16, scalar));
        }
        if (dtype == DType::boolean) {
            scalar = out_.value(fmt::format("icmp ne i8 {}, 0", scalar));
        }
        return broadcast(dtype, scalar);
    }

    /// Before the columns.
    void write_fixed() {
        for (std::size_t i = 0; i < program_.code.size(); ++i) {
            const Instruction& each = program_.code[i];
            if (fixed_[i] && each.kind == Kind::load) {
                registers_[i] = load_broadcast(each.dtype, inputs_[each.source].address);
                prepare_division(i);
            } else if (fixed_[i] && each.kind == Kind::operation) {
                registers_[i] = compute(each);
                prepare_division(i);
            }
        }
    }

    void prepare_division(std::size_t divisor) {
        if (is_divisor_.contains(divisor)) {
            divisions_.insert_or_assign(
                divisor, UniformDivision(program_.code[divisor].dtype, registers_[divisor]));
        }
    }

    void write_rows() {
        const std::string any = out_.value("icmp slt i64 %begin, %end");
        out_.line(fmt::format("br i1 {}, label %rows, label %done", any));
        out_.block("rows");
        const std::string row = "%row";
        out_.line("%row = phi i64 [ %begin, %start ], [ %next_row, %row_end ]");
        const std::vector<Place> inputs = inputs_;
        const std::vector<Place> outputs = outputs_;
        for (auto* places : {&inputs_, &outputs_}) {
            for (Place& place : *places) {
                const std::string offset =
                    out_.value(fmt::format("mul i64 {}, {}", row, place.row));
                place.address = out_.value(
                    fmt::format("getelementptr i8, ptr {}, i64 {}", place.address, offset));
            }
        }
        write_fixed();
        write_columns("0", columns_);
        inputs_ = inputs;
        outputs_ = outputs;
        out_.line("br label %row_end");
        out_.block("row_end");
        out_.line("%next_row = add i64 %row, 1");
        const std::string more = out_.value("icmp slt i64 %next_row, %end");
        out_.line(fmt::format("br i1 {}, label %rows, label %done", more));
        out_.block("done");
    }

    void write_columns(const std::string& from, const std::string& to) {
        for (const auto& fold : folds_) {
            fold->start();
        }
        std::string whole = to;
        if (program_.has_tail) {
            const std::string count = out_.value(fmt::format("sub i64 {}, {}", to, from));
            const std::string vectors = out_.value(fmt::format("and i64 {}, -{}", count, lanes));
            whole = out_.value(fmt::format("add i64 {}, {}", from, vectors));
        }
        write_loop(goes_by_pairs() ? write_pairs(from, whole) : from, whole);
        if (program_.has_tail) {
            write_tail(whole, to);
        }
        for (const auto& fold : folds_) {
            fold->finish(to);
        }
    }

    /// Whether it only reduces, and everything.
    [[nodiscard]] bool goes_by_pairs() const {
        return program_.members == kernel::Members::one && !program_.has_rows &&
               program_.outputs.empty() && draws_.empty() && !program_.folds.empty();
    }

    /// Pairs of blocks while there are two; gives where the rest begins.
    [[nodiscard]] std::string write_pairs(const std::string& from, const std::string& to) {
        constexpr std::ptrdiff_t block = kernel::fold_block;
        std::vector<WholeBlock> first;
        std::vector<WholeBlock> second;
        for (std::size_t i = 0; i < program_.folds.size(); ++i) {
            const std::string address = argument(layout_.fold(i), "ptr");
            first.emplace_back(program_.folds[i], address);
            second.emplace_back(program_.folds[i], address);
        }
        const std::string count = out_.value(fmt::format("sub i64 {}, {}", to, from));
        const std::string pairs = out_.value(fmt::format("and i64 {}, -{}", count, 2 * block));
        const std::string rest = out_.value(fmt::format("add i64 {}, {}", from, pairs));
        loop(from, rest, 2 * block, [&](const std::string& at) {
            std::ranges::for_each(first, &WholeBlock::start);
            std::ranges::for_each(second, &WholeBlock::start);
            const std::string behind = out_.value(fmt::format("add i64 {}, {}", at, block));
            loop(at, behind, lanes, [&](const std::string& column) {
                take(first, column);
                take(second, out_.value(fmt::format("add i64 {}, {}", column, block)));
            });
            std::ranges::for_each(first, [&](const WholeBlock& each) { each.leave(at); });
            std::ranges::for_each(second, [&](const WholeBlock& each) { each.leave(behind); });
        });
        return rest;
    }

    void take(std::vector<WholeBlock>& blocks, const std::string& column) {
        write_values(column, "");
        for (WholeBlock& each : blocks) {
            each.take(registers_[each.value()], column);
        }
    }

    /// `write` for `from`, `from` + `step` ... below `to`.
    template <class Write>
    void loop(const std::string& from, const std::string& to, std::ptrdiff_t step,
              const Write& write) {
        const std::string body = out_.fresh_label("body");
        const std::string latch = out_.fresh_label("latch");
        const std::string after = out_.fresh_label("after");
        const std::string before = out_.current_block();
        const std::string any = out_.value(fmt::format("icmp slt i64 {}, {}", from, to));
        out_.line(fmt::format("br i1 {}, label %{}, label %{}", any, body, after));
        out_.block(body);
        const std::string column = "%column_" + body;
        const std::string next = "%next_" + body;
        out_.line(fmt::format("{} = phi i64 [ {}, %{} ], [ {}, %{} ]", column, from, before, next,
                              latch));
        write(column);
        out_.line(fmt::format("br label %{}", latch));
        out_.block(latch);
        out_.line(fmt::format("{} = add i64 {}, {}", next, column, step));
        const std::string more = out_.value(fmt::format("icmp slt i64 {}, {}", next, to));
        out_.line(fmt::format("br i1 {}, label %{}, label %{}", more, body, after));
        out_.block(after);
    }

    void write_loop(const std::string& from, const std::string& to) {
        loop(from, to, lanes, [this](const std::string& column) {
            write_draws(column);
            write_vector(column, "");
        });
    }

    void write_tail(const std::string& from, const std::string& to) {
        const std::string body = out_.fresh_label("tail");
        const std::string after = out_.fresh_label("after");
        const std::string rest = out_.value(fmt::format("sub i64 {}, {}", to, from));
        const std::string any = out_.value(fmt::format("icmp sgt i64 {}, 0", rest));
        out_.line(fmt::format("br i1 {}, label %{}, label %{}", any, body, after));
        out_.block(body);
        write_draws(from);
        const std::string limit = broadcast(DType::i64, rest);
        write_vector(from,
                     out_.value(fmt::format("icmp slt {}, {}", lane_numbers(DType::i64), limit)));
        out_.line(fmt::format("br label %{}", after));
        out_.block(after);
    }

    template <class Column>
    void write_draws(const Column& column) {
        for (auto& [at, draw] : draws_) {
            registers_[at] = draw.write(column);
        }
    }

    /// The elements `column` to `column` + 15, those in `mask` where it is not empty; draws are
    /// there already.
    void write_vector(const std::string& column, const std::string& mask) {
        write_values(column, mask);
        for (std::size_t i = 0; i < program_.outputs.size(); ++i) {
            const kernel::Output& output = program_.outputs[i];
            store(output.dtype, registers_[output.value], outputs_[i].address, column, mask);
        }
        for (const auto& fold : folds_) {
            fold->take(registers_[fold->value()], column, mask);
        }
    }

    void write_values(const std::string& column, const std::string& mask) {
        for (std::size_t i = 0; i < program_.code.size(); ++i) {
            const Instruction& each = program_.code[i];
            if (each.kind == Kind::load && program_.inputs[each.source].step != Step::none) {
                registers_[i] = load(each.dtype, program_.inputs[each.source], inputs_[each.source],
                                     column, mask);
            } else if (each.kind == Kind::operation && !fixed_[i]) {
                registers_[i] = compute(each);
            }
        }
    }

    [[nodiscard]] std::string compute(const Instruction& each) {
        const std::size_t count = operand_count(each.op);
        std::vector<std::string> operands;
        operands.reserve(count);
        for (std::size_t k = 0; k < count; ++k) {
            operands.push_back(registers_[each.operands[k]]);
        }
        if (each.op == Op::divide && divisions_.contains(each.operands[1])) {
            return divisions_.at(each.operands[1]).quotient(operands[0]);
        }
        const DType from = program_.code[each.operands[count - 1]].dtype;
        return emit_operation(each.op, from, each.dtype, operands);
    }

    const Program& program_;
    Layout layout_;
    Writer out_;
    std::vector<Place> inputs_;
    std::vector<Place> outputs_;
    std::vector<std::unique_ptr<Fold>> folds_;
    std::string columns_;                   // how many, with rows
    std::string arguments_ = "%arguments";  // of the present member
    std::vector<std::pair<std::size_t, Draw>> draws_;
    std::vector<std::string> registers_;
    std::vector<bool> fixed_;           // per instruction
    std::set<std::size_t> is_divisor_;  // fixed ones, where other elements are divided by them
    std::map<std::size_t, UniformDivision> divisions_;  // by the divisor's instruction
};

/// Registers of the host functions, loaded before everything else.
[[nodiscard]] std::string load_host_functions(const Writer& out, int first_word) {
    std::string text;
    int word = first_word;
    for (const Writer::HostFunction& each : out.host_functions()) {
        fmt::format_to(std::back_inserter(text),
                       "  %place_{0} = getelementptr i64, ptr %arguments, i64 {1}\n"
                       "  %host_{0} = load ptr, ptr %place_{0}, align 8\n",
                       each.name, word++);
    }
    return text;
}

}  // namespace

KernelText emit_kernel(const Program& program, const std::string& name, Processor width) {
    KernelWriter kernel(program, width);
    {
        const WriterScope scope(kernel.out());
        kernel.write();
    }
    const Writer& out = kernel.out();
    KernelText text;
    for (const std::string& declaration : out.declarations()) {
        text.ir += declaration + "\n";
    }
    // Wide vectors are asked for by name: LLVM would split them for old processors' sake.
    text.ir += fmt::format(
        "define void @{}(ptr noalias %arguments, i64 %begin, i64 %end) nounwind "
        "\"min-legal-vector-width\"=\"512\" \"prefer-vector-width\"=\"512\" {{\nentry:\n{}{}"
        "  br label %start\n{}}}\n",
        name, out.reserved(), load_host_functions(out, kernel.layout().size()), out.body());
    for (const Writer::HostFunction& each : out.host_functions()) {
        text.host_functions.push_back(each.address);
    }
    text.passes = program.folds.empty() ? "" : "mem2reg";
    return text;
}

}  // namespace monnto::emit
