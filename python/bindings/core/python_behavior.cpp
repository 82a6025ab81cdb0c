#include "../errors.hpp"
#include "attributes.hpp"
#include "face.hpp"
#include "owners.hpp"
#include "python_behavior.hpp"

#include <monnto/core/object.hpp>

#include <nanobind/nanobind.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

namespace nb = nanobind;

namespace monnto::python {

PythonBehavior::PythonBehavior(Traits traits)
    : traits_(std::move(traits)),
      method_(checked(PyUnicode_InternFromString(traits_.method.c_str()))) {}

PythonBehavior::~PythonBehavior() {
    Py_DECREF(method_);
}

void PythonBehavior::call(PyObject* method, Object& object) {
    PyObject* owner = owner_of(&object);
    if (python_ == nullptr || owner == nullptr) {
        return;  // the interpreter is shutting down, or the model is being taken apart
    }
    mirror_rebound();
    // Held: a behavior may remove itself, or drop the last reference to its group.
    const nb::object self = nb::borrow(python_);
    const nb::object parent = nb::borrow(owner);
    Py_DECREF(checked(PyObject_CallMethodOneArg(self.ptr(), method, parent.ptr())));
}

void PythonBehavior::initialize(Object& object) {
    static PyObject* const name = checked(PyUnicode_InternFromString("initialize"));
    call(name, object);
}

void PythonBehavior::iteration(Object& object) {
    call(method_, object);
}

nb::tuple PythonBehavior::question(nb::handle owner) const {
    return nb::make_tuple(nb::handle(python_), nb::handle(method_), owner);
}

void PythonBehavior::append_places(Places& places, const std::string& owner) {
    if (python_ != nullptr) {
        append_array_attributes(python_, owner, places);
    }
}

std::vector<std::string> PythonBehavior::unused_parameters() const {
    if (python_ == nullptr) {
        return {};
    }
    return nb::cast<std::vector<std::string>>(nb::handle(python_).attr("_unused_parameters")());
}

std::string PythonBehavior::parameters_text() const {
    if (python_ == nullptr) {
        return {};
    }
    return nb::cast<std::string>(nb::handle(python_).attr("_parameters_text")());
}

}  // namespace monnto::python
