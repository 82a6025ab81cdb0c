#include "index_plan.hpp"

#include <monnto/array/functions/sort.hpp>
#include <monnto/array/record.hpp>

#include <algorithm>
#include <utility>

namespace monnto {

namespace {

/// An index array with the axis of the window that it indexes.
struct Advanced {
    int axis;
    Array values;
};

bool is_mask(const IndexItem& item) {
    const Array* array = std::get_if<Array>(&item.value);
    return array != nullptr && is_bool(array->dtype());
}

/// How many axes of the source an item uses up.
int axes_used(const IndexItem& item) {
    if (std::holds_alternative<NewAxis>(item.value) ||
        std::holds_alternative<Ellipsis>(item.value)) {
        return 0;
    }
    return is_mask(item) ? std::get<Array>(item.value).rank() : 1;
}

struct Range {
    std::ptrdiff_t start, step, count;
};

/// Python's slice.indices and the resulting length.
Range range_of(const Slice& s, std::ptrdiff_t extent) {
    const std::ptrdiff_t step = s.step.value_or(1);
    if (step == 0) {
        throw BadParameter("slice step", "0", "slice step cannot be zero");
    }
    const std::ptrdiff_t low = step < 0 ? -1 : 0;
    const std::ptrdiff_t high = step < 0 ? extent - 1 : extent;
    const auto bounded = [&](std::optional<std::ptrdiff_t> at, std::ptrdiff_t missing) {
        return at ? std::clamp(*at < 0 ? *at + extent : *at, low, high) : missing;
    };
    const std::ptrdiff_t start = bounded(s.start, step < 0 ? high : low);
    const std::ptrdiff_t stop = bounded(s.stop, step < 0 ? low : high);
    const std::ptrdiff_t span = step < 0 ? start - stop : stop - start;
    const std::ptrdiff_t stride = step < 0 ? -step : step;
    return {start, step, span > 0 ? (span + stride - 1) / stride : 0};
}

std::ptrdiff_t checked_index(std::ptrdiff_t index, std::ptrdiff_t extent, int axis) {
    if (index < -extent || index >= extent) {
        throw IndexOutOfRange(index, axis, extent);
    }
    return index < 0 ? index + extent : index;
}

/// Walks the items along the source's axes and collects the window and the index arrays.
class Planner {
public:
    Planner(const Array& source, const Index& index)
        : source_(source.cell().window()), shape_(source.shape()) {
        plan_.window.offset = source_.offset;
        int used = 0;
        int ellipses = 0;
        for (const IndexItem& item : index) {
            used += axes_used(item);
            ellipses += std::holds_alternative<Ellipsis>(item.value) ? 1 : 0;
        }
        if (ellipses > 1) {
            throw BadParameter("index", "two ellipses",
                               "an index can only have a single ellipsis ('...')");
        }
        if (used > shape_.size()) {
            throw TooManyIndices(used, shape_.size());
        }
        skipped_ = shape_.size() - used;
        for (const IndexItem& item : index) {
            std::visit([this](const auto& value) { take(value); }, item.value);
        }
        take_whole(shape_.size() - axis_);
    }

    IndexPlan finish() {
        plan_.is_snapshot = !has_ellipsis_ && advanced_.empty() && plan_.window.shape.empty();
        plan_.result = plan_.window.shape;
        if (!advanced_.empty()) {
            join_advanced();
        }
        return std::move(plan_);
    }

private:
    void take(std::ptrdiff_t index) {
        plan_.window.offset += checked_index(index, shape_[axis_], axis_) * source_.strides[axis_];
        ++axis_;
        note_advanced();
    }

    void take(const Slice& slice) {
        const Range range = range_of(slice, shape_[axis_]);
        if (range.count > 0) {
            plan_.window.offset += range.start * source_.strides[axis_];
        }
        push_axis(range.count, range.step * source_.strides[axis_]);
        ++axis_;
        gap_ = true;
    }

    void take(const NewAxis& /*item*/) {
        push_axis(1, 0);
        gap_ = true;
    }

    void take(const Ellipsis& /*item*/) {
        has_ellipsis_ = true;
        take_whole(skipped_);
        gap_ = true;
    }

