#include "array/convert.hpp"
#include "core/core.hpp"
#include "errors.hpp"
#include "host_lock.hpp"
#include "storage/storage.hpp"
#include "structure/structure.hpp"
#include "synapse/synapse.hpp"

#include <monnto/array/executor.hpp>
#include <monnto/base/machine.hpp>
#include <monnto/jit/compiler_info.hpp>

#include <nanobind/nanobind.h>

#include <cstdio>
#include <string>
#include <thread>

namespace {

/// Name and value, in the order in which they are shown.
nanobind::list machine() {
    const monnto::CompilerInfo info = monnto::compiler_info();
    nanobind::list rows;
    const auto add = [&rows](const char* name, const std::string& value) {
        rows.append(nanobind::make_tuple(name, value.c_str()));
    };
    add("processor", monnto::processor_name());
    add("threads", std::to_string(std::thread::hardware_concurrency()));
    add("vectors", info.vectors);
    add("LLVM", info.llvm);
    add("executor", info.available ? "kernels compiled by LLVM, the rest interpreted"
                                   : "interpreter, one operation after the other");
    add("kernels", info.kernel_cache);
    char bandwidth[64];
    std::snprintf(bandwidth, sizeof bandwidth, "%.1f GB/s on one thread, measured",
                  monnto::memory_bandwidth() * 1e-9);
    add("memory", bandwidth);
    return rows;
}

/// What was done since the process started, for tests and benches.
nanobind::dict counters() {
    const monnto::EvaluationCounters& now = monnto::counters();
    nanobind::dict counts;
    counts["evaluations"] = now.evaluations;
    counts["nodes"] = now.nodes;
    counts["shared"] = now.shared;
    counts["kernels"] = now.kernels;
    counts["chained"] = now.chained;
    counts["interpreted"] = now.interpreted;
    counts["compiled"] = now.compiled;
    counts["loaded"] = now.loaded;
    counts["replayed"] = now.replayed;
    counts["rewritten"] = now.rewritten;
    counts["touched"] = now.touched;
    counts["postponed"] = now.postponed;
    counts["caught_up"] = now.caught_up;
    counts["scanned"] = now.scanned;
    counts["relocated"] = now.relocated;
    counts["donated"] = now.donated;
    return counts;
}

}  // namespace

// The compiled half of the package: `monnto._engine`. Each module of the engine adds its part from
// a file of its own.
NB_MODULE(_engine, module) {
    module.doc() = "The compiled half of monnto; use `import monnto`.";
    module.attr("__version__") = MONNTO_VERSION;
    module.attr("compiler") = "GCC " __VERSION__;
    module.def("machine", &machine, "What computes here, as `monnto info` shows it.");
    module.def("counters", &counters, "How often evaluations, kernels, ... ran in this process.");
    monnto::python::share_gil();
    monnto::python::bind_errors(module);
    monnto::python::bind_array(module);
    monnto::python::bind_synapse(module);
    monnto::python::bind_core(module);
    monnto::python::bind_structure(module);
    monnto::python::bind_storage(module);
}
