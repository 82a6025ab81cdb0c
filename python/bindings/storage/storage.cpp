#include "../array/convert.hpp"
#include "storage.hpp"

#include <monnto/storage/files.hpp>
#include <monnto/storage/run_store.hpp>
#include <monnto/storage/stored_values.hpp>

#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

namespace nb = nanobind;

namespace monnto::python {

namespace {

nb::bytes to_bytes(const std::string& text) {
    return nb::bytes(text.data(), text.size());
}

std::string_view view_of(const nb::bytes& bytes) {
    return {bytes.c_str(), bytes.size()};
}

void bind_run(nb::module_& m) {
    nb::class_<Run>(m, "Run", "What one run left: parameters by section, and named files.")
        .def_prop_ro("name", &Run::name)
        .def_prop_ro("location", &Run::location, "The folder of the run.")
        .def("set", &Run::set, nb::arg("section"), nb::arg("pairs"))
        .def("get", &Run::get, nb::arg("section"), nb::arg("key"))
        .def("all", &Run::all, nb::arg("section"))
        .def("sections", &Run::sections)
        .def("write", [](Run& run, std::string_view file,
                         const nb::bytes& bytes) { run.write(file, view_of(bytes)); })
        .def("read", [](const Run& run, std::string_view file) { return to_bytes(run.read(file)); })
        .def("has", &Run::has)
        .def("files", &Run::files)
        .def("remove", &Run::remove)
        .def("save_array",
             [](Run& run, std::string_view key, nb::handle values) {
                 save_array(run, key, array_like_from_python(values));
             })
        .def("load_array",
             [](const Run& run, std::string_view key) { return load_array(run, key); })
        .def("save_frame", [](Run& run, std::string_view key, nb::handle picture) {
            return save_frame(run, key, array_like_from_python(picture));
        });
}

void bind_store(nb::module_& m) {
    nb::class_<RunStore>(m, "RunStore", "Runs by group and name.")
        .def("create", &RunStore::create, nb::arg("group"), nb::arg("name"))
        .def("open", &RunStore::open, nb::arg("group"), nb::arg("name"))
        .def("last", &RunStore::last, nb::arg("group"), nb::arg("name"))
        .def("names", &RunStore::names, nb::arg("group"))
        .def("groups", &RunStore::groups);
    m.def("folder_store", &folder_store, nb::arg("folder"), "A store on plain files.");
    m.def("folder_run", &folder_run, nb::arg("folder"), "A run in a folder of its own.");
}

}  // namespace

void bind_storage(nb::module_& m) {
    bind_run(m);
    bind_store(m);
    m.def(
        "data_folder",
        [](const std::string& from, bool create) { return data_folder(from, create).string(); },
        nb::arg("start"), nb::arg("create"),
        "The first folder `Data` in `start` or above it, else `start/Data`.");
    m.def(
        "write_whole",
        [](const std::string& file, const nb::bytes& bytes) { write_whole(file, view_of(bytes)); },
        nb::arg("file"), nb::arg("bytes"), "Replaces a file as a whole or not at all.");
    m.def("png_bytes",
          [](nb::handle picture) { return to_bytes(png_bytes(array_like_from_python(picture))); });
    m.def("comes_before", &comes_before,
          "Whether one name sorts before another: run_9 before run_10.");
}

}  // namespace monnto::python
