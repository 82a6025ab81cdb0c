#include "events/scan.hpp"
#include "reference/operand.hpp"
#include "region_run.hpp"
#include "team.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <mutex>
#include <vector>

namespace monnto::cpu {
namespace {

using events::Region;
using kernel::Fusion;
using kernel::Operand;

/// Elements that are picked, computed and put back at a time: they stay in the first-level caches.
constexpr std::ptrdiff_t block_elements = 4096;

[[nodiscard]] std::byte* place(std::uint64_t word) noexcept {
    return reinterpret_cast<std::byte*>(word);  // NOLINT(performance-no-int-to-ptr)
}
[[nodiscard]] std::uint64_t word_of(const std::byte* address) noexcept {
    return reinterpret_cast<std::uint64_t>(address);
}

class FactsOfPieces {
public:
    explicit FactsOfPieces(bool looks) {
        if (looks) {
            facts_ = Facts{.low = std::numeric_limits<double>::infinity(),
                           .high = -std::numeric_limits<double>::infinity(),
                           .may_be_nan = false,
                           .may_be_negative_zero = false,
                           .is_known = true};
        }
    }
    void look(DType dtype, const std::byte* data, std::ptrdiff_t count) {
        if (facts_ && count > 0) {
            const Facts found = events::facts_of(dtype, data, count);
            const std::lock_guard guard(lock_);
            facts_ = events::joined(*facts_, found);
        }
    }
    [[nodiscard]] const std::optional<Facts>& facts() const noexcept { return facts_; }

private:
    std::mutex lock_;
    std::optional<Facts> facts_;
};

/// Whole rows: the kernel itself, row by row, where they lie.
void run_rows(const BoundKernel& kernel, const Region& region, FactsOfPieces& facts) {
    const Fusion& fusion = kernel.fusion;
    const auto count = static_cast<std::ptrdiff_t>(region.rows.size());
    const auto operations = static_cast<std::ptrdiff_t>(fusion.program.code.size());
    const DType dtype = fusion.program.outputs.front().dtype;
    const auto row_bytes = fusion.columns * static_cast<std::ptrdiff_t>(size_of(dtype));
    const auto at = static_cast<std::size_t>(kernel.layout.output(0));
    const std::byte* output = place(kernel.words[at]);
    in_parallel(count, 1, count * fusion.columns * operations,
                [&](std::ptrdiff_t first, std::ptrdiff_t last) {
                    for (std::ptrdiff_t k = first; k < last; ++k) {
                        const std::int64_t row = region.rows[static_cast<std::size_t>(k)];
                        kernel.function(kernel.words.data(), row, row + 1);
                        facts.look(dtype, output + row * row_bytes, fusion.columns);
                    }
                });
}

/// Some columns of some rows.
struct Pairs {
    const std::vector<std::int32_t>& rows;
    bool has_all_rows;
    const std::vector<std::int32_t>& columns;
};

/// Picks a block of the pairs out of the operands into memory of its own, runs the kernel there as
/// if that were the whole space, and puts the results back.
class PickedRun {
public:
    PickedRun(const BoundKernel& kernel, const Pairs& pairs)
        : kernel_(kernel),
          fusion_(kernel.fusion),
          pairs_(pairs),
          columns_(static_cast<std::ptrdiff_t>(pairs.columns.size())),
          width_((columns_ + kernel::lanes - 1) / kernel::lanes * kernel::lanes),
          rows_at_once_(std::max<std::ptrdiff_t>(1, block_elements / width_)),
          words_(kernel.words.begin(), kernel.words.end()),
          picked_(pairs.columns) {
        // Kernels without a tail run whole vectors: the last column again where there are no more.
        picked_.resize(static_cast<std::size_t>(width_), picked_.back());
        const bool has_tail = fusion_.program.has_tail;
        word(kernel.layout.columns()) = static_cast<std::uint64_t>(has_tail ? columns_ : width_);
        buffers_.resize(fusion_.operands.size());
        for (std::size_t k = 0; k < buffers_.size(); ++k) {
            prepare(k);
        }
        const std::size_t bytes = size_of(fusion_.program.outputs.front().dtype);
        word(kernel.layout.output(0)) = word(kernel.layout.input(kernel.matrix));
        word(kernel.layout.output_row(0)) = static_cast<std::uint64_t>(width_) * bytes;
    }

    void run(std::ptrdiff_t first, std::ptrdiff_t last, FactsOfPieces& facts) {
        for (; first < last; first += rows_at_once_) {
            const std::ptrdiff_t count = std::min(rows_at_once_, last - first);
            for (std::size_t k = 0; k < buffers_.size(); ++k) {
                pick(k, first, count);
            }
            kernel_.function(words_.data(), 0, count);
            put_back(first, count);
            facts.look(fusion_.program.outputs.front().dtype, buffers_[kernel_.matrix].data(),
                       fusion_.program.has_tail ? 0 : count * width_);
            look_at_rows(count, facts);
        }
    }

private:
    [[nodiscard]] std::uint64_t& word(int at) { return words_[static_cast<std::size_t>(at)]; }
    [[nodiscard]] std::ptrdiff_t row_at(std::ptrdiff_t k) const {
        return pairs_.has_all_rows ? k : pairs_.rows[static_cast<std::size_t>(k)];
    }

