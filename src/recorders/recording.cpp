#include <monnto/recorders/recording.hpp>

#include <monnto/array/functions.hpp>

#include <algorithm>
#include <cstring>
#include <vector>

namespace monnto {

Recording::Recording(std::string key, std::int64_t max_length)
    : key_(std::move(key)), max_length_(max_length) {}

Recording::~Recording() = default;

DType Recording::dtype() const {
    if (!has_kind_) {
        throw BadState("nothing was recorded of '" + key_ + "' yet");
    }
    return dtype_;
}

const Shape& Recording::sample_shape() const {
    (void)dtype();
    return sample_shape_;
}

Array Recording::array() const {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): the same samples, held otherwise
    const_cast<Recording*>(this)->settle();
    Shape shape{length_};
    for (const std::ptrdiff_t extent : sample_shape_) {
        shape.push_back(extent);
    }
    if (!block_) {
        return zeros(shape, dtype_);
    }
    const auto offset = first_ * sample_shape_.product();
    return Array(
        NodeRef(new Node(dtype_, shape, Value{block_, offset, contiguous_strides(shape)})));
}

Array Recording::sample(std::int64_t index) const {
    const std::int64_t from_front = index < 0 ? index + length() : index;
    if (from_front < 0 || from_front >= length()) {
        throw IndexOutOfRange(index, 0, length());
    }
    return array()(from_front).array().copy();
}

void Recording::start(DType dtype, const Shape& shape) {
    if (shape.size() == max_rank) {
        throw BadParameter("recording '" + key_ + "'", shape.to_string(),
                           "time needs an axis of its own, so a sample has at most 7");
    }
    dtype_ = dtype;
    sample_shape_ = shape;
    row_bytes_ = size_of(dtype) * static_cast<std::size_t>(shape.product());
    block_.reset();
    first_ = 0;
    length_ = 0;
    news_.clear();
    has_kind_ = true;
}

std::byte* Recording::row(std::int64_t index) const {
    return block_->data() + static_cast<std::size_t>(index) * row_bytes_;
}

std::byte* Recording::reserve(std::int64_t count) {
    const auto bytes_up_to = [&](std::int64_t rows) {
        return static_cast<std::size_t>(rows) * row_bytes_;
    };
    if (block_ && block_->bytes() >= bytes_up_to(first_ + length_ + count)) {
        return row(first_ + length_);
    }
    // Twice what is needed: a sample is copied twice on average, whatever their number. A first
    // block of a page keeps short recordings of small variables small.
    const std::size_t row_bytes = row_bytes_ > 0 ? row_bytes_ : 1;
    const auto per_page = static_cast<std::int64_t>(4096 / row_bytes);
    const std::int64_t rows = std::max(per_page, 2 * (length_ + count));
    const Ref<Buffer> larger = Buffer::allocate(bytes_up_to(rows));
    if (length_ > 0) {
        std::memcpy(larger->data(), row(first_), bytes_up_to(length_));
    }
    // The block before stays as it is for arrays that were given out.
    block_ = larger;
    first_ = 0;
    return row(length_);
}

void Recording::commit(std::int64_t count) {
    length_ += count;
    if (max_length_ > 0 && length_ > max_length_) {
        first_ += length_ - max_length_;
        length_ = max_length_;
    }
}

void Recording::settle() {
    if (news_.size() > 0) {
        const std::int64_t count = news_.size();
        news_.move_rows_to(reserve(count));
        commit(count);
    }
}

void Recording::promote_to(DType dtype) {
    const Array samples = array().astype(dtype);
    const std::int64_t count = length_;
    start(dtype, sample_shape_);
    samples.copy_to(reserve(std::max<std::int64_t>(count, 1)));
    length_ = count;
}

void Recording::check(const Shape& shape) const {
    // Most samples are numbers and vectors, too short for a library's comparison of bytes.
    const bool is_same = shape.size() == sample_shape_.size() &&
                         (shape.empty() || shape[0] == sample_shape_[0]) &&
                         (shape.size() <= 1 || shape == sample_shape_);
    if (has_kind_ && !is_same) {
        throw ShapeMismatch("record '" + key_ + "'", shape.to_vector(), sample_shape_.to_vector(),
                            "a recorded variable keeps the shape of its first sample; reset() the "
                            "recorder after changing it");
    }
}

void Recording::append(const Array& sample) {
    settle();
    check(sample.shape());
    if (!has_kind_) {
        start(sample.dtype(), sample.shape());
    }
    if (const DType common = promote(dtype_, sample.dtype()); common != dtype_) {
        promote_to(common);
    }
    const Array same = sample.dtype() == dtype_ ? sample : sample.astype(dtype_);
    same.copy_to(reserve(1));
    commit(1);
}

void Recording::append(const Sample& sample) {
    settle();
    check(*sample.shape);
    if (has_kind_ && sample.dtype != dtype_) {
        const auto count = static_cast<std::size_t>(sample.shape->product());
        std::vector<std::byte> bytes(count * size_of(sample.dtype));
        sample.copy_to(bytes.data());
        append(Array::from_bytes(sample.dtype, bytes.data(), count, *sample.shape));
        return;
    }
    if (!has_kind_) {
        start(sample.dtype, *sample.shape);
    }
    sample.copy_to(reserve(1));
    commit(1);
}

void Recording::append_rows(const std::int64_t* rows, std::int64_t count, std::ptrdiff_t columns) {
    settle();
    if (!has_kind_ || (length_ == 0 && sample_shape_ != Shape{columns})) {
        start(DType::i64, {columns});
    }
    check({columns});
    if (count > 0) {
        std::memcpy(reserve(count), rows, static_cast<std::size_t>(count) * row_bytes_);
        commit(count);
    }
}

void Recording::append_events(std::int64_t time, std::span<const std::int32_t> indices) {
    if (is_empty() || sample_shape_[0] != 2) {
        append_rows(nullptr, 0, 2);
    }
    if (indices.empty()) {
        return;
    }
    news_.add(time, indices);
    if (max_length_ > 0) {
        settle();
    }
}

void Recording::cut_length(std::int64_t count) {
    if (count < 0) {
        throw BadParameter("length", std::to_string(count), "0 or more samples");
    }
    settle();
    if (length_ > count) {
        first_ += length_ - count;
        length_ = count;
    }
}

void Recording::clear() {
    // A block of its own, since arrays that were given out may look at the one before.
    block_.reset();
    first_ = 0;
    length_ = 0;
    news_.clear();
}

void Recording::assign(const Array& samples) {
    Shape one;
    for (int axis = 1; axis < samples.rank(); ++axis) {
        one.push_back(samples.shape()[axis]);
    }
    start(samples.dtype(), one);
    const std::int64_t count = samples.shape()[0];
    if (count > 0) {
        samples.copy_to(reserve(count));
        length_ = count;
    }
}

std::size_t Recording::bytes() const noexcept {
    return (block_ ? block_->bytes() : 0) + news_.bytes();
}

Recording& find_recording(TaggedObject& object, std::string_view key) {
    return object.find<Recording>(key);
}

}  // namespace monnto
