#include "gathered_sum.hpp"
#include "pending_rows.hpp"
#include "reference/operand.hpp"
#include "reference/reduction.hpp"
#include "rewrite.hpp"
#include "team.hpp"
#include "vote.hpp"

#include <monnto/array/executor.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace monnto::events {
namespace {

/// Where the picked rows (or columns) begin, as the reduction's loops walk them.
[[nodiscard]] reference::ReducedAxes picked(const Node& index, std::ptrdiff_t stride) {
    const reference::Operand at = reference::operand(index);
    reference::ReducedAxes reduced;
    reduced.count = 1;
    reduced.step = 0;  // 1 would stand for a single run that begins at the first element
    for (std::ptrdiff_t k = 0; k < index.shape.product(); ++k) {
        reduced.runs.push_back(
            static_cast<std::ptrdiff_t>(at.as<std::int64_t>()[k * at.strides[0]]) * stride);
    }
    return reduced;
}

/// The matrix's first byte; what is pending for rows that are not picked stays so.
[[nodiscard]] const std::byte* picked_bytes(const Node& matrix, const Node& index, int axis) {
    const Value& value = matrix.value();
    const std::ptrdiff_t targets = matrix.shape[1 - axis];
    const auto width = static_cast<std::ptrdiff_t>(size_of(matrix.dtype));
    const bool picks_rows =
        value.offset == 0 && value.strides[1 - axis] == 1 && value.strides[axis] == targets;
    if (!picks_rows || !value.buffer->is_behind()) {
        return value.buffer->data() + value.offset * width;
    }
    const reference::Operand at = reference::operand(index);
    std::vector<std::int32_t> rows;
    for (std::ptrdiff_t k = 0; k < index.shape.product(); ++k) {
        rows.push_back(static_cast<std::int32_t>(at.as<std::int64_t>()[k * at.strides[0]]));
    }
    std::ranges::sort(rows);
    const auto repeated = std::ranges::unique(rows);
    rows.erase(repeated.begin(), repeated.end());
    return with_rows(*value.buffer, targets, rows);
}

}  // namespace

Value sum_of_gathered(const Node& sum, Node& holder, Rewrite& rewrite) {
    const Node& gather = *sum.inputs()[0];
    const Node& matrix = *gather.inputs()[0];
    const auto axis = static_cast<int>(gather.attribute<GatherAttr>().axes[0]);
    const std::byte* bytes = picked_bytes(matrix, *gather.inputs()[1], axis);
    const std::ptrdiff_t source_stride = matrix.value().strides[axis];
    const std::ptrdiff_t target_stride = matrix.value().strides[1 - axis];
    const std::ptrdiff_t targets = matrix.shape[1 - axis];
    const reference::ReducedAxes reduced = picked(*gather.inputs()[1], source_stride);
    const bool crosses = std::abs(target_stride) != 1;
    if (crosses && std::abs(source_stride) == 1) {
        vote(holder, rewrite, true);
    } else if (!crosses) {
        vote(holder, rewrite, false);
    }
    Value result = reference::fresh(sum.dtype, sum.shape);
    const reference::ReductionLoop loop = reference::sum_loop(matrix.dtype);
    const auto in_width = static_cast<std::ptrdiff_t>(size_of(matrix.dtype));
    const auto out_width = static_cast<std::ptrdiff_t>(size_of(sum.dtype));
    const std::ptrdiff_t elements = targets * reduced.size();
    in_parallel(targets, 64, elements, [&](std::ptrdiff_t first, std::ptrdiff_t last) {
        const auto run = crosses || reduced.size() == 0 ? loop.by_rows : loop.by_columns;
        run(bytes + first * target_stride * in_width, target_stride,
            result.buffer->data() + first * out_width, last - first, reduced);
    });
    ++counters().rewritten;
    counters().touched += static_cast<std::uint64_t>(elements);
    rewrite.tell([&] {
        return fmt::format("events: {} of {} sources{}", reduced.size(), matrix.shape[axis],
                           crosses ? ", across the storage order" : "");
    });
    return result;
}

}  // namespace monnto::events
