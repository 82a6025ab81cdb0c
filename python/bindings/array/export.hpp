#pragma once

#include <monnto/array/array.hpp>

#include <Python.h>

namespace monnto::python {

/// Keeps a buffer pinned (S8): the `base` of an ndarray that shows it. Offers the whole buffer as
/// bytes.
struct ExportObject {
    PyObject_HEAD Ref<Buffer> buffer;
    Ref<Cell> cell;  // the array that was exported, to find the way back
    bool writable;
};

/// New reference.
PyObject* make_export(const Ref<Buffer>& buffer, const Ref<Cell>& cell, bool writable);
/// `object` as export, or null where it is something else.
const ExportObject* export_of(PyObject* object) noexcept;

}  // namespace monnto::python
