#pragma once

#include <monnto/recorders/recorder.hpp>

#include <nanobind/nanobind.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace monnto::python {

/// A recorder that can also keep what is no array: lists, texts, complex numbers, matrices of
/// SciPy. Such samples go to a list on the Python side, which searches then find.
class PythonRecorder final : public Recorder {
public:
    using Recorder::Recorder;
    [[nodiscard]] std::string class_name() const override { return "Recorder"; }

    /// The list that keeps the samples of `text` (a variable as given).
    void keep_objects(const std::string& text, std::shared_ptr<Findable> list);
    [[nodiscard]] bool keeps_objects(const std::string& text) const {
        return lists_.contains(text);
    }
    /// The value that the next sample of `text` stores.
    void expect_object(const std::string& text, nanobind::object value);
    void drop_objects();

    [[nodiscard]] std::shared_ptr<Findable> result(std::string_view key) override;

protected:
    using Recorder::store;
    void store(Object& object, std::size_t index, const Array& value) override;

private:
    std::map<std::string, std::shared_ptr<Findable>> lists_;
    std::map<std::string, nanobind::object> expected_;  // within one sample only
};

}  // namespace monnto::python
