#include "gathered_sum.hpp"
#include "pending_rows.hpp"
#include "reference/operand.hpp"
#include "reference/reduction.hpp"
#include "rewrite.hpp"
#include "scan.hpp"
#include "team.hpp"
#include "vote.hpp"
#include "words.hpp"

#include <monnto/array/executor.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace monnto::events {
namespace {

/// What is summed: rows or columns of a matrix, in the order in which they are added.
struct Picks {
    const Node& matrix;
    int axis = 0;
    std::vector<std::int32_t> at;
};

[[nodiscard]] Picks picks_of(const Node& sum) {
    if (sum.op == Op::picked_sum) {
        const Node& mask = *sum.inputs()[1];
        Picks picks{*sum.inputs()[0], sum.attribute<AxisAttr>().axis, {}};
        const reference::Operand flags = reference::operand(mask);
        find_events({mask.dtype, flags.data, flags.strides[0], mask.shape[0]}, 0, picks.at);
        return picks;
    }
    const Node& gather = *sum.inputs()[0];
    const Node& index = *gather.inputs()[1];
    Picks picks{*gather.inputs()[0], static_cast<int>(gather.attribute<GatherAttr>().axes[0]), {}};
    const reference::Operand at = reference::operand(index);
    for (std::ptrdiff_t k = 0; k < index.shape.product(); ++k) {
        picks.at.push_back(static_cast<std::int32_t>(at.as<std::int64_t>()[k * at.strides[0]]));
    }
    return picks;
}

/// Where the picked rows (or columns) begin, as the reduction's loops walk them.
[[nodiscard]] reference::ReducedAxes picked(const Picks& picks, std::ptrdiff_t stride) {
    reference::ReducedAxes reduced;
    reduced.count = 1;
    reduced.step = 0;  // 1 would stand for a single run that begins at the first element
    reduced.runs.reserve(picks.at.size());
    for (const std::int32_t at : picks.at) {
        reduced.runs.push_back(at * stride);
    }
    return reduced;
}

/// The matrix's first byte; what is pending for rows that are not picked stays so.
[[nodiscard]] const std::byte* picked_bytes(const Picks& picks) {
    const Node& matrix = picks.matrix;
    const Value& value = matrix.value();
    const std::ptrdiff_t targets = matrix.shape[1 - picks.axis];
    const auto width = static_cast<std::ptrdiff_t>(size_of(matrix.dtype));
    const bool picks_rows = value.offset == 0 && value.strides[1 - picks.axis] == 1 &&
                            value.strides[picks.axis] == targets;
    if (!picks_rows || !value.buffer->is_behind()) {
        return value.buffer->data() + value.offset * width;
    }
    std::vector<std::int32_t> rows = picks.at;
    std::ranges::sort(rows);
    const auto repeated = std::ranges::unique(rows);
    rows.erase(repeated.begin(), repeated.end());
    return with_rows(*value.buffer, {targets}, rows);
}

}  // namespace

Value sum_of_gathered(const Node& sum, Node& holder, Rewrite& rewrite) {
    const Picks picks = picks_of(sum);
    const Node& matrix = picks.matrix;
    const int axis = picks.axis;
    const std::byte* bytes = picked_bytes(picks);
    const std::ptrdiff_t source_stride = matrix.value().strides[axis];
    const std::ptrdiff_t target_stride = matrix.value().strides[1 - axis];
    const std::ptrdiff_t targets = matrix.shape[1 - axis];
    const reference::ReducedAxes reduced = picked(picks, source_stride);
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
        const Node& vector = *(sum.op == Op::picked_sum ? sum : *sum.inputs()[0]).inputs()[1];
        return fmt::format("events: {} of {} sources{}{}", reduced.size(), matrix.shape[axis],
                           in_brackets({{&vector}}), crosses ? ", across the storage order" : "");
    });
    return result;
}

}  // namespace monnto::events
