#include <monnto/recorders/event_recorder.hpp>

#include <monnto/array/functions.hpp>
#include <monnto/core/network.hpp>

#include <algorithm>
#include <cstdint>
#include <cstring>
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

// Rows of a vector of flags, eight at a time: nearly all of them are off.
void append_flags(const Array& value, std::int64_t iteration, std::vector<std::int64_t>& rows) {
    constexpr std::size_t width = sizeof(std::uint64_t);
    static thread_local std::vector<unsigned char> kept;
    const auto count = static_cast<std::size_t>(value.size());
    kept.resize(count + width);
    unsigned char* flags = kept.data();
    value.copy_to(flags);
    std::fill_n(flags + count, width, static_cast<unsigned char>(0));
    for (std::size_t first = 0; first < count; first += width) {
        std::uint64_t word = 0;
        std::memcpy(&word, flags + first, width);
        for (std::size_t i = first; word != 0 && i < first + width; ++i) {
            if (flags[i] != 0) {
                rows.push_back(iteration);
                rows.push_back(static_cast<std::int64_t>(i));
            }
        }
    }
}

// Rows (iteration, index, ...) of the elements that are not zero.
std::vector<std::int64_t> event_rows(const Array& value, std::int64_t iteration) {
    std::vector<std::int64_t> rows;
    if (value.dtype() == DType::boolean && value.rank() == 1) {
        // The common case (spikes) without further nodes.
        append_flags(value, iteration, rows);
        return rows;
    }
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

void EventRecorder::check(std::size_t index, const Array& value) const {
    const Recording& events = *recordings()[index];
    if (!events.is_empty()) {
        events.check({1 + std::max(value.rank(), 1)});
    }
}

void EventRecorder::store(Object& object, std::size_t index, const Array& value) {
    const Array listed = value.rank() == 0 ? value.reshape({1}) : value;
    const std::vector<std::int64_t> rows = event_rows(listed, object.iteration());
    const std::ptrdiff_t columns = 1 + listed.rank();
    recordings()[index]->append_rows(rows.data(), static_cast<std::int64_t>(rows.size()) / columns,
                                     columns);
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
