#include "array/convert.hpp"
#include "core/core.hpp"
#include "errors.hpp"

#include <nanobind/nanobind.h>

// The compiled half of the package: `monnto._engine`. Each module of the engine adds its part from
// a file of its own.
NB_MODULE(_engine, module) {
    module.doc() = "The compiled half of monnto; use `import monnto`.";
    module.attr("__version__") = MONNTO_VERSION;
    module.attr("compiler") = "GCC " __VERSION__;
    module.attr("executor") = "reference interpreter";
    monnto::python::bind_errors(module);
    monnto::python::bind_array(module);
    monnto::python::bind_core(module);
}
