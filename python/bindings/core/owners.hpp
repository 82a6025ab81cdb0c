#pragma once

#include <monnto/core/tagged_object.hpp>

#include <Python.h>
#include <nanobind/nanobind.h>

#include <memory>

namespace monnto::python {

/// The Python object that stands for a part of a network, borrowed; null where there is none.
///
/// C++ refers to Python through borrowed pointers only: every reference that could close a cycle
/// lives in a Python `__dict__`, where Python's garbage collector sees it.
[[nodiscard]] PyObject* owner_of(const Findable* core) noexcept;

/// Ties a Python object to its core object for as long as this lives. The Python object keeps it in
/// its `__dict__`, so both end together.
class Tie {
public:
    Tie(std::shared_ptr<Findable> core, PyObject* owner);
    Tie(const Tie&) = delete;
    Tie& operator=(const Tie&) = delete;
    ~Tie();

private:
    std::shared_ptr<Findable> core_;
};

/// What recordings are handed to Python as: called with the bare binding.
void set_recording_wrapper(nanobind::object wrap);

/// New reference to what stands for `core` in Python: its owner, or its bare binding.
[[nodiscard]] nanobind::object python_object(const std::shared_ptr<Findable>& core);

}  // namespace monnto::python
