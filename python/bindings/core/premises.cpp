// What proofs about Python code rely on, looked at again: dozens of entries before the first plan
// of each network, where loops of Python would take longer than the plan.
#include "../errors.hpp"
#include "core.hpp"

#include <nanobind/nanobind.h>
#include <nanobind/stl/string.h>

namespace nb = nanobind;

namespace monnto::python {
namespace {

/// What a class has under that name, without running anything.
nb::object class_member(nb::handle cls, nb::handle name) {
    PyObject* member = _PyType_Lookup(reinterpret_cast<PyTypeObject*>(cls.ptr()), name.ptr());
    return member == nullptr ? nb::none() : nb::borrow(member);
}

/// The value under that name; borrowed.
PyObject* entry(nb::handle names, nb::handle name, nb::handle otherwise) {
    PyObject* value = PyDict_GetItemWithError(names.ptr(), name.ptr());
    if (value == nullptr && PyErr_Occurred() != nullptr) {
        throw nb::python_error();
    }
    return value == nullptr ? otherwise.ptr() : value;
}

bool are_members(nb::dict members) {
    for (const auto& [place, value] : members) {
        if (!class_member(place[0], place[1]).is(value)) {
            return false;
        }
    }
    return true;
}

bool are_entries(nb::dict entries, nb::handle missing) {
    for (const nb::handle each : entries.values()) {
        if (entry(each[0], each[1], missing) != nb::object(each[2]).ptr()) {
            return false;
        }
    }
    return true;
}

/// Those of `kinds` (name: kind) for which `values` (a dict) has neither the kind itself nor, where
/// it is `plain`, a value of a plain type: somebody has to look closer.
nb::list doubtful(nb::dict values, nb::dict kinds, nb::handle absent, nb::handle plain,
                  nb::handle plain_types) {
    nb::list found;
    for (const auto& [name, kind] : kinds) {
        PyObject* value = entry(values, name, absent);
        const int is_plain =
            PySet_Contains(plain_types.ptr(), reinterpret_cast<PyObject*>(Py_TYPE(value)));
        if (!kind.is(value) && (!kind.is(plain) || is_plain != 1)) {
            found.append(name);
        }
    }
    return found;
}

}  // namespace

void bind_premises(nb::module_& module) {
    module.def("class_member", &class_member, nb::arg("cls"), nb::arg("name"),
               "What a class has under that name, or None; runs nothing.");
    module.def("are_members", &are_members, nb::arg("members"),
               "Whether classes still have {(class, name): value}.");
    module.def(
        "are_entries", &are_entries, nb::arg("entries"), nb::arg("missing"),
        "Whether dicts still have {...: (dict, name, value)}; `missing` for names they lack.");
    module.def("doubtful", &doubtful, nb::arg("values"), nb::arg("kinds"), nb::arg("absent"),
               nb::arg("plain"), nb::arg("plain_types"),
               "Names of {name: kind} whose value is not obviously of that kind.");
}

}  // namespace monnto::python
