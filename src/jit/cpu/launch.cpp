#include "binding.hpp"
#include "launch.hpp"
#include "program/fold.hpp"
#include "team.hpp"

#include <monnto/array/executor.hpp>

#include <algorithm>
#include <utility>

namespace monnto::cpu {

using kernel::Fusion;
using kernel::Layout;

namespace {

/// Columns that a kernel that folds rows takes at a time: whole rows, which come fastest from
/// memory, as long as the lanes of all columns stay in the second cache; a part for every thread.
[[nodiscard]] std::ptrdiff_t strip_of(const Fusion& fusion) {
    constexpr std::ptrdiff_t cache = 768 << 10;
    std::ptrdiff_t width = 0;
    for (const kernel::Fold& fold : fusion.program.folds) {
        width += static_cast<std::ptrdiff_t>(size_of(fold.dtype)) * kernel::lanes;
    }
    const std::ptrdiff_t strips =
        std::max<std::ptrdiff_t>((fusion.columns * width + cache - 1) / cache, threads());
    const std::ptrdiff_t vectors = (fusion.columns + kernel::lanes - 1) / kernel::lanes;
    return std::max<std::ptrdiff_t>((vectors + strips - 1) / strips, 1) * kernel::lanes;
}

/// Memory for rows that a thread's ranges left: fresh pages would cost as much as a small sum.
[[nodiscard]] std::vector<std::vector<std::byte>>& spare_rows() {
    static thread_local std::vector<std::vector<std::byte>> spare;
    return spare;
}

}  // namespace

void run(const Launch& launch) {
    const Fusion& fusion = launch.fusion;
    const auto work = static_cast<std::ptrdiff_t>(work_of(fusion));
    if (fusion.program.folds_rows()) {
        const std::ptrdiff_t strip = strip_of(fusion);
        in_parallel(fusion.columns, strip, work, [&](std::ptrdiff_t first, std::ptrdiff_t last) {
            ColumnRange range(launch);
            for (; first < last; first += strip) {
                range.run(first, std::min(first + strip, last));
            }
        });
        return;
    }
    const std::ptrdiff_t extent = fusion.program.has_rows ? fusion.rows : fusion.columns;
    const std::ptrdiff_t block = fusion.program.has_rows ? 1 : kernel::fold_block;
    in_parallel(extent, block, work, [&launch](std::ptrdiff_t first, std::ptrdiff_t last) {
        launch.function(launch.words.data(), first, last);
    });
}

ColumnRange::ColumnRange(const Launch& launch)
    : launch_(launch), words_(launch.words.begin(), launch.words.end()) {
    if (std::vector<std::vector<std::byte>>& spare = spare_rows(); !spare.empty()) {
        rows_ = std::move(spare.back());
        spare.pop_back();
    }
}

ColumnRange::~ColumnRange() {
    if (!rows_.empty()) {
        spare_rows().push_back(std::move(rows_));
    }
}

void ColumnRange::run(std::ptrdiff_t first, std::ptrdiff_t last) {
    const Fusion& fusion = launch_.fusion;
    if (!fusion.program.has_rows) {
        launch_.function(launch_.words.data(), first, last);
        return;
    }
    const Layout& layout = launch_.layout;
    const auto move = [&](int at, std::ptrdiff_t elements, DType dtype) {
        const auto word = static_cast<std::size_t>(at);
        words_[word] =
            launch_.words[word] +
            static_cast<std::uint64_t>(elements * static_cast<std::ptrdiff_t>(size_of(dtype)));
    };
    for (std::size_t k = 0; k < fusion.operands.size(); ++k) {
        const kernel::Operand& operand = fusion.operands[k];
        move(layout.input(k), first * operand.column, operand.dtype);
    }
    for (std::size_t k = 0; k < fusion.program.outputs.size(); ++k) {
        move(layout.output(k), first, fusion.program.outputs[k].dtype);
    }
    const std::ptrdiff_t width = (last - first + kernel::lanes - 1) / kernel::lanes * kernel::lanes;
    const auto bytes = static_cast<std::size_t>(width * kernel::lanes) * 8;
    rows_.resize(std::max(rows_.size(), bytes * fusion.folds.size()));
    for (std::size_t k = 0; k < fusion.folds.size(); ++k) {
        move(layout.fold(k), first, fusion.program.folds[k].dtype);
        words_[static_cast<std::size_t>(layout.fold_rows(k))] = address(rows_.data() + k * bytes);
    }
    words_[static_cast<std::size_t>(layout.columns())] = static_cast<std::uint64_t>(last - first);
    launch_.function(words_.data(), 0, fusion.rows);
}

}  // namespace monnto::cpu