    /// Memory and strides of a picked operand; vectors along the columns are picked here already.
    void prepare(std::size_t k) {
        const Operand& operand = fusion_.operands[k];
        const std::size_t bytes = size_of(operand.dtype);
        if (operand.row == 0 && operand.column == 0) {
            return;
        }
        const std::ptrdiff_t across = operand.column == 0 ? 1 : width_;
        const std::ptrdiff_t rows = operand.row == 0 ? 1 : rows_at_once_;
        buffers_[k].resize(static_cast<std::size_t>(rows * across) * bytes);
        const std::byte* source = place(word(kernel_.layout.input(k)));
        word(kernel_.layout.input(k)) = word_of(buffers_[k].data());
        word(kernel_.layout.input_row(k)) =
            operand.row == 0 ? 0 : static_cast<std::uint64_t>(across) * bytes;
        if (fusion_.program.inputs[k].step == kernel::Step::any) {
            word(kernel_.layout.input_column(k)) = bytes;
        }
        if (operand.row == 0) {
            pick_row(bytes, source, operand.column, buffers_[k].data());
        }
    }

    void pick_row(std::size_t bytes, const std::byte* from, std::ptrdiff_t step,
                  std::byte* to) const {
        reference::dispatch_by_size(bytes, [&]<class T>() {
            const T* in = reinterpret_cast<const T*>(from);
            T* out = reinterpret_cast<T*>(to);
            for (const std::int32_t column : picked_) {
                *out++ = in[column * step];
            }
        });
    }

    void pick(std::size_t k, std::ptrdiff_t first, std::ptrdiff_t count) {
        const Operand& operand = fusion_.operands[k];
        if (operand.row == 0) {
            return;
        }
        const std::size_t bytes = size_of(operand.dtype);
        const auto width = static_cast<std::ptrdiff_t>(bytes);
        const std::byte* source =
            place(kernel_.words[static_cast<std::size_t>(kernel_.layout.input(k))]);
        std::byte* to = buffers_[k].data();
        for (std::ptrdiff_t r = 0; r < count; ++r) {
            const std::byte* from = source + row_at(first + r) * operand.row * width;
            if (operand.column == 0) {
                std::memcpy(to, from, bytes);
                to += width;
            } else {
                pick_row(bytes, from, operand.column, to);
                to += width_ * width;
            }
        }
    }

    void put_back(std::ptrdiff_t first, std::ptrdiff_t count) {
        const std::size_t bytes = size_of(fusion_.program.outputs.front().dtype);
        std::byte* output =
            place(kernel_.words[static_cast<std::size_t>(kernel_.layout.output(0))]);
        const std::byte* from = buffers_[kernel_.matrix].data();
        reference::dispatch_by_size(bytes, [&]<class T>() {
            const T* in = reinterpret_cast<const T*>(from);
            for (std::ptrdiff_t r = 0; r < count; ++r) {
                T* out = reinterpret_cast<T*>(output) + row_at(first + r) * fusion_.columns;
                for (std::ptrdiff_t c = 0; c < columns_; ++c) {
                    out[picked_[static_cast<std::size_t>(c)]] = in[r * width_ + c];
                }
            }
        });
    }

    /// Behind the last column of a kernel with a tail lies what was picked, not what it computed.
    void look_at_rows(std::ptrdiff_t count, FactsOfPieces& facts) const {
        const DType dtype = fusion_.program.outputs.front().dtype;
        const auto width = width_ * static_cast<std::ptrdiff_t>(size_of(dtype));
        for (std::ptrdiff_t r = 0; fusion_.program.has_tail && r < count; ++r) {
            facts.look(dtype, buffers_[kernel_.matrix].data() + r * width, columns_);
        }
    }

    const BoundKernel& kernel_;
    const Fusion& fusion_;
    const Pairs& pairs_;
    std::ptrdiff_t columns_;
    std::ptrdiff_t width_;  // columns as whole vectors
    std::ptrdiff_t rows_at_once_;
    std::vector<std::uint64_t> words_;
    std::vector<std::int32_t> picked_;  // columns
    std::vector<std::vector<std::byte>> buffers_;
};

void run_picked(const BoundKernel& kernel, const Pairs& pairs, FactsOfPieces& facts) {
    const std::ptrdiff_t rows =
        pairs.has_all_rows ? kernel.fusion.rows : static_cast<std::ptrdiff_t>(pairs.rows.size());
    const auto columns = static_cast<std::ptrdiff_t>(pairs.columns.size());
    const auto operations = static_cast<std::ptrdiff_t>(kernel.fusion.program.code.size());
    if (rows * columns == 0) {
        return;
    }
    in_parallel(rows, 16, rows * columns * operations,
                [&](std::ptrdiff_t first, std::ptrdiff_t last) {
                    PickedRun(kernel, pairs).run(first, last, facts);
                });
}

/// The rows that are not in the ascending list.
[[nodiscard]] std::vector<std::int32_t> others(const std::vector<std::int32_t>& list,
                                               std::ptrdiff_t rows) {
    std::vector<std::int32_t> rest;
    auto next = list.begin();
    for (std::int32_t row = 0; row < rows; ++row) {
        if (next != list.end() && *next == row) {
            ++next;
        } else {
            rest.push_back(row);
        }
    }
    return rest;
}

}  // namespace

std::optional<Facts> run_on_region(const BoundKernel& kernel, const Region& region, bool looks) {
    FactsOfPieces facts(looks);
    if (region.elements == 0) {
        return facts.facts();
    }
    switch (region.shape) {
        case Region::Shape::rows:
            run_rows(kernel, region, facts);
            break;
        case Region::Shape::pairs:
            run_picked(kernel, {region.rows, region.has_all_rows, region.columns}, facts);
            break;
        case Region::Shape::cross: {
            const std::vector<std::int32_t> rest = others(region.rows, kernel.fusion.rows);
            run_rows(kernel, region, facts);
            run_picked(kernel, {rest, false, region.columns}, facts);
            break;
        }
    }
    return facts.facts();
}

}  // namespace monnto::cpu
