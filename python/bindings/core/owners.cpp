#include "face.hpp"
#include "owners.hpp"
#include "python_behavior.hpp"

#include <monnto/core/object.hpp>
#include <monnto/recorders/event_recorder.hpp>

#include <nanobind/stl/shared_ptr.h>

#include <unordered_map>
#include <utility>

namespace nb = nanobind;

namespace monnto::python {

namespace {

std::unordered_map<const Findable*, PyObject*>& owners() {
    static auto* made = new std::unordered_map<const Findable*, PyObject*>;
    return *made;
}

nb::object& recording_wrapper() {
    static auto* made = new nb::object;  // outlives the interpreter's modules
    return *made;
}

}  // namespace

PyObject* owner_of(const Findable* core) noexcept {
    const auto found = owners().find(core);
    return found == owners().end() ? nullptr : found->second;
}

Tie::Tie(std::shared_ptr<Findable> core, PyObject* owner) : core_(std::move(core)) {
    owners()[core_.get()] = owner;
    if (auto* object = dynamic_cast<Object*>(core_.get())) {
        auto face = std::make_shared<PythonFace>(*object, owner);
        face->rebound();  // variables that the constructor made
        object->set_face(std::move(face));
    } else if (auto* behavior = dynamic_cast<PythonBehavior*>(core_.get())) {
        behavior->set_python(owner);
    }
}

Tie::~Tie() {
    owners().erase(core_.get());
    if (auto* object = dynamic_cast<Object*>(core_.get())) {
        object->set_face(nullptr);
    } else if (auto* behavior = dynamic_cast<PythonBehavior*>(core_.get())) {
        behavior->set_python(nullptr);
    }
}

void set_recording_wrapper(nb::object wrap) {
    recording_wrapper() = std::move(wrap);
}

nb::object python_object(const std::shared_ptr<Findable>& core) {
    if (PyObject* owner = owner_of(core.get())) {
        return nb::borrow(owner);
    }
    nb::object bare = nb::cast(core);
    const bool is_recording = dynamic_cast<const Recording*>(core.get()) != nullptr ||
                              dynamic_cast<const EventColumn*>(core.get()) != nullptr;
    return is_recording && recording_wrapper().is_valid() ? recording_wrapper()(bare) : bare;
}

}  // namespace monnto::python
