#include "assigned.hpp"
#include "index_plan.hpp"
#include "picked.hpp"

#include <monnto/array/functions/elementwise.hpp>
#include <monnto/array/functions/take.hpp>
#include <monnto/array/read_only.hpp>
#include <monnto/array/record.hpp>

#include <optional>
#include <utility>

namespace monnto {

namespace {

/// The plan's window as an array that writes through to the source's owner.
Array window_array(const Array& source, const IndexPlan& plan) {
    Cell& cell = source.cell();
    const Ref<Cell> owner(&cell.owner());
    return Array(Ref<Cell>(new Cell(owner, plan.window, cell.is_writable())));
}

/// The elements of the plan's window; the array's own node where that is all of it, so that the
/// memory can be written over.
NodeRef window_node(const Array& source, const IndexPlan& plan) {
    return plan.window == source.cell().window() ? source.node()
                                                 : window_array(source, plan).node();
}

std::vector<NodeRef> with_indices(std::initializer_list<NodeRef> first, const IndexPlan& plan) {
    std::vector<NodeRef> inputs(first);
    inputs.insert(inputs.end(), plan.indices.begin(), plan.indices.end());
    return inputs;
}

// The values become `dtype`, by default the target's.
void scatter(const Array& target, const Index& index, const Operand& value, Op op,
             std::optional<DType> dtype = {}) {
    const IndexPlan plan = plan_index(target, index);
    const NodeRef content = assigned_node(value, dtype.value_or(target.dtype()), plan.result);
    const Array selected = window_array(target, plan);
    if (plan.is_basic() && op == Op::scatter) {
        selected.cell().write(content);
        return;
    }
    const NodeRef base = window_node(target, plan);
    selected.cell().write(record(op, target.dtype(), base->shape, plan.gather,
                                 NodeInputs(with_indices({base, content}, plan))));
}

}  // namespace

Array get_items(const Array& source, const Index& index) {
    if (auto picked = pick(source, index)) {
        return array_of_picked(std::move(picked));
    }
    return get_counted_items(source, index);
}

Array get_counted_items(const Array& source, const Index& index) {
    const IndexPlan plan = plan_index(source, index);
    Array selected = window_array(source, plan);
    if (plan.is_snapshot) {
        return selected.copy();
    }
    if (plan.is_basic()) {
        return selected;
    }
    return Array(record(Op::gather, source.dtype(), plan.result, plan.gather,
                        NodeInputs(with_indices({window_node(source, plan)}, plan))));
}

void set_items(const Array& target, const Index& index, const Operand& value) {
    if (!target.cell().is_writable()) {
        throw ReadOnly();
    }
    if (NodeRef content = with_masked(target, index, value)) {
        target.cell().write(std::move(content));
    } else {
        scatter(target, index, value, Op::scatter);
    }
}

void add_at(const Array& target, const Index& index, const Operand& value) {
    const IndexPlan plan = plan_index(target, index);
    if (plan.is_basic()) {
        Array window = window_array(target, plan);
        window += value;
        return;
    }
    // NumPy's `at` takes a number for an array of it, and adds in the type that both have in
    // common.
    if (is_float(target.dtype())) {
        const Array added = value.is_number() ? Array(value.number()) : value.array();
        scatter(target, index, added, Op::scatter_add, promote(target.dtype(), added.dtype()));
    } else {
        scatter(target, index, value, Op::scatter_add);
    }
}

Selection& Selection::in_place(Op op, const Operand& other) {
    Array selected = array();
    selected.in_place(op, other);
    // A view has written through already; a copy is written back, as Python's a[i] += x does.
    set_items(source_, index_, selected);
    return *this;
}

}  // namespace monnto
