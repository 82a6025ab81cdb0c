#include "kernels.hpp"
#include "move.hpp"
#include "operand.hpp"
#include "reduction.hpp"
#include "scalar.hpp"

#include <span>
#include <tuple>
#include <vector>

namespace monnto::reference {
namespace {

/// Axes [first, last) of shapes or strides.
Dims slice(const Dims& dims, int first, int last) {
    Dims part;
    for (int axis = first; axis < last; ++axis) {
        part.push_back(dims[axis]);
    }
    return part;
}

/// Strides of the axes that no index array replaces.
Dims remaining(const Dims& dims, const Dims& axes) {
    Dims rest;
    for (int axis = 0; axis < dims.size(); ++axis) {
        if (std::find(axes.begin(), axes.end(), axis) == axes.end()) {
            rest.push_back(dims[axis]);
        }
    }
    return rest;
}

/// Element offsets of one position on both sides of an indexed access: in the array that indices
/// reach into, and in the dense one that has the indexed shape.
struct Place {
    std::ptrdiff_t indexed = 0;
    std::ptrdiff_t dense = 0;
};

/// The places of every position of `shape`, in C order.
std::vector<Place> places(const Shape& shape, const Strides& indexed, const Strides& dense) {
    std::vector<Place> all;
    all.reserve(static_cast<std::size_t>(shape.product()));
    for_each_row<2>(shape, {indexed, dense},
                    [&](const auto& at, std::ptrdiff_t count, const auto& step) {
                        for (std::ptrdiff_t i = 0; i < count; ++i) {
                            all.push_back({at[0] + i * step[0], at[1] + i * step[1]});
                        }
                    });
    return all;
}

/// What the index arrays say: index j reaches `at[j] * step` elements into the indexed array.
struct Offsets {
    Value value;                     // of the only index array
    std::vector<std::int64_t> sums;  // of several
    const std::int64_t* at = nullptr;
    std::ptrdiff_t step = 1;
    std::ptrdiff_t count = 0;

    Offsets(std::span<const NodeRef> indices, const Dims& axes, const Strides& strides)
        : count(indices[0]->shape.product()) {
        if (indices.size() == 1) {
            value = contiguous(*indices[0]);
            at = elements<std::int64_t>(value);
            step = strides[static_cast<int>(axes[0])];
            return;
        }
        sums.resize(static_cast<std::size_t>(count));
        for (std::size_t k = 0; k < indices.size(); ++k) {
            const Value one = contiguous(*indices[k]);
            const std::ptrdiff_t stride = strides[static_cast<int>(axes[static_cast<int>(k)])];
            for (std::size_t j = 0; j < sums.size(); ++j) {
                sums[j] += elements<std::int64_t>(one)[j] * stride;
            }
        }
        at = sums.data();
    }
};

/// How an index operation walks. The indexed shape is `outer + index + inner`; a block, the inner
/// part at one index, is a few rows (one, where the inner axes merge).
class IndexedWalk {
public:
    IndexedWalk(const Shape& shape, const Strides& strides, const GatherAttr& attribute,
                std::span<const NodeRef> indices)
        : index_shape_(indices[0]->shape), offsets_(indices, attribute.axes, strides) {
        const Shape rest = remaining(shape, attribute.axes);
        const Strides rest_strides = remaining(strides, attribute.axes);
        outer_shape_ = slice(rest, 0, attribute.position);
        inner_shape_ = slice(rest, attribute.position, rest.size());
        outer_strides_ = slice(rest_strides, 0, attribute.position);
        inner_strides_ = slice(rest_strides, attribute.position, rest.size());
    }

    /// The shape that the values of the indexed elements have.
    [[nodiscard]] Shape shape() const {
        Shape all = outer_shape_;
        for (const Shape* part : {&index_shape_, &inner_shape_}) {
            for (const std::ptrdiff_t extent : *part) {
                all.push_back(extent);
            }
        }
        return all;
    }

