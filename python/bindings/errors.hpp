#pragma once

#include <Python.h>
#include <nanobind/nanobind.h>

#include <exception>
#include <utility>

namespace monnto::python {

/// Sets the Python error that corresponds to `error`; the one table that maps them.
void set_python_error(const std::exception_ptr& error) noexcept;

/// Defines the exception classes in `module` and teaches nanobind's functions to raise them.
void bind_errors(nanobind::module_& module);

/// Thrown where native code cannot do what was asked and NumPy must (S15): another dtype, an
/// argument that only NumPy knows. Caught by the trampolines, never seen by users.
struct UseHost {};

/// Throws what CPython just reported.
[[noreturn]] inline void raise_pending() {
    nanobind::raise_python_error();
}

/// `object`, or throws where a CPython function returned null.
inline PyObject* checked(PyObject* object) {
    if (object == nullptr) {
        raise_pending();
    }
    return object;
}
/// `status`, or throws where a CPython function returned -1.
inline int checked(int status) {
    if (status == -1) {
        raise_pending();
    }
    return status;
}

/// Runs `body` and turns what it throws into a Python error and `failure`.
template <class Result, class Body>
Result guarded(Result failure, Body&& body) noexcept {
    try {
        return std::forward<Body>(body)();
    } catch (...) {
        set_python_error(std::current_exception());
        return failure;
    }
}
template <class Body>
PyObject* guarded(Body&& body) noexcept {
    return guarded(static_cast<PyObject*>(nullptr), std::forward<Body>(body));
}

}  // namespace monnto::python
