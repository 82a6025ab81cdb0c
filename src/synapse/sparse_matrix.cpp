#include <monnto/synapse/sparse_matrix.hpp>

#include <monnto/array/functions.hpp>
#include <monnto/synapse/build.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace monnto {

struct SparseMatrix::State {
    PatternRef pattern;
    Array values;
    Array history;
};

namespace {

void check(const Pattern& pattern, const Array& values) {
    if (values.rank() != 0 && values.shape() != Shape{pattern.size()}) {
        throw ShapeMismatch("SparseMatrix", values.shape().to_vector(), {pattern.size()},
                            "give one value per synapse, or a single number for all");
    }
}

/// Elements in another order.
[[nodiscard]] Array taken(const Array& values, const std::vector<std::int64_t>& order) {
    return values.rank() == 0 ? values : get_items(values, {IndexItem(Array::from(order))});
}

}  // namespace

SparseMatrix::SparseMatrix(PatternRef pattern, Array values, bool is_source_first)
    : is_source_first_(is_source_first) {
    check(*pattern, values);
    state_ = std::make_shared<State>(State{std::move(pattern), std::move(values), {}});
}

SparseMatrix SparseMatrix::from_dense(const Array& matrix, bool is_source_first) {
    PatternRef pattern = pattern_from_dense(matrix, is_source_first);
    Array values = sparse_sample(pattern, matrix, is_source_first);
    return {std::move(pattern), std::move(values), is_source_first};
}

SparseMatrix::State& SparseMatrix::state() const {
    if (!state_) {
        throw BadState("this matrix handle is empty: assign a sparse matrix to it first");
    }
    return *state_;
}

const PatternRef& SparseMatrix::pattern() const {
    return state().pattern;
}

const Array& SparseMatrix::values() const {
    return state().values;
}

void SparseMatrix::set_values(const Array& values) {
    check(*pattern(), values);
    state().values = values;
}

const Array& SparseMatrix::history() const {
    return state().history;
}

void SparseMatrix::set_history(const Array& history) {
    state().history = history;
}

Shape SparseMatrix::shape() const {
    const Pattern& p = *pattern();
    return is_source_first_ ? Shape{p.sources(), p.targets()} : Shape{p.targets(), p.sources()};
}

std::size_t SparseMatrix::bytes() const {
    return pattern()->bytes() + static_cast<std::size_t>(values().size()) * size_of(dtype());
}

SparseMatrix SparseMatrix::T() const {
    SparseMatrix turned = *this;
    turned.is_source_first_ = !is_source_first_;
    return turned;
}

Array SparseMatrix::dot(const Array& x) const {
    return sparse_product(pattern(), values(), x, side_of(1));
}

Array SparseMatrix::rdot(const Array& x) const {
    return sparse_product(pattern(), values(), x, side_of(0));
}

Array SparseMatrix::deliver(const Array& spikes) const {
    State& s = state();
    if (s.history.is_empty_handle()) {
        s.history = make_history(s.pattern->sources(), slots());
    }
    push_events(s.history, spikes, slots());
    return sparse_deliver(s.pattern, s.values, s.history, slots());
}

/// A value for each synapse, where they shared one.
void SparseMatrix::own_values() const {
    State& s = state();
    if (s.values.rank() == 0) {
        s.values = broadcast_to(s.values, {s.pattern->size()}).copy();
    }
}

Array SparseMatrix::at(const Array& expression) const {
    return at_synapses(pattern(), expression, is_source_first_);
}

SparseMatrix& SparseMatrix::in_place(Op op, const Operand& other) {
    if (other.is_number()) {
        if (values().rank() == 0) {  // still one for all, but not the number that others hold
            state().values = values().copy();
        }
        state().values.in_place(op, other);
        return *this;
    }
    const Array restricted = at(other.array());
    own_values();
    state().values.in_place(op, restricted);
    return *this;
}

void SparseMatrix::clip(const Operand& low, const Operand& high) {
    own_values();
    state().values.assign(monnto::clip(values(), low, high));
}

Array SparseMatrix::to_dense() const {
    return sparse_dense(pattern(), values(), is_source_first_);
}