    /// Whether the index axes of the dense side are evenly spaced: what `for_each_row_of` asks for.
    [[nodiscard]] bool is_even(const Strides& dense) const {
        return Walk<1>(index_shape_, {index_part(dense)}).outer.empty();
    }

    /// Calls `row(place, count, steps)` for every row of every block, in C order of outer and
    /// index.
    template <class F>
    void for_each_row_of(const Strides& dense, const F& row) const {
        const int index_end = outer_shape_.size() + index_shape_.size();
        const std::vector<Place> outer =
            places(outer_shape_, outer_strides_, slice(dense, 0, outer_shape_.size()));
        const std::ptrdiff_t dense_step = Walk<1>(index_shape_, {index_part(dense)}).steps[0];
        const Walk<2> inner(inner_shape_, {inner_strides_, slice(dense, index_end, dense.size())});
        const std::vector<Place> rows =
            places(inner.outer, inner.outer_strides[0], inner.outer_strides[1]);
        if (inner.count == 0) {
            return;
        }
        const auto [at, step, count] = std::tuple(offsets_.at, offsets_.step, offsets_.count);
        for (const Place& o : outer) {
            if (rows.size() == 1 && inner.count == 1) {  // `v[idx]`, `W[:, idx]`
                for (std::ptrdiff_t j = 0; j < count; ++j) {
                    row(Place{o.indexed + at[j] * step, o.dense + j * dense_step}, 1,
                        std::array<std::ptrdiff_t, 2>{});
                }
                continue;
            }
            for (std::ptrdiff_t j = 0; j < count; ++j) {
                for (const Place& r : rows) {
                    row(Place{o.indexed + at[j] * step + r.indexed,
                              o.dense + j * dense_step + r.dense},
                        inner.count, inner.steps);
                }
            }
        }
    }

private:
    [[nodiscard]] Strides index_part(const Strides& dense) const {
        return slice(dense, outer_shape_.size(), outer_shape_.size() + index_shape_.size());
    }

    Shape outer_shape_, index_shape_, inner_shape_;
    Strides outer_strides_, inner_strides_;  // elements, of the indexed array
    Offsets offsets_;
};

/// The values to scatter, read in the indexed shape. Keeps the copy that uneven ones need.
struct ScatteredValues {
    Operand from;
    Value copy;

