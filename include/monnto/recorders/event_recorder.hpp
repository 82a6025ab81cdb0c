#pragma once

#include <monnto/recorders/recorder.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace monnto {

/// One column of an event recording, live: what "spike.t" finds.
class EventColumn final : public Findable {
public:
    EventColumn(std::shared_ptr<Recording> events, int column)
        : events_(std::move(events)), column_(column) {}
    [[nodiscard]] Array array() const;
    [[nodiscard]] std::int64_t length() const noexcept { return events_->length(); }

private:
    std::shared_ptr<Recording> events_;
    int column_;
};

/// Keeps where expressions are not zero: rows (iteration, index), or (iteration, row, column) for a
/// matrix, as int64. Beside "spike", the searches "spike.t" and "spike.i" (and "spike.j") find
/// single columns.
class EventRecorder : public Recorder {
public:
    explicit EventRecorder(std::vector<std::string> variables, RecorderOptions options = {});
    explicit EventRecorder(std::string variable, RecorderOptions options = {})
        : EventRecorder(std::vector<std::string>{std::move(variable)}, std::move(options)) {}
    ~EventRecorder() override;

    [[nodiscard]] std::string class_name() const override { return "EventRecorder"; }
    [[nodiscard]] std::shared_ptr<Findable> result(std::string_view key) override;
    [[nodiscard]] std::vector<std::string> result_names() const override;

protected:
    [[nodiscard]] std::shared_ptr<Recording> new_recording(const std::string& key) const override;
    void check(std::size_t index, const Shape& shape) const override;
    void store(Object& object, std::size_t index, const Array& value) override;
    void store(Object& object, std::size_t index, const Sample& sample) override;

private:
    void append(std::size_t index, std::ptrdiff_t columns, const std::vector<std::int64_t>& rows);
    void append_flags(const Object& object, std::size_t index, const std::byte* flags,
                      std::size_t count);
    [[nodiscard]] bool is_current(const Recording* events) const;

    std::vector<std::int32_t> indices_;  // of the events of one sample
    // Kept, because a search hands out references.
    std::map<std::pair<const Recording*, int>, std::shared_ptr<EventColumn>> columns_;
};

}  // namespace monnto