SparseMatrix SparseMatrix::copy() const {
    SparseMatrix other(pattern(), values().copy(), is_source_first_);
    if (!history().is_empty_handle()) {
        other.set_history(history().copy());
    }
    return other;
}

Array SparseMatrix::sum() const {
    return sum(is_source_first_ ? 0 : 1).sum();
}

Array SparseMatrix::sum(std::ptrdiff_t axis) const {
    const int along = normalized_axis(axis, 2);
    return sparse_sum(pattern(), values(), side_of(1 - along));
}

Array SparseMatrix::mean() const {
    return sum() / static_cast<double>(shape().product());
}

namespace {

/// With the zeros that are not stored.
[[nodiscard]] Array with_empty(const SparseMatrix& matrix, Op op) {
    const bool has_empty = matrix.nnz() < matrix.shape().product();
    const Array zero = zeros({}, matrix.dtype());
    if (matrix.nnz() == 0) {
        return zero;
    }
    const Array& values = matrix.values();
    const Array extreme = op == Op::maximum ? values.max() : values.min();
    if (!has_empty) {
        return extreme;
    }
    return op == Op::maximum ? maximum(extreme, zero) : minimum(extreme, zero);
}

}  // namespace

Array SparseMatrix::min() const {
    return with_empty(*this, Op::minimum);
}

Array SparseMatrix::max() const {
    return with_empty(*this, Op::maximum);
}

std::ptrdiff_t SparseMatrix::prune(const Array& kept) {
    State& s = state();
    const std::ptrdiff_t before = s.pattern->size();
    const std::vector<bool> bits = kept.astype(DType::boolean).host<bool>();
    const auto flat = std::make_unique<bool[]>(bits.size());  // NOLINT: spans need plain elements
    std::copy(bits.begin(), bits.end(), flat.get());
    std::vector<std::int64_t> order;
    PatternRef fewer = kept_synapses(s.pattern, {flat.get(), bits.size()}, &order);
    s.values = taken(s.values, order);
    s.pattern = std::move(fewer);
    return before - s.pattern->size();
}

namespace {

[[nodiscard]] std::vector<std::int64_t> whole_numbers(const Array& a) {
    return a.astype(DType::i64).ravel().host<std::int64_t>();
}

}  // namespace

Array with_slots(const Array& history, std::ptrdiff_t sources, std::int32_t before,
                 std::int32_t slots) {
    if (history.is_empty_handle() || before == slots) {
        return history;
    }
    const std::vector<std::int32_t> old = history.host<std::int32_t>();
    const std::ptrdiff_t width = sources + 1;
    std::vector<std::int32_t> made(static_cast<std::size_t>(1 + slots * width), 0);
    made[0] = slots - 1;
    for (std::int32_t age = 0; age < std::min(before, slots); ++age) {
        const std::int32_t from = (old[0] + before - age) % before;
        std::copy_n(old.begin() + 1 + from * width, width,
                    made.begin() + 1 + (slots - 1 - age) * width);
    }
    return Array::from(made);
}

void SparseMatrix::grow(const Array& sources, const Array& targets, const Operand& value,
                        const std::optional<Array>& delays) {
    const std::vector<std::int64_t> source_of = whole_numbers(sources);
    const std::vector<std::int64_t> target_of = whole_numbers(targets);
    std::vector<std::int32_t> steps;
    if (delays) {
        steps = delays->astype(DType::i32).ravel().host<std::int32_t>();
    } else if (!pattern()->delays().empty()) {
        steps = {1};
    }
    std::vector<std::int64_t> order;
    PatternRef grown = grown_pattern(pattern(), source_of, target_of, steps, &order);
    const Shape added{static_cast<std::ptrdiff_t>(source_of.size())};
    const Array fresh = value.is_number() ? full(added, value.number(), dtype())
                                          : broadcast_to(value.array(), added).astype(dtype());
    own_values();
    State& s = state();
    s.values = taken(concatenate({s.values, fresh}), order);
    s.history = with_slots(s.history, s.pattern->sources(), slots(), grown->longest_delay());
    s.pattern = std::move(grown);
}

}  // namespace monnto