    void take(const Array& array) {
        note_advanced();
        if (!is_bool(array.dtype())) {
            if (is_float(array.dtype())) {
                throw TypeMismatch("index", std::string(name_of(array.dtype())),
                                   "arrays used as indices must be of integer (or boolean) type");
            }
            advanced_.push_back({plan_.window.shape.size(), array});
            push_axis(shape_[axis_], source_.strides[axis_]);
            ++axis_;
            return;
        }
        if (array.rank() == 0) {
            advanced_.push_back({plan_.window.shape.size(), nonzero(array.reshape({1})).front()});
            push_axis(1, 0);
            return;
        }
        take_mask(array);
    }

    void take_mask(const Array& mask) {
        for (int k = 0; k < mask.rank(); ++k) {
            if (mask.shape()[k] != shape_[axis_ + k]) {
                throw ShapeMismatch("boolean index", mask.shape().to_vector(), shape_.to_vector(),
                                    "the mask must have the extents of the axes it indexes");
            }
        }
        for (Array& indices : nonzero(mask)) {
            advanced_.push_back({plan_.window.shape.size(), std::move(indices)});
            push_axis(shape_[axis_], source_.strides[axis_]);
            ++axis_;
        }
    }

    void take_whole(int count) {
        for (; count > 0; --count) {
            push_axis(shape_[axis_], source_.strides[axis_]);
            ++axis_;
        }
    }

    void push_axis(std::ptrdiff_t extent, std::ptrdiff_t stride) {
        if (plan_.window.shape.size() == max_rank) {
            throw BadParameter("rank", "9", "arrays have at most 8 axes");
        }
        plan_.window.shape.push_back(extent);
        plan_.window.strides.push_back(stride);
    }

    /// NumPy puts the indexed axes where they stood if ints and arrays are neighbors, and in front
    /// otherwise.
    void note_advanced() {
        if (first_position_ < 0) {
            first_position_ = plan_.window.shape.size();
        } else if (gap_) {
            scattered_ = true;
        }
        gap_ = false;
    }

    void join_advanced() {
        Shape common;
        for (const Advanced& advanced : advanced_) {
            common = broadcast(common, advanced.values.shape(), "index arrays");
        }
        const Shape window = plan_.window.shape;
        for (const Advanced& advanced : advanced_) {
            plan_.gather.axes.push_back(advanced.axis);
            plan_.indices.push_back(checked_indices(advanced, window[advanced.axis], common));
        }
        for (int k = plan_.gather.axes.size() - 1; k >= 0; --k) {
            plan_.result.erase(static_cast<int>(plan_.gather.axes[k]));
        }
        if (plan_.result.size() + common.size() > max_rank) {
            throw BadParameter("rank", std::to_string(plan_.result.size() + common.size()),
                               "arrays have at most 8 axes");
        }
        plan_.gather.position = scattered_ ? 0 : first_position_;
        for (int k = 0; k < common.size(); ++k) {
            plan_.result.insert(plan_.gather.position + k, common[k]);
        }
    }

    /// Evaluates the index array, checks and wraps it, and spreads it to the common shape without
    /// copying.
    static NodeRef checked_indices(const Advanced& advanced, std::ptrdiff_t extent,
                                   const Shape& common) {
        auto indices = advanced.values.astype(DType::i64).host<std::int64_t>();
        for (std::int64_t& i : indices) {
            i = checked_index(i, extent, advanced.axis);
        }
        const Shape shape = advanced.values.shape();
        const NodeRef own = Array::from(std::span<const std::int64_t>(indices), shape).node();
        Value spread = own->value();
        spread.strides = broadcast_strides(shape, spread.strides, common);
        return NodeRef(new Node(DType::i64, common, std::move(spread)));
    }

    const ViewAttr source_;
    const Shape shape_;
    IndexPlan plan_;
    std::vector<Advanced> advanced_;
    int axis_ = 0;     // of the source, next to be used
    int skipped_ = 0;  // axes that an ellipsis stands for
    int first_position_ = -1;
    bool gap_ = false;
    bool scattered_ = false;
    bool has_ellipsis_ = false;
};

}  // namespace

IndexPlan plan_index(const Array& source, const Index& index) {
    return Planner(source, index).finish();
}

TooManyIndices::TooManyIndices(int given_, int rank_)
    : Error("too many indices for array: array is " + std::to_string(rank_) + "-dimensional, but " +
            std::to_string(given_) + " were indexed"),
      given(given_),
      rank(rank_) {}

}  // namespace monnto
