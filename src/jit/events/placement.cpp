#include "placement.hpp"
#include "program/graph.hpp"
#include "program/placed.hpp"
#include "reference/kernels.hpp"
#include "reference/move.hpp"
#include "reference/operand.hpp"
#include "rewrite.hpp"
#include "scan.hpp"
#include "words.hpp"

#include <monnto/array/executor.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace monnto::events {
namespace {

/// Elements that the node writes.
[[nodiscard]] std::ptrdiff_t written(const Node& node) {
    if (node.op == Op::update) {
        return node.attribute<ViewAttr>().shape.product();
    }
    std::ptrdiff_t count = node.inputs()[2]->shape.product();
    const Dims& axes = node.attribute<GatherAttr>().axes;
    for (int axis = 0; axis < node.shape.size(); ++axis) {
        const bool is_indexed = std::find(axes.begin(), axes.end(), axis) != axes.end();
        count *= is_indexed ? 1 : node.shape[axis];
    }
    return count;
}

/// Writes the values where the window lies, along the axis on which that is side by side.
void move_values(ViewAttr window, const Value& result, const reference::Operand& from,
                 std::size_t width) {
    Strides steps = from.strides;
    if (window.shape.size() == 2 && std::abs(window.strides[0]) < std::abs(window.strides[1])) {
        std::swap(window.shape[0], window.shape[1]);
        std::swap(window.strides[0], window.strides[1]);
        std::swap(steps[0], steps[1]);
    }
    reference::dispatch_by_size(width, [&]<class T>() {
        reference::move_elements(window.shape, reference::elements<T>(result) + window.offset,
                                 window.strides, from.as<T>(), steps);
    });
}

/// Of the old elements and those that are written over some of them.
void note_facts(Node& node) {
    const Node& matrix = *node.inputs()[0];
    Node& values = *node.inputs()[1];
    if (matrix.facts == nullptr) {
        return;
    }
    const Facts before = *matrix.facts;
    if (written(node) == 0) {
        node.facts = std::make_unique<Facts>(before);
        return;
    }
    const Facts found = before.is_known ? looked_up(values) : Facts{};
    Facts after = joined(before, found);
    after.wants_turning = before.wants_turning;
    if (before.is_known && found.is_known && found.low == 0.0 && found.high == 0.0 &&
        !found.may_be_nan) {
        after.zeros_of = before.zeros_of;
        after.zeros_may_be_negative = before.zeros_may_be_negative || found.may_be_negative_zero;
    }
    if (after.is_known || after.crossings > 0) {
        node.facts = std::make_unique<Facts>(after);
    }
}

}  // namespace

bool can_place(const Node& node) {
    const Node& matrix = *node.inputs()[0];
    return kernel::is_plain(matrix) || (kernel::is_turned(matrix) && kernel::stays_turned(node));
}

void place(Node& node, const Value& result, Rewrite& rewrite, bool is_in_place) {
    note_facts(node);
    const std::ptrdiff_t count = written(node);
    if (node.op == Op::scatter) {
        reference::scatter_into(node, result);
    } else if (count > 0) {
        const auto& logical = node.attribute<ViewAttr>();
        const auto window = kernel::is_plain(*node.inputs()[0])
                                ? std::optional(logical)
                                : kernel::as_it_lies(logical, node.shape, result.strides);
        move_values(*window, result, reference::operand(*node.inputs()[1], window->shape),
                    size_of(node.dtype));
    }
    ++counters().rewritten;
    counters().touched += static_cast<std::uint64_t>(count);
    rewrite.tell([&] {
        return fmt::format("in place: {} of {} elements of {}{}", count, node.shape.product(),
                           called(*node.inputs()[0], "a matrix"),
                           is_in_place ? "" : "; " + copied_first(*node.inputs()[0]));
    });
    if (!is_in_place) {
        rewrite.lament(node.shape.product(),
                       "a matrix is copied before a part of it is written, because its old content "
                       "is still held by another attribute, a list or a variable");
    }
}

}  // namespace monnto::events
