#include "kernels.hpp"
#include "operand.hpp"
#include "real.hpp"

#include <monnto/array/executor.hpp>
#include <monnto/array/pattern.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

// Operations on synapses, slow and obvious: one walk over all of them.
namespace monnto::reference {
namespace {

/// Short floats are recorded as f32 (array/functions/sparse.cpp).
template <class F>
void dispatch_numbers(DType dtype, const F& f) {
    dispatch(dtype, [&]<class T>() {
        if constexpr (!Stored16<T>) {
            f.template operator()<T>();
        } else {
            throw InternalError("run_sparse: short floats are cast before");
        }
    });
}

struct Synapse {
    std::ptrdiff_t source, target;
    std::int64_t position;
};

/// In order of positions.
template <class F>
void for_each_synapse(const Pattern& pattern, const F& use) {
    pattern.for_rows(0, pattern.sources(), [&](auto source, auto row, const auto* targets) {
        for (std::int64_t k = row.first; k < row.last; ++k) {
            use(Synapse{source, static_cast<std::ptrdiff_t>(targets[k - row.first]), k});
        }
    });
}

/// Values of a row, one per synapse or the same for all.
template <class T>
struct Values {
    explicit Values(const Node& node)
        : from(operand(node)), step(node.shape.empty() ? 0 : from.strides[0]) {}
    [[nodiscard]] T operator[](std::int64_t position) const noexcept {
        return from.as<T>()[position * step];
    }
    Operand from;
    std::ptrdiff_t step;
};

/// A sum as NumPy makes it of a whole row: 16 lanes in blocks of 4,096 elements (S17).
template <class T>
class RowSum {
public:
    void add(std::ptrdiff_t index, T value) {
        constexpr std::ptrdiff_t block = 4096;
        if (index / block != block_) {
            close();
            block_ = index / block;
        }
        auto& lane = lanes_[static_cast<std::size_t>(index % 16)];
        lane = static_cast<T>(lane + value);
    }
    [[nodiscard]] T total() {
        close();
        return total_;
    }

private:
    void close() {
        for (std::size_t half = 8; half > 0; half /= 2) {
            for (std::size_t i = 0; i < half; ++i) {
                lanes_[i] = static_cast<T>(lanes_[i] + lanes_[i + half]);
            }
        }
        total_ = static_cast<T>(total_ + lanes_[0]);
        lanes_.fill(T(0));
    }

    std::array<T, 16> lanes_{};
    T total_{};
    std::ptrdiff_t block_ = 0;
};

/// In order of targets, then of sources.
template <class F>
void for_each_by_target(const Pattern& pattern, const F& use) {
    const Pattern::Turned& turned = pattern.turned();
    for (std::ptrdiff_t target = 0; target < pattern.targets(); ++target) {
        const auto row = static_cast<std::size_t>(target);
        for (std::int64_t k = turned.starts[row]; k < turned.starts[row + 1]; ++k) {
            const auto at = static_cast<std::size_t>(k);
            use(Synapse{static_cast<std::ptrdiff_t>(turned.sources[at]), target,
                        turned.position(at)});
        }
    }
}

/// In an order in which `side` ascends.
template <class F>
void for_each_along(const Pattern& pattern, Side side, const F& use) {
    side == Side::source ? for_each_synapse(pattern, use) : for_each_by_target(pattern, use);
}

Value run_product(const Node& node, const SparseAttr& attribute) {
    const Node& vector = *node.inputs()[1];
    const bool is_bool = vector.dtype == DType::boolean;
    Value result = fresh(node.dtype, node.shape);
    dispatch_numbers(node.dtype, [&]<class T>() {
        const Values<T> values(*node.inputs()[0]);
        const Operand x = operand(vector);
        T* out = elements<T>(result);
        std::fill_n(out, node.shape.product(), T(0));
        const auto element = [&](std::ptrdiff_t i) -> T {
            const std::ptrdiff_t at = i * x.strides[0];
            return is_bool ? T(x.as<bool>()[at] ? 1 : 0) : x.as<T>()[at];
        };
        for_each_along(*attribute.pattern, attribute.side, [&](const Synapse& s) {
            const bool from_source = attribute.side == Side::source;
            const T factor = element(from_source ? s.source : s.target);
            if (factor != T(0)) {
                T& total = out[from_source ? s.target : s.source];
                total = T(total + T(values[s.position] * factor));
            }
        });
    });
    return result;
}

Value run_sum(const Node& node, const SparseAttr& attribute) {
    Value result = fresh(node.dtype, node.shape);
    dispatch_numbers(node.dtype, [&]<class T>() {
        const Values<T> values(*node.inputs()[0]);
        std::vector<RowSum<T>> sums(static_cast<std::size_t>(node.shape.product()));
        const bool by_source = attribute.side == Side::source;
        const Side summed = by_source ? Side::target : Side::source;
        for_each_along(*attribute.pattern, summed, [&](const Synapse& s) {
            sums[static_cast<std::size_t>(by_source ? s.source : s.target)].add(
                by_source ? s.target : s.source, values[s.position]);
        });
        std::ranges::transform(sums, elements<T>(result), [](auto& sum) { return sum.total(); });
    });
    return result;
}

Value run_spread(const Node& node, const SparseAttr& attribute) {
    const Operand vector = operand(*node.inputs()[0]);
    Value result = fresh(node.dtype, node.shape);
    dispatch_by_size(size_of(node.dtype), [&]<class T>() {
        T* out = elements<T>(result);
        for_each_synapse(*attribute.pattern, [&](const Synapse& s) {
            const std::ptrdiff_t end = attribute.side == Side::source ? s.source : s.target;
            out[s.position] = vector.as<T>()[end * vector.strides[0]];
        });
    });
    return result;
}

/// Elements from one synapse to the next source, and to the next target.
struct Steps {
    std::ptrdiff_t source, target;
    Steps(const Strides& strides, bool is_source_first)
        : source(strides[is_source_first ? 0 : 1]), target(strides[is_source_first ? 1 : 0]) {}
};

Value run_sample(const Node& node, const SparseAttr& attribute) {
    const Operand matrix = operand(*node.inputs()[0]);
    const Steps steps(matrix.strides, attribute.is_source_first);
    Value result = fresh(node.dtype, node.shape);
    dispatch_by_size(size_of(node.dtype), [&]<class T>() {
        T* out = elements<T>(result);
        for_each_synapse(*attribute.pattern, [&](const Synapse& s) {
            out[s.position] = matrix.as<T>()[s.source * steps.source + s.target * steps.target];
        });
    });
    return result;
}

Value run_dense(const Node& node, const SparseAttr& attribute) {
    Value result = fresh(node.dtype, node.shape);
    const Steps steps(contiguous_strides(node.shape), attribute.is_source_first);
    dispatch_numbers(node.dtype, [&]<class T>() {
        const Values<T> values(*node.inputs()[0]);
        T* out = elements<T>(result);
        std::fill_n(out, node.shape.product(), T(0));
        for_each_synapse(*attribute.pattern, [&](const Synapse& s) {
            T& place = out[s.source * steps.source + s.target * steps.target];
            place = static_cast<T>(place + values[s.position]);
        });
    });
    return result;
}

/// Elements of a history: the latest slot's number, then for each slot a count and events.
struct History {
    std::int32_t* data;
    std::ptrdiff_t sources;
    std::int32_t slots;

