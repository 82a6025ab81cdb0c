#pragma once

#include <Python.h>

namespace monnto::python {

/// A type object with nothing but its header filled in.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
inline PyTypeObject blank_type() {
    return {PyVarObject_HEAD_INIT(nullptr, 0)};
}
#pragma GCC diagnostic pop

}  // namespace monnto::python
