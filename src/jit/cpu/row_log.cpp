#include "events/scan.hpp"
#include "reference/operand.hpp"
#include "rests.hpp"
#include "row_log.hpp"

#include <monnto/array/executor.hpp>

#include <algorithm>
#include <cstring>

namespace monnto::cpu {
namespace {

using kernel::Operand;

[[nodiscard]] const std::byte* place(std::uint64_t word) noexcept {
    return reinterpret_cast<const std::byte*>(word);  // NOLINT(performance-no-int-to-ptr)
}
[[nodiscard]] std::uint64_t word_of(const void* address) noexcept {
    return reinterpret_cast<std::uint64_t>(address);
}

/// Elements at a stride, side by side.
void gather(std::size_t width, const std::byte* from, std::ptrdiff_t step,
            const std::vector<std::int32_t>& at, std::byte* to) {
    reference::dispatch_by_size(width, [&]<class T>() {
        const T* in = reinterpret_cast<const T*>(from);
        T* out = reinterpret_cast<T*>(to);
        for (const std::int32_t k : at) {
            *out++ = in[k * step];
        }
    });
}
void pack(std::size_t width, const std::byte* from, std::ptrdiff_t step, std::ptrdiff_t count,
          std::byte* to) {
    if (step == 1) {
        std::memcpy(to, from, static_cast<std::size_t>(count) * width);
        return;
    }
    reference::dispatch_by_size(width, [&]<class T>() {
        const T* in = reinterpret_cast<const T*>(from);
        T* out = reinterpret_cast<T*>(to);
        for (std::ptrdiff_t k = 0; k < count; ++k) {
            out[k] = in[k * step];
        }
    });
}

}  // namespace

void RowLog::Update::keep_operand(const BoundKernel& kernel, std::size_t k,
                                  const events::Region& region, std::ptrdiff_t rows) {
    const Operand& operand = kernel.fusion.operands[k];
    const std::size_t bytes = size_of(operand.dtype);
    const auto word = [this](int at) -> std::uint64_t& {
        return words[static_cast<std::size_t>(at)];
    };
    const std::byte* source = place(word(kernel.layout.input(k)));
    std::vector<std::byte>& copy = vectors[k];
    const bool rests = operand.row != 0 && operand.column == 0 &&
                       rest_outside({source, bytes, operand.row, rows}, region.rows);
    const bool is_along_rows = operand.row != 0 && !rests;
    if (operand.column != 0) {
        copy.resize(columns.size() * bytes);
        gather(bytes, source, operand.column, columns, copy.data());
    } else {
        const std::ptrdiff_t kept = is_along_rows ? rows : 1;
        const std::ptrdiff_t first = rests ? first_outside(region.rows) : 0;
        copy.resize(static_cast<std::size_t>(kept) * bytes);
        pack(bytes, source + first * operand.row * static_cast<std::ptrdiff_t>(bytes), operand.row,
             kept, copy.data());
    }
    word(kernel.layout.input(k)) = word_of(copy.data());
    word(kernel.layout.input_row(k)) = is_along_rows ? bytes : 0;
    if (kernel.fusion.program.inputs[k].step == kernel::Step::any) {
        word(kernel.layout.input_column(k)) = bytes;
    }
    if (is_along_rows) {
        along_rows.push_back(
            {static_cast<std::size_t>(kernel.layout.input(k)), copy.data(), bytes});
    }
}

void RowLog::Update::keep_mask(const BoundKernel& kernel, std::size_t k,
                               const std::shared_ptr<const MaskBits>& bits) {
    const DType dtype = kernel.fusion.operands[k].dtype;
    masked.push_back({static_cast<std::size_t>(kernel.layout.input(k)),
                      static_cast<std::size_t>(kernel.layout.input_row(k)), size_of(dtype),
                      events::bits_of(dtype, 1), bits});
    if (kernel.fusion.program.inputs[k].step == kernel::Step::any) {
        words[static_cast<std::size_t>(kernel.layout.input_column(k))] = size_of(dtype);
    }
}

void RowLog::Update::keep(const BoundKernel& kernel, const events::Region& region,
                          std::ptrdiff_t rows, const Masks& masks) {
    function = kernel.function;
    words.assign(kernel.words.begin(), kernel.words.end());
    columns = region.columns;
    count = static_cast<std::ptrdiff_t>(columns.size());
    const std::ptrdiff_t width = (count + kernel::lanes - 1) / kernel::lanes * kernel::lanes;
    columns.resize(static_cast<std::size_t>(width), columns.back());
    const auto index = [](int at) { return static_cast<std::size_t>(at); };
    words[index(kernel.layout.columns())] =
        static_cast<std::uint64_t>(kernel.fusion.program.has_tail ? count : width);
    along_rows.clear();
    masked.clear();
    vectors.resize(kernel.fusion.operands.size());
    for (std::size_t k = 0; k < vectors.size(); ++k) {
        vectors[k].clear();
        if (masks[k] != nullptr) {
            keep_mask(kernel, k, masks[k]);
        } else if (k != kernel.matrix) {
            keep_operand(kernel, k, region, rows);
        }
    }
    matrix = index(kernel.layout.input(kernel.matrix));
    output = index(kernel.layout.output(0));
    matrix_row = index(kernel.layout.input_row(kernel.matrix));
    output_row = index(kernel.layout.output_row(0));
    if (kernel.fusion.program.inputs[kernel.matrix].step == kernel::Step::any) {
        words[index(kernel.layout.input_column(kernel.matrix))] =
            size_of(kernel.fusion.operands[kernel.matrix].dtype);
    }
}

std::size_t RowLog::Update::bytes() const noexcept {
    std::size_t all = columns.size() * sizeof(std::int32_t) + words.size() * sizeof(std::uint64_t);
    for (const std::vector<std::byte>& each : vectors) {
        all += each.size();
    }
    return all;
}

RowLog::RowLog(std::ptrdiff_t rows, std::ptrdiff_t columns, std::size_t width)
    : rows_(rows), columns_(columns), width_(width), next_(static_cast<std::size_t>(rows), 0) {}

RowLog::~RowLog() = default;

/// A thirty-second part of the matrix.
bool RowLog::is_full() const noexcept {
    constexpr std::size_t share = 32;
    constexpr std::size_t least = 256 << 10U;  // of bytes: matter to nobody
    return bytes_ > std::max(least, static_cast<std::size_t>(rows_ * columns_) * width_ / share);
}

void RowLog::append(const BoundKernel& kernel, const events::Region& region, const Masks& masks) {
    if (region.columns.empty()) {
        return;
    }
    if (used_ == updates_.size()) {
        updates_.emplace_back();
    }
    Update& update = updates_[used_++];
    update.keep(kernel, region, rows_, masks);
    bytes_ += update.bytes();
    if (region.shape == events::Region::Shape::cross) {
        for (const std::int32_t row : region.rows) {
            next_[static_cast<std::size_t>(row)] = static_cast<std::uint32_t>(used_);
        }
    }
    ++counters().postponed;
}

}  // namespace monnto::cpu