    [[nodiscard]] std::int32_t* slot(std::int32_t number) const noexcept {
        return data + 1 + number * (sources + 1);
    }
};

Value run_push(const Node& node, const SparseAttr& attribute) {
    const NodeRef& before = node.inputs()[0];
    const Node& vector = *node.inputs()[1];
    Value result;
    if (can_donate(before)) {
        ++counters().donated;
        result = before->value();
    } else {
        const Value old = contiguous(*before);
        result = fresh(node.dtype, node.shape);
        std::memcpy(elements<std::int32_t>(result), elements<std::int32_t>(old),
                    static_cast<std::size_t>(node.shape.product()) * sizeof(std::int32_t));
    }
    const History history{elements<std::int32_t>(result), vector.shape.product(), attribute.slots};
    *history.data = (*history.data + 1) % history.slots;
    std::int32_t* slot = history.slot(*history.data);
    std::int32_t count = 0;
    const Operand x = operand(vector);
    dispatch_numbers(vector.dtype, [&]<class T>() {
        for (std::ptrdiff_t i = 0; i < history.sources; ++i) {
            if (x.as<T>()[i * x.strides[0]] != T(0)) {
                slot[++count] = static_cast<std::int32_t>(i);
            }
        }
    });
    slot[0] = count;
    return result;
}

Value run_deliver(const Node& node, const SparseAttr& attribute) {
    const Pattern& pattern = *attribute.pattern;
    const Value past = contiguous(*node.inputs()[1]);
    const History history{elements<std::int32_t>(past), pattern.sources(), attribute.slots};
    Value result = fresh(node.dtype, node.shape);
    dispatch_numbers(node.dtype, [&]<class T>() {
        const Values<T> values(*node.inputs()[0]);
        T* out = elements<T>(result);
        std::fill_n(out, node.shape.product(), T(0));
        for (std::ptrdiff_t k = pattern.blocks() - 1; k >= 0; --k) {
            const std::int32_t delay =
                pattern.delays().empty() ? 1 : pattern.delays()[static_cast<std::size_t>(k)];
            const std::int32_t* slot =
                history.slot((*history.data + history.slots - delay + 1) % history.slots);
            for (std::int32_t e = 1; e <= slot[0]; ++e) {
                const Pattern::Range due = pattern.block(slot[e], k);
                pattern.for_rows(slot[e], slot[e] + 1, [&](auto, auto row, const auto* targets) {
                    for (std::int64_t at = due.first; at < due.last; ++at) {
                        T& total = out[targets[at - row.first]];
                        total = static_cast<T>(total + values[at]);
                    }
                });
            }
        }
    });
    return result;
}

}  // namespace

Value run_sparse(const Node& node) {
    const auto& attribute = node.attribute<SparseAttr>();
    switch (node.op) {
        case Op::sparse_product:
            return run_product(node, attribute);
        case Op::sparse_sum:
            return run_sum(node, attribute);
        case Op::sparse_spread:
            return run_spread(node, attribute);
        case Op::sparse_sample:
            return run_sample(node, attribute);
        case Op::sparse_dense:
            return run_dense(node, attribute);
        case Op::sparse_push:
            return run_push(node, attribute);
        case Op::sparse_deliver:
            return run_deliver(node, attribute);
        default:
            throw InternalError("run_sparse: no such operation");
    }
}

}  // namespace monnto::reference
