#include "column_fold.hpp"
#include "program/fold.hpp"
#include "writer.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace monnto::emit {
namespace {

class ColumnFold final : public Fold {
public:
    ColumnFold(const kernel::Fold& fold, std::string address, std::string rows, std::string columns)
        : Fold(fold),
          combination_(fold),
          address_(std::move(address)),
          rows_(std::move(rows)),
          columns_(std::move(columns)) {}

    void start() override {
        Writer& out = writer();
        if (!combination_.has_lanes()) {
            line_ = address_;
            is_fresh_ = out.value("icmp eq i64 %row, 0");
            return;
        }
        const std::string more = out.value(fmt::format("add i64 {}, {}", columns_, lanes - 1));
        stride_ = out.value(fmt::format("and i64 {}, -{}", more, lanes));
        const std::string lane = out.value(fmt::format("and i64 %row, {}", lanes - 1));
        line_ = line_of(lane);
        in_block_ = out.value(fmt::format("and i64 %row, {}", kernel::fold_block - 1));
        is_fresh_ = out.value(fmt::format("icmp ult i64 {}, {}", in_block_, lanes));
    }

    void take(const std::string& value, const std::string& column,
              const std::string& /*mask*/) override {
        // Beyond the last column lies room for a whole vector.
        const std::string place = at(line_, column);
        const std::string before = unless(is_fresh_, combination_.loaded(place));
        combination_.store(combination_.combined(before, value), place);
    }

    void finish(const std::string& end) override {
        if (!combination_.has_lanes()) {
            return;
        }
        Writer& out = writer();
        const std::string join = out.fresh_label("join");
        const std::string done = out.fresh_label("joined");
        const std::string is_full =
            out.value(fmt::format("icmp eq i64 {}, {}", in_block_, kernel::fold_block - 1));
        const std::string next = out.value("add i64 %row, 1");
        const std::string is_last = out.value(fmt::format("icmp eq i64 {}, %end", next));
        const std::string ends = out.value(fmt::format("or i1 {}, {}", is_full, is_last));
        out.line(fmt::format("br i1 {}, label %{}, label %{}", ends, join, done));
        out.block(join);
        join_lanes(end, done);
        out.block(done);
    }

private:
    [[nodiscard]] std::string line_of(const std::string& lane) const {
        const std::string first = writer().value(fmt::format("mul i64 {}, {}", lane, stride_));
        return at(rows_, first);
    }
    [[nodiscard]] std::string at(const std::string& base, const std::string& element) const {
        return writer().value(fmt::format("getelementptr {}, ptr {}, i64 {}",
                                          memory_type(fold().dtype), base, element));
    }
    /// The value, or the identity where a register says so.
    [[nodiscard]] std::string unless(const std::string& condition, const std::string& value) const {
        return writer().value(fmt::format("select i1 {}, {} {}, {} {}", condition,
                                          combination_.type(), combination_.identity(),
                                          combination_.type(), value));
    }

    /// A block of rows is complete: its lanes, column by column.
    void join_lanes(const std::string& end, const std::string& done) {
        Writer& out = writer();
        const std::string is_first =
            out.value(fmt::format("icmp ult i64 %row, {}", kernel::fold_block));
        std::array<std::string, lanes> lines;
        std::array<std::string, lanes> is_unused;
        for (std::size_t lane = 0; lane < lines.size(); ++lane) {
            lines[lane] = line_of(std::to_string(lane));
            is_unused[lane] = out.value(fmt::format("icmp ult i64 {}, {}", in_block_, lane));
        }
        const std::string body = out.fresh_label("columns");
        const std::string before = out.current_block();
        out.line(fmt::format("br label %{}", body));
        out.block(body);
        const std::string column = "%at_" + body;
        const std::string next = "%next_" + body;
        out.line(fmt::format("{} = phi i64 [ 0, %{} ], [ {}, %{} ]", column, before, next, body));
        std::array<std::string, lanes> values;
        for (std::size_t lane = 0; lane < lines.size(); ++lane) {
            values[lane] = unless(is_unused[lane], combination_.loaded(at(lines[lane], column)));
        }
        for (std::size_t half = lanes / 2; half > 0; half /= 2) {
            for (std::size_t lane = 0; lane < half; ++lane) {
                values[lane] = combination_.combined(values[lane], values[lane + half]);
            }
        }
        const std::string place = at(address_, column);
        const std::string state = unless(is_first, combination_.loaded(place));
        combination_.store(combination_.combined(state, values[0]), place);
        out.line(fmt::format("{} = add i64 {}, {}", next, column, lanes));
        const std::string more = out.value(fmt::format("icmp slt i64 {}, {}", next, end));
        out.line(fmt::format("br i1 {}, label %{}, label %{}", more, body, done));
    }

    Combination combination_;
    std::string address_;  // of the results
    std::string rows_;     // of the lanes
    std::string columns_;
    // Of the present row:
    std::string stride_;    // elements from lane to lane
    std::string line_;      // what it is combined with
    std::string in_block_;  // its number in its block
    std::string is_fresh_;  // whether it is the first that its lane takes
};

}  // namespace

std::unique_ptr<Fold> make_column_fold(const kernel::Fold& fold, std::string address,
                                       std::string rows, std::string columns) {
    return std::make_unique<ColumnFold>(fold, std::move(address), std::move(rows),
                                        std::move(columns));
}

}  // namespace monnto::emit
