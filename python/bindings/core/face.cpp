#include "../array/convert.hpp"
#include "../array/object.hpp"
#include "../errors.hpp"
#include "attributes.hpp"
#include "face.hpp"
#include "values.hpp"

#include <nanobind/nanobind.h>
#include <nanobind/stl/shared_ptr.h>

#include <algorithm>
#include <utility>

namespace nb = nanobind;

namespace monnto::python {

namespace {

std::vector<PythonFace*>& rebound_faces() {
    static auto* made = new std::vector<PythonFace*>;
    return *made;
}

nb::object& face_expression() {
    static auto* made = new nb::object;  // outlives the interpreter's modules
    return *made;
}

/// An attribute as a variable of C++: an Array, or a number as zero-dimensional array (as Slot does
/// with numbers).
Array variable_from(PyObject* value, const Object& object) {
    if (is_array(value)) {
        return array_of(value);
    }
    if (is_scalar(value) && !is_known(scalar_of(value))) {
        return scalar_of(value).pending;
    }
    if (const std::optional<Number> number = plain_number(value)) {
        const bool is_weak_real = number->weak && is_float(number->dtype);
        return Array(number->cast_to(is_weak_real ? object.default_dtype() : number->dtype));
    }
    return {};
}

/// Analysis modules exist in Python only; each keeps its tags in a core object.
template <class Visit>
void for_each_module(PyObject* owner, Visit&& visit) {
    static PyObject* const list_name = checked(PyUnicode_InternFromString("analysis_modules"));
    PyObject* modules = PyDict_GetItemWithError(dictionary_of(owner), list_name);
    if (modules == nullptr || PyList_Check(modules) == 0) {
        return;
    }
    for (nb::handle module : nb::borrow<nb::list>(modules)) {
        visit(nb::cast<std::shared_ptr<TaggedObject>>(module.attr("_core")));
    }
}

}  // namespace

PythonFace::~PythonFace() {
    std::erase(rebound_faces(), this);
    for (auto& [slot, seen] : seen_) {
        Py_XDECREF(seen.name);
    }
}

void PythonFace::rebound() {
    std::vector<PythonFace*>& waiting = rebound_faces();
    if (std::find(waiting.begin(), waiting.end(), this) == waiting.end()) {
        waiting.push_back(this);
    }
}

void PythonFace::forget(const Slot& slot) {
    const auto known = seen_.find(&slot);
    if (known != seen_.end()) {
        Py_XDECREF(known->second.name);
        seen_.erase(known);
    }
}

void PythonFace::mirror() {
    std::erase(rebound_faces(), this);
    for (Slot* slot : object_->take_rebound()) {
        nb::str name(slot->name().c_str(), slot->name().size());
        if (slot->peek().is_empty_handle()) {
            if (PyObject_GenericSetAttr(owner_, name.ptr(), nullptr) != 0) {
                PyErr_Clear();  // Python never saw it
            }
            continue;
        }
        const nb::object value = attributes_of(owner_).dialect == Dialect::torch
                                     ? nb::steal(wrap_tensor(slot->peek()))
                                     : python_from_result(slot->peek());
        checked(PyObject_GenericSetAttr(owner_, name.ptr(), value.ptr()));
        seen_[slot].writes = attributes_of(owner_).writes;
    }
}

void PythonFace::refresh(Slot& slot) {
    Seen& seen = seen_[&slot];
    const std::uint64_t writes = attributes_of(owner_).writes;
    if (seen.writes == writes) {
        return;
    }
    mirror();  // what C++ bound itself is not to be overwritten by what Python had before
    seen.writes = writes;
    if (seen.name == nullptr) {
        seen.name = checked(PyUnicode_InternFromString(slot.name().c_str()));
    }
    PyObject* value = PyDict_GetItemWithError(dictionary_of(owner_), seen.name);
    if (value == nullptr) {
        slot.bind_quietly({});
        return;
    }
    Array array = variable_from(value, *object_);
    if (slot.peek().is_empty_handle() || array.is_empty_handle() || !slot.peek().same_as(array)) {
        slot.bind_quietly(std::move(array));
    }
}

std::optional<expression::Value> PythonFace::value(std::string_view name) {
    mirror();
    const nb::str key(name.data(), name.size());
    PyObject* value = PyDict_GetItemWithError(dictionary_of(owner_), key.ptr());
    return value == nullptr ? std::nullopt : expression_value(value);
}

std::optional<Array> PythonFace::evaluate(const std::string& text) {
    if (!face_expression().is_valid()) {
        return std::nullopt;
    }
    mirror();
    return array_like_from_python(
        face_expression()(nb::borrow(owner_), nb::str(text.c_str(), text.size())));
}

std::vector<std::string> PythonFace::names() {
    std::vector<std::string> names;
    PyObject *key = nullptr, *value = nullptr;
    Py_ssize_t position = 0;
    while (PyDict_Next(dictionary_of(owner_), &position, &key, &value) != 0) {
        const char* text = PyUnicode_AsUTF8(key);
        if (text != nullptr && text[0] != '_' && is_variable(value)) {
            names.emplace_back(text);
        }
    }
    PyErr_Clear();
    return names;
}

void PythonFace::append_matches(std::string_view key, Found& found) {
    for_each_module(owner_, [&](std::shared_ptr<TaggedObject> module) {
        if (module->has_tag(key)) {
            found.push_back(std::move(module));
        }
    });
}

void PythonFace::append_tags(std::vector<std::string>& tags) const {
    for_each_module(owner_, [&](const std::shared_ptr<TaggedObject>& module) {
        tags.insert(tags.end(), module->tags().begin(), module->tags().end());
    });
}

void PythonFace::append_places(Places& places, const std::string& owner) {
    mirror();  // what C++ rebound in this iteration: otherwise attributes lag one behind
    append_array_attributes(owner_, owner, places);
}

void set_face_expression(PyObject* evaluate) {
    face_expression() = nb::borrow(evaluate);
}

void mirror_rebound() {
    while (!rebound_faces().empty()) {
        rebound_faces().back()->mirror();
    }
}

}  // namespace monnto::python
