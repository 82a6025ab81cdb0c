#include "../array/convert.hpp"
#include "attributes.hpp"
#include "core.hpp"
#include "face.hpp"
#include "history.hpp"
#include "owners.hpp"
#include "python_behavior.hpp"
#include "python_recorder.hpp"
#include "values.hpp"

#include <monnto/core/object.hpp>
#include <monnto/recorders/event_recorder.hpp>

#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

namespace nb = nanobind;

namespace monnto::python {

namespace {

RecorderOptions options(std::int64_t gapwidth, std::int64_t max_length) {
    return {gapwidth, max_length, {}};
}

nb::tuple shape_of(const Recording& recording) {
    nb::list extents;
    extents.append(recording.length());
    if (recording.bytes_per_sample() != 0 || !recording.is_empty()) {
        for (const std::ptrdiff_t extent : recording.sample_shape()) {
            extents.append(extent);
        }
    }
    return nb::tuple(extents);
}

/// What Python's interpreter makes of a text that lies outside the grammar (S25). A value that is
/// no array is handed over to the recorder, and an empty stand-in returned.
void set_python_expression(nb::handle evaluate) {
    evaluate.inc_ref();  // for ever: the engine outlives the interpreter
    Recorder::set_host_first(
        [](const Object& object) { return dialect_of_owner(owner_of(&object)) == Dialect::torch; });
    Recorder::set_host_expression([evaluate](Object& object, Recorder& recorder,
                                             const std::string& text) -> std::optional<Array> {
        PyObject* owner = owner_of(&object);
        if (owner == nullptr) {
            return std::nullopt;
        }
        mirror_rebound();
        const nb::object value =
            evaluate(nb::borrow(owner), python_object(recorder.holder()), text);
        auto* keeper = dynamic_cast<PythonRecorder*>(&recorder);
        if (keeper == nullptr) {
            return array_like_from_python(value);
        }
        if (!keeper->keeps_objects(text)) {
            return array_from_python(value, Memory::record, true);
        }
        keeper->expect_object(text, value);
        return Array(Number(false));
    });
}

void bind_recordings(nb::module_& m) {
    nb::class_<Recording, Findable>(m, "Recording")
        .def_prop_ro("key", &Recording::key)
        .def_prop_ro("length", &Recording::length)
        .def_prop_ro("shape", &shape_of)
        .def_prop_ro("bytes", &Recording::bytes)
        .def("array", [](const Recording& r) { return python_from_array(r.array()); })
        .def("to_numpy", [](const Recording& r) { return read_only_ndarray(r.array()); })
        .def("sample",
             [](const Recording& r, std::int64_t index) { return to_python(r.sample(index)); })
        .def("cut_length", &Recording::cut_length)
        .def("clear", &Recording::clear);
    nb::class_<EventColumn, Findable>(m, "EventColumn")
        .def_prop_ro("length", &EventColumn::length)
        .def("array", [](const EventColumn& c) { return python_from_array(c.array()); })
        .def("to_numpy", [](const EventColumn& c) { return read_only_ndarray(c.array()); });
}

}  // namespace

void bind_recorders(nb::module_& m) {
    bind_recordings(m);
    nb::class_<Recorder, Behavior>(m, "Recorder")
        .def("variables", &Recorder::variables)
        .def("add_variable", &Recorder::add_variable)
        .def_prop_rw("gapwidth", &Recorder::gapwidth, &Recorder::set_gapwidth)
        .def_prop_ro("max_length", &Recorder::max_length)
        .def("reset", &Recorder::reset)
        .def("clear", &Recorder::clear)
        .def("cut_length", &Recorder::cut_length)
        .def("is_new_data_available", &Recorder::is_new_data_available)
        .def("memory_forecast", &Recorder::memory_forecast);
    nb::class_<PythonRecorder, Recorder>(m, "PythonRecorder")
        .def(nb::new_(
            [](std::vector<std::string> variables, std::int64_t gapwidth, std::int64_t max_length) {
                return std::make_shared<PythonRecorder>(std::move(variables),
                                                        options(gapwidth, max_length));
            }))
        .def("keep_objects", &PythonRecorder::keep_objects)
        .def("keeps_objects", &PythonRecorder::keeps_objects)
        .def("drop_objects", &PythonRecorder::drop_objects);
    nb::class_<EventRecorder, Recorder>(m, "EventRecorder")
        .def(nb::new_(
            [](std::vector<std::string> variables, std::int64_t gapwidth, std::int64_t max_length) {
                return std::make_shared<EventRecorder>(std::move(variables),
                                                       options(gapwidth, max_length));
            }));
    m.def("set_recording_wrapper", &set_recording_wrapper);
    m.def("set_host_expression", &set_python_expression);
    m.def("set_face_expression", [](nb::handle evaluate) { set_face_expression(evaluate.ptr()); });
    m.def("normalized_key", [](std::string_view text) { return Recorder::normalized_key(text); });
}

}  // namespace monnto::python
