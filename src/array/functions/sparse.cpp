#include <monnto/array/functions/sparse.hpp>

#include "made.hpp"

#include <monnto/array/functions/create.hpp>

#include <fmt/format.h>

#include <limits>

namespace monnto {
namespace {

[[nodiscard]] bool is_single(const Array& values) {
    return values.size() == 1 && values.rank() == 0;
}

void check_values(const char* name, const Pattern& pattern, const Array& values) {
    if (!is_single(values) && values.shape() != Shape{pattern.size()}) {
        throw ShapeMismatch(name, values.shape().to_vector(), {pattern.size()},
                            "give one value per synapse, or a single number for all");
    }
}

void check_vector(const char* name, const Array& vector, std::ptrdiff_t extent, Side side) {
    if (vector.shape() != Shape{extent}) {
        throw ShapeMismatch(
            name, vector.shape().to_vector(), {extent},
            fmt::format("give one element per {}", side == Side::source ? "source" : "target"));
    }
}

[[nodiscard]] Side other(Side side) noexcept {
    return side == Side::source ? Side::target : Side::source;
}

[[nodiscard]] Shape matrix_shape(const Pattern& pattern, bool is_source_first) {
    return is_source_first ? Shape{pattern.sources(), pattern.targets()}
                           : Shape{pattern.targets(), pattern.sources()};
}

/// Short floats are sums of f32.
[[nodiscard]] DType computed(DType dtype) noexcept {
    return is_half(dtype) ? DType::f32 : dtype;
}

/// What sums are made in: floats as they are, whole numbers and truth values as NumPy adds them.
[[nodiscard]] DType sum_dtype(DType dtype) noexcept {
    if (is_bool(dtype) || (is_signed(dtype) && dtype != DType::i64)) {
        return DType::i64;
    }
    return is_unsigned(dtype) ? DType::u64 : computed(dtype);
}

void check_history(const char* name, const Array& history, std::ptrdiff_t sources,
                   std::int32_t slots) {
    const Shape expected{1 + slots * (sources + 1)};
    if (history.dtype() != DType::i32 || history.shape() != expected) {
        throw ShapeMismatch(name, history.shape().to_vector(), expected.to_vector(),
                            "take a history from make_history with as many sources and slots");
    }
}

}  // namespace

Array sparse_product(const PatternRef& pattern, const Array& values, const Array& vector,
                     Side from) {
    check_values("sparse_product", *pattern, values);
    check_vector("sparse_product", vector, pattern->count(from), from);
    const DType dtype = computed(promote(values.dtype(), vector.dtype()));
    const bool stays_bool = is_bool(vector.dtype());
    return detail::made(Op::sparse_product, dtype, {pattern->count(other(from))},
                        SparseAttr{pattern, from},
                        {record_cast(values.node(), dtype),
                         stays_bool ? vector.node() : record_cast(vector.node(), dtype)});
}

Array sparse_sum(const PatternRef& pattern, const Array& values, Side side) {
    check_values("sparse_sum", *pattern, values);
    const DType dtype = sum_dtype(values.dtype());
    return detail::made(Op::sparse_sum, dtype, {pattern->count(side)}, SparseAttr{pattern, side},
                        {record_cast(values.node(), dtype)});
}

Array sparse_spread(const PatternRef& pattern, const Array& vector, Side side) {
    check_vector("sparse_spread", vector, pattern->count(side), side);
    return detail::made(Op::sparse_spread, vector.dtype(), {pattern->size()},
                        SparseAttr{pattern, side}, {vector.node()});
}

Array sparse_sample(const PatternRef& pattern, const Array& matrix, bool is_source_first) {
    const Shape expected = matrix_shape(*pattern, is_source_first);
    if (matrix.shape() != expected) {
        throw ShapeMismatch("sparse_sample", matrix.shape().to_vector(), expected.to_vector(),
                            "give a matrix of the shape of the synapses");
    }
    return detail::made(Op::sparse_sample, matrix.dtype(), {pattern->size()},
                        SparseAttr{pattern, Side::source, is_source_first}, {matrix.node()});
}

Array sparse_dense(const PatternRef& pattern, const Array& values, bool is_source_first) {
    check_values("sparse_dense", *pattern, values);
    const DType dtype = computed(values.dtype());
    return detail::made(Op::sparse_dense, dtype, matrix_shape(*pattern, is_source_first),
                        SparseAttr{pattern, Side::source, is_source_first},
                        {record_cast(values.node(), dtype)})
        .astype(values.dtype());
}

Array make_history(std::ptrdiff_t sources, std::int32_t slots) {
    if (slots < 1) {
        throw BadParameter("slots", fmt::format("{}", slots), "one or more steps");
    }
    if (sources > std::numeric_limits<std::int32_t>::max()) {
        throw BadParameter("sources", fmt::format("{}", sources), "fewer than 2^31 sources");
    }
    return zeros({1 + slots * (sources + 1)}, DType::i32);
}

void push_events(const Array& history, const Array& spikes, std::int32_t slots) {
    check_history("push_events", history, spikes.size(), slots);
    const NodeRef events = record_cast(spikes.node(), computed(spikes.dtype()));
    const Array next =
        detail::made(Op::sparse_push, DType::i32, history.shape(),
                     SparseAttr{{}, Side::source, false, slots}, {history.node(), events});
    history.cell().write(next.node());
}

Array sparse_deliver(const PatternRef& pattern, const Array& values, const Array& history,
                     std::int32_t slots) {
    check_values("sparse_deliver", *pattern, values);
    check_history("sparse_deliver", history, pattern->sources(), slots);
    if (slots < pattern->longest_delay()) {
        throw BadParameter(
            "slots", fmt::format("{}", slots),
            fmt::format("as many steps as the longest delay, {}", pattern->longest_delay()));
    }
    const DType dtype = computed(values.dtype());
    return detail::made(Op::sparse_deliver, dtype, {pattern->targets()},
                        SparseAttr{pattern, Side::source, false, slots},
                        {record_cast(values.node(), dtype), history.node()});
}

Array custom(const std::shared_ptr<const CustomOperation>& operation, DType dtype,
             const Shape& shape, std::vector<Array> inputs) {
    std::vector<NodeRef> nodes;
    nodes.reserve(inputs.size());
    for (const Array& input : inputs) {
        nodes.push_back(input.node());
    }
    inputs.clear();  // arrays that nobody else holds may be written over
    return detail::made(Op::custom, dtype, shape, CustomAttr{operation},
                        NodeInputs(std::move(nodes)));
}

}  // namespace monnto
