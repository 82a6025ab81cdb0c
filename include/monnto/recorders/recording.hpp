#pragma once

#include <monnto/array/array.hpp>
#include <monnto/array/sampler.hpp>
#include <monnto/core/tagged_object.hpp>
#include <monnto/recorders/event_news.hpp>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace monnto {

/// What was recorded of one variable: samples over time in one contiguous block of memory.
///
/// A handle is live: it sees samples as they come, until its recorder is reset; it then keeps what
/// it has.
class Recording final : public Findable {
public:
    explicit Recording(std::string key, std::int64_t max_length = 0);
    ~Recording() override;

    [[nodiscard]] const std::string& key() const noexcept { return key_; }
    /// The text that was asked for, of which `key` is the normal form.
    void set_text(std::string text) { text_ = std::move(text); }
    [[nodiscard]] bool is_called(std::string_view key) const override { return key == text_; }
    /// Samples held.
    [[nodiscard]] std::int64_t length() const noexcept { return length_ + news_.size(); }
    [[nodiscard]] bool is_empty() const noexcept { return length() == 0; }
    /// dtype and shape of one sample. Throws BadState before the first.
    [[nodiscard]] DType dtype() const;
    [[nodiscard]] const Shape& sample_shape() const;

    /// All samples as (length, ...), without copying: later samples do not show in it. float64 of
    /// shape (0,) before the first sample.
    [[nodiscard]] Array array() const;
    /// One sample; negative ones count from the end. Throws IndexOutOfRange.
    [[nodiscard]] Array sample(std::int64_t index) const;

    /// Throws ShapeMismatch where a sample of that shape cannot follow those before.
    void check(const Shape& shape) const;
    /// Appends a sample. Throws ShapeMismatch where its shape is not that of the first; another
    /// dtype turns all samples into the common one, as np.array of a list would.
    void append(const Array& sample);
    void append(const Sample& sample);
    /// Appends `count` rows of `columns` numbers (event lists).
    void append_rows(const std::int64_t* rows, std::int64_t count, std::ptrdiff_t columns);
    /// The same of rows (time, index).
    void append_events(std::int64_t time, std::span<const std::int32_t> indices);
    /// Drops all but the last `count` samples.
    void cut_length(std::int64_t count);
    void clear();
    /// Replaces everything (restore).
    void assign(const Array& samples);
    /// Bytes of memory held, and of one sample (0 before the first).
    [[nodiscard]] std::size_t bytes() const noexcept;
    [[nodiscard]] std::size_t bytes_per_sample() const noexcept { return row_bytes_; }

private:
    void start(DType dtype, const Shape& shape);
    void promote_to(DType dtype);
    /// Room for `count` > 0 more rows behind the newest; they count only once `commit` is called.
    [[nodiscard]] std::byte* reserve(std::int64_t count);
    void commit(std::int64_t count);
    /// Writes the news as rows behind the others, for whoever looks at rows.
    void settle();
    [[nodiscard]] std::byte* row(std::int64_t index) const;

    std::string key_;
    std::string text_ = key_;
    std::int64_t max_length_;  // 0: unlimited
    DType dtype_ = DType::f64;
    Shape sample_shape_;
    std::size_t row_bytes_ = 0;
    Ref<Buffer> block_;
    std::int64_t first_ = 0;   // row of the oldest sample in the block
    std::int64_t length_ = 0;  // rows in the block
    EventNews news_;           // behind them
    bool has_kind_ = false;
};

/// The first recording of that variable below `object`: recording(net, "np.mean(voltage)"). Throws
/// UnknownName.
[[nodiscard]] Recording& find_recording(TaggedObject& object, std::string_view key);

}  // namespace monnto
