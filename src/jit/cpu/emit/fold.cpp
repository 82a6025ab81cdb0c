#include "column_fold.hpp"
#include "fold.hpp"
#include "program/fold.hpp"
#include "writer.hpp"

#include <fmt/format.h>

#include <utility>

namespace monnto::emit {
namespace {

/// Goes through columns in blocks of 4096, each of which starts with new lanes (S17).
class BlockFold : public Fold {
public:
    explicit BlockFold(const kernel::Fold& fold) : Fold(fold), lanes_(fold) {}

    void start() override { lanes_.reset(); }

    void take(const std::string& value, const std::string& column,
              const std::string& mask) override {
        lanes_.take(value, column, mask);
        if (!mask.empty()) {
            return;  // `finish` follows
        }
        Writer& out = writer();
        const std::string full = out.fresh_label("full");
        const std::string next = out.fresh_label("next");
        const std::string rest =
            out.value(fmt::format("and i64 {}, {}", column, kernel::fold_block - 1));
        const std::string ends =
            out.value(fmt::format("icmp eq i64 {}, {}", rest, kernel::fold_block - emit::lanes));
        out.line(fmt::format("br i1 {}, label %{}, label %{}", ends, full, next));
        out.block(full);
        leave(column);
        lanes_.reset();
        out.line(fmt::format("br label %{}", next));
        out.block(next);
    }

    void finish(const std::string& end) override {
        Writer& out = writer();
        const std::string some = out.fresh_label("some");
        const std::string done = out.fresh_label("done");
        const std::string rest =
            out.value(fmt::format("and i64 {}, {}", end, kernel::fold_block - 1));
        const std::string any = out.value(fmt::format("icmp ne i64 {}, 0", rest));
        out.line(fmt::format("br i1 {}, label %{}, label %{}", any, some, done));
        out.block(some);
        leave(end);
        out.line(fmt::format("br label %{}", done));
        out.block(done);
    }

protected:
    /// A block that holds that column is complete.
    virtual void leave(const std::string& column) = 0;
    [[nodiscard]] const FoldLanes& lanes() const noexcept { return lanes_; }

private:
    FoldLanes lanes_;
};

void leave_lanes(const FoldLanes& lanes, const std::string& address, const std::string& column) {
    Writer& out = writer();
    const Combination& combination = lanes.combination();
    const std::string block = out.value(fmt::format("lshr i64 {}, 12", column));
    const std::string place = out.value(
        fmt::format("getelementptr {}, ptr {}, i64 {}", combination.memory_type(), address, block));
    combination.store(combination.has_places() ? lanes.joined() : lanes.value(), place);
}

/// Leaves the lanes of each block in memory, of min and max lane 0 alone.
class WholeFold final : public BlockFold {
public:
    WholeFold(const kernel::Fold& fold, std::string address)
        : BlockFold(fold), address_(std::move(address)) {}

protected:
    void leave(const std::string& column) override { leave_lanes(lanes(), address_, column); }

private:
    std::string address_;
};

/// Combines the blocks of a row, and leaves one result per row.
class RowFold final : public BlockFold {
public:
    RowFold(const kernel::Fold& fold, std::string address)
        : BlockFold(fold), address_(std::move(address)) {}

    void start() override {
        BlockFold::start();
        const Combination& combination = lanes().combination();
        if (state_.empty()) {
            state_ = writer().variable(combination.type());
        }
        keep(combination.identity());
    }
    void finish(const std::string& end) override {
        BlockFold::finish(end);
        const Combination& combination = lanes().combination();
        const std::string place = writer().value(
            fmt::format("getelementptr {}, ptr {}, i64 %row", memory_type(fold().dtype), address_));
        combination.store_first(kept(), place);
    }

protected:
    void leave(const std::string& /*column*/) override {
        keep(lanes().combination().combined(kept(), lanes().joined()));
    }

private:
    void keep(const std::string& value) const {
        writer().line(
            fmt::format("store {} {}, ptr {}", lanes().combination().type(), value, state_));
    }
    [[nodiscard]] std::string kept() const {
        return writer().value(fmt::format("load {}, ptr {}", lanes().combination().type(), state_));
    }

    std::string address_;
    std::string state_;  // a variable, of which lane 0 counts
};

}  // namespace

void WholeBlock::leave(const std::string& column) const {
    leave_lanes(lanes_, address_, column);
}

std::unique_ptr<Fold> make_fold(const kernel::Fold& fold, std::string address, std::string more,
                                std::string columns) {
    switch (fold.along) {
        case kernel::Along::all:
            return std::make_unique<WholeFold>(fold, std::move(address));
        case kernel::Along::columns:
            return std::make_unique<RowFold>(fold, std::move(address));
        case kernel::Along::rows:
            break;
    }
    return make_column_fold(fold, std::move(address), std::move(more), std::move(columns));
}

}  // namespace monnto::emit
