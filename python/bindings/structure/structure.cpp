#include "../array/convert.hpp"
#include "../core/values.hpp"
#include "structure.hpp"

#include <monnto/core/synapse_group.hpp>
#include <monnto/structure/boxes.hpp>
#include <monnto/structure/grid.hpp>
#include <monnto/structure/partition.hpp>
#include <monnto/structure/receptive_fields.hpp>

#include <nanobind/stl/array.h>
#include <nanobind/stl/vector.h>

namespace nb = nanobind;

namespace monnto::python {

namespace {

using Three = std::array<nb::object, 3>;

Coordinates coordinates(const Three& axes) {
    return {array_from(axes[0]), array_from(axes[1]), array_from(axes[2])};
}

nb::tuple to_tuple(const Coordinates& places) {
    return nb::make_tuple(to_python(places.x), to_python(places.y), to_python(places.z));
}

nb::list to_list(const std::vector<Array>& arrays) {
    nb::list list;
    for (const Array& array : arrays) {
        list.append(to_python(array));
    }
    return list;
}

void bind_grid(nb::module_& m) {
    nb::class_<Grid>(m, "Grid", "Extents of a regular grid of neurons, x fastest.")
        .def(
            "__init__",
            [](Grid* grid, std::ptrdiff_t width, std::ptrdiff_t height, std::ptrdiff_t depth,
               bool centered) { new (grid) Grid{width, height, depth, centered}; },
            nb::arg("width"), nb::arg("height"), nb::arg("depth"), nb::arg("centered") = true)
        .def_ro("width", &Grid::width)
        .def_ro("height", &Grid::height)
        .def_ro("depth", &Grid::depth)
        .def_prop_ro("size", &Grid::size)
        .def("positions", [](const Grid& grid, nb::handle dtype) {
            return to_tuple(grid.positions(dtype_from(dtype)));
        });
    m.def("squared_grid", &squared_grid, nb::arg("n"), nb::arg("depth") = 1);
    m.def("area_mask", [](const Grid& grid, const Vector3& from, const Vector3& below) {
        return to_python(area_mask(grid, {from, below}));
    });
    m.def("rotation_matrix", &rotation_matrix, nb::arg("axis"), nb::arg("angle"));
    m.def("rotated", [](const Three& places, const Vector3& axis, double angle) {
        return to_tuple(rotated(coordinates(places), axis, angle));
    });
}

}  // namespace

void bind_structure(nb::module_& m) {
    bind_grid(m);
    m.def("box_masks", [](const Three& places, const Steps& steps) {
        return to_list(box_masks(coordinates(places), steps));
    });
    m.def("near_mask", [](const Three& places, const Three& part, const Vector3& margin) {
        return to_python(near_mask(coordinates(places), coordinates(part), margin));
    });
    m.def("within_box", [](const Three& source, const Three& destination, double range) {
        return to_python(within_box(coordinates(source), coordinates(destination), range));
    });
    m.def("within_circle", [](const Three& source, const Three& destination, double radius) {
        return to_python(within_circle(coordinates(source), coordinates(destination), radius));
    });
    m.def("off_diagonal", [](std::ptrdiff_t destinations, std::ptrdiff_t sources) {
        return to_python(off_diagonal(destinations, sources));
    });
    m.def("largest_reach", [](nb::handle enabled, const Three& source, const Three& destination) {
        return largest_reach(array_from(enabled), coordinates(source), coordinates(destination));
    });
    m.def("automatic_steps", [](const Three& source, const Three& destination) -> nb::object {
        const auto steps = automatic_steps(coordinates(source), coordinates(destination));
        return steps ? nb::cast(*steps) : nb::none();
    });
}

}  // namespace monnto::python
