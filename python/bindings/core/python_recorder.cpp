#include "owners.hpp"
#include "python_recorder.hpp"

namespace nb = nanobind;

namespace monnto::python {

void PythonRecorder::keep_objects(const std::string& text, std::shared_ptr<Findable> list) {
    lists_.insert_or_assign(text, std::move(list));
    touch_structure();
}

void PythonRecorder::drop_objects() {
    lists_.clear();
    expected_.clear();
    touch_structure();
}

void PythonRecorder::expect_object(const std::string& text, nb::object value) {
    expected_.insert_or_assign(text, std::move(value));
}

void PythonRecorder::store(Object& object, std::size_t index, const Array& value) {
    const std::string& text = variables()[index];
    const auto list = lists_.find(text);
    if (list == lists_.end()) {
        Recorder::store(object, index, value);
        return;
    }
    const auto expected = expected_.find(text);
    if (expected == expected_.end()) {
        return;
    }
    const nb::object sample = std::move(expected->second);
    expected_.erase(expected);
    if (PyObject* owner = owner_of(list->second.get())) {
        nb::handle(owner).attr("_append")(sample);
    }
}

std::shared_ptr<Findable> PythonRecorder::result(std::string_view key) {
    const std::string wanted = normalized_key(key);
    for (const auto& [text, list] : lists_) {
        if (normalized_key(text) == wanted) {
            return list;
        }
    }
    return Recorder::result(key);
}

}  // namespace monnto::python
