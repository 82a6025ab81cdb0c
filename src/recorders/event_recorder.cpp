#include <monnto/recorders/event_recorder.hpp>

#include <monnto/array/flags.hpp>
#include <monnto/array/functions.hpp>
#include <monnto/core/network.hpp>

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace monnto {
namespace {

constexpr std::string_view column_names = "tij";  // spike.t, spike.i, spike.j

// The column that "spike.i" asks for, or -1.
int column_of(std::string_view key) {
    if (key.size() < 3 || key[key.size() - 2] != '.') {
        return -1;
    }
    const std::size_t column = column_names.find(key.back());
    return column == std::string_view::npos ? -1 : static_cast<int>(column);
}

[[nodiscard]] bool are_flags(DType dtype, const Shape& shape) {
    return dtype == DType::boolean && shape.size() == 1;  // spikes: the common case
}

// Rows (iteration, index, ...) of the elements that are not zero.
std::vector<std::int64_t> event_rows(const Array& value, std::int64_t iteration) {
    std::vector<std::int64_t> rows;
    std::vector<std::vector<std::int64_t>> axes;
    for (const Array& indices : nonzero(value)) {
        axes.push_back(indices.host<std::int64_t>());
    }
    for (std::size_t event = 0; event < axes.front().size(); ++event) {
        rows.push_back(iteration);
        for (const auto& indices : axes) {
            rows.push_back(indices[event]);
        }
    }
    return rows;
}

}  // namespace

// NOLINTNEXTLINE(performance-unnecessary-value-param): a list in braces, as Recorder takes it
EventRecorder::EventRecorder(std::vector<std::string> variables, RecorderOptions options)
    : Recorder(std::vector<std::string>{}, std::move(options)) {
    for (const std::string& variable : variables) {
        add_variable(variable);
    }
}

EventRecorder::~EventRecorder() = default;

std::shared_ptr<Recording> EventRecorder::new_recording(const std::string& key) const {
    auto recording = Recorder::new_recording(key);
    recording->append_rows(nullptr, 0, 2);  // (0, 2) before the first event; a matrix makes it 3
    return recording;
}

void EventRecorder::check(std::size_t index, const Shape& shape) const {
    const Recording& events = *recordings()[index];
    const int columns = 1 + std::max(shape.size(), 1);
    if (!events.is_empty() && events.sample_shape()[0] != columns) {
        events.check({columns});
    }
}

void EventRecorder::append_flags(const Object& object, std::size_t index, const std::byte* flags,
                                 std::size_t count) {
    indices_.clear();
    append_set_flags(flags, count, 0, indices_);
    // Not object.iteration(), which tells a tape that somebody depends on the number.
    recordings()[index]->append_events(object.network().current_iteration(), indices_);
}

void EventRecorder::append(std::size_t index, std::ptrdiff_t columns,
                           const std::vector<std::int64_t>& rows) {
    recordings()[index]->append_rows(rows.data(), static_cast<std::int64_t>(rows.size()) / columns,
                                     columns);
}

void EventRecorder::store(Object& object, std::size_t index, const Array& value) {
    if (are_flags(value.dtype(), value.shape())) {
        std::vector<std::byte> flags(static_cast<std::size_t>(value.size()));
        value.copy_to(flags.data());
        append_flags(object, index, flags.data(), flags.size());
        return;
    }
    const Array listed = value.rank() == 0 ? value.reshape({1}) : value;
    append(index, 1 + listed.rank(), event_rows(listed, object.iteration()));
}

void EventRecorder::store(Object& object, std::size_t index, const Sample& sample) {
    const auto count = static_cast<std::size_t>(sample.shape->product());
    if (are_flags(sample.dtype, *sample.shape) && (*sample.strides)[0] == 1) {
        append_flags(object, index, sample.data, count);
        return;
    }
    std::vector<std::byte> bytes(count * size_of(sample.dtype));
    sample.copy_to(bytes.data());
    store(object, index, Array::from_bytes(sample.dtype, bytes.data(), count, *sample.shape));
}

std::shared_ptr<Findable> EventRecorder::result(std::string_view key) {
    if (auto events = Recorder::result(key)) {
        return events;
    }
    const int column = column_of(key);
    if (column < 0) {
        return nullptr;
    }
    auto events =
        std::dynamic_pointer_cast<Recording>(Recorder::result(key.substr(0, key.size() - 2)));
    if (events == nullptr) {
        return nullptr;
    }
    auto& kept = columns_[{events.get(), column}];
    if (kept == nullptr) {
        kept = std::make_shared<EventColumn>(std::move(events), column);
        std::erase_if(columns_, [&](const auto& entry) { return !is_current(entry.first.first); });
    }
    return kept;
}

bool EventRecorder::is_current(const Recording* events) const {
    return std::any_of(recordings().begin(), recordings().end(),
                       [&](const auto& recording) { return recording.get() == events; });
}

std::vector<std::string> EventRecorder::result_names() const {
    std::vector<std::string> names = Recorder::result_names();
    const std::vector<std::string> keys = names;
    for (const std::string& key : keys) {
        names.push_back(key + ".t");
        names.push_back(key + ".i");
    }
    return names;
}

Array EventColumn::array() const {
    if (events_->is_empty()) {
        return zeros({0}, DType::i64);
    }
    const std::ptrdiff_t columns = events_->sample_shape()[0];
    if (column_ >= columns) {
        throw IndexOutOfRange(column_, 1, columns);
    }
    return events_->array()(all, column_).array().copy();
}

}  // namespace monnto