    ScatteredValues(const Node& values, const IndexedWalk& walk)
        : from(operand(values, walk.shape())) {
        if (walk.is_even(from.strides)) {
            return;
        }
        copy = fresh(values.dtype, walk.shape());
        dispatch_by_size(size_of(values.dtype), [&]<class T>() {
            move_elements(walk.shape(), elements<T>(copy), copy.strides, from.as<T>(),
                          from.strides);
        });
        from = {copy.buffer->data(), copy.strides};
    }
};

Value run_gather(const Node& node) {
    const Node& source = *node.inputs()[0];
    const IndexedWalk walk(source.shape, source.value().strides, node.attribute<GatherAttr>(),
                           node.inputs().all().subspan(1));
    Value result = fresh(node.dtype, node.shape);
    const Operand from = operand(source);
    dispatch_by_size(size_of(node.dtype), [&]<class T>() {
        T* out = elements<T>(result);
        const T* in = from.as<T>();
        walk.for_each_row_of(
            result.strides, [&](Place at, std::ptrdiff_t count, const auto& steps) {
                if (count == 1) {
                    out[at.dense] = in[at.indexed];
                } else {
                    move_row(out + at.dense, steps[1], in + at.indexed, steps[0], count);
                }
            });
    });
    return result;
}

Value run_scatter(const Node& node) {
    Value result = overwritable(node.inputs()[0]);
    scatter_into(node, result);
    return result;
}

/// Added in the wider type and rounded to the target's each time, so that duplicates round as
/// often.
template <class T, class C>
T added_as_wide(T target, C value) noexcept {
    if constexpr (std::same_as<T, C>) {
        return added(target, value);
    } else {
        return T(static_cast<C>(static_cast<computed_t<T>>(target)) + value);
    }
}

Value run_scatter_add(const Node& node) {
    Value result = overwritable(node.inputs()[0]);
    const IndexedWalk walk(node.shape, result.strides, node.attribute<GatherAttr>(),
                           node.inputs().all().subspan(2));
    const ScatteredValues values(*node.inputs()[1], walk);
    const Operand& from = values.from;
    const auto add = [&]<class T, class C>(T* out, const C* in) {
        walk.for_each_row_of(from.strides, [&](Place at, std::ptrdiff_t count, const auto& steps) {
            for (std::ptrdiff_t i = 0; i < count; ++i) {
                T& target = out[at.indexed + i * steps[0]];
                target = added_as_wide(target, in[at.dense + i * steps[1]]);
            }
        });
    };
    const DType wide = node.inputs()[1]->dtype;
    dispatch(node.dtype, [&]<class T>() {
        T* out = elements<T>(result);
        if (wide == node.dtype) {
            add(out, from.as<T>());
        } else if constexpr (!std::integral<T>) {  // add_at widens nothing else
            wide == DType::f64 ? add(out, from.as<double>()) : add(out, from.as<float>());
        }
    });
    return result;
}

Value run_concatenate(const Node& node) {
    const int axis = node.attribute<AxisAttr>().axis;
    Value result = fresh(node.dtype, node.shape);
    dispatch_by_size(size_of(node.dtype), [&]<class T>() {
        T* out = elements<T>(result);
        for (const NodeRef& input : node.inputs().all()) {
            const Operand from = operand(*input);
            move_elements(input->shape, out, result.strides, from.as<T>(), from.strides);
            out += input->shape[axis] * result.strides[axis];
        }
    });
    return result;
}

}  // namespace

void scatter_into(const Node& node, const Value& result) {
    const IndexedWalk walk(node.shape, result.strides, node.attribute<GatherAttr>(),
                           node.inputs().all().subspan(2));
    const ScatteredValues values(*node.inputs()[1], walk);
    const Operand& from = values.from;
    dispatch_by_size(size_of(node.dtype), [&]<class T>() {
        T* out = elements<T>(result);
        const T* in = from.as<T>();
        walk.for_each_row_of(from.strides, [&](Place at, std::ptrdiff_t count, const auto& steps) {
            if (count == 1) {
                out[at.indexed] = in[at.dense];
            } else {
                move_row(out + at.indexed, steps[0], in + at.dense, steps[1], count);
            }
        });
    });
}

Value run_picked_sum(const Node& node) {
    const Node& array = *node.inputs()[0];
    const Operand mask = operand(*node.inputs()[1]);
    const int axis = node.attribute<AxisAttr>().axis;
    const Strides& strides = array.value().strides;
    ReducedAxes picked;
    picked.count = 1;
    picked.step = 0;  // 1 would stand for a single run that begins at the first element
    for (std::ptrdiff_t i = 0; i < array.shape[axis]; ++i) {
        if (mask.as<bool>()[i * mask.strides[0]]) {
            picked.runs.push_back(i * strides[axis]);
        }
    }
    Value result = fresh(node.dtype, node.shape);
    const std::ptrdiff_t step = array.shape.size() == 2 ? strides[1 - axis] : 0;
    sum_loop(array.dtype)
        .by_rows(operand(array).data, step, result.buffer->data(), node.shape.product(), picked);
    return result;
}

Value run_index(Node& node) {
    switch (node.op) {
        case Op::picked_sum:
            return run_picked_sum(node);
        case Op::gather:
            return run_gather(node);
        case Op::scatter:
            return run_scatter(node);
        case Op::scatter_add:
            return run_scatter_add(node);
        case Op::concatenate:
            return run_concatenate(node);
        default:
            throw InternalError("run_index: not an operation by index");
    }
}

}  // namespace monnto::reference
