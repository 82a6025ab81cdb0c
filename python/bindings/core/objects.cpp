// What networks, groups and behaviors have in common: tags, searches, behaviors by key.
#include "../array/numpy.hpp"
#include "core.hpp"
#include "face.hpp"
#include "owners.hpp"
#include "values.hpp"

#include <monnto/base/nearest_name.hpp>
#include <monnto/core/behavior.hpp>
#include <monnto/core/object.hpp>

#include <nanobind/stl/pair.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

namespace nb = nanobind;
using namespace nb::literals;

namespace monnto::python {

namespace {

using KeyedBehaviors = std::vector<std::pair<double, std::shared_ptr<Behavior>>>;

nb::list found_in_python(const Found& found) {
    nb::list list;
    for (const auto& match : found) {
        list.append(python_object(match));
    }
    return list;
}

/// Something that exists in Python only but can be found by tags.
class PythonFindable final : public TaggedObject {
public:
    PythonFindable(std::string_view tags, std::string class_tag) : class_(std::move(class_tag)) {
        set_tags(tags, class_);
    }
    [[nodiscard]] std::string class_name() const override { return class_; }

private:
    std::string class_;
};

void bind_tagged(nb::module_& m) {
    nb::class_<Findable>(m, "Findable");
    nb::class_<TaggedObject, Findable>(m, "TaggedObject")
        .def_prop_ro("tags", [](const TaggedObject& o) { return o.tags(); })
        .def("has_tag", [](const TaggedObject& o, std::string_view tag) { return o.has_tag(tag); })
        .def("add_tag", [](TaggedObject& o, std::string_view tags) { o.add_tag(tags); })
        .def("find_all",
             [](TaggedObject& o, std::string_view key) { return found_in_python(o.all(key)); })
        .def("known_tags", [](const TaggedObject& o) { return o.known_tags(); })
        .def("class_name", [](const TaggedObject& o) { return o.class_name(); })
        .def("description", [](const TaggedObject& o) { return o.description(); });
    nb::class_<PythonFindable, TaggedObject>(m, "PythonFindable")
        .def(nb::new_([](std::string_view tags, std::string class_tag) {
            return std::make_shared<PythonFindable>(tags, std::move(class_tag));
        }));
    nb::class_<Tie>(m, "Tie").def("__init__",
                                  [](Tie* self, std::shared_ptr<Findable> core, nb::handle owner) {
                                      new (self) Tie(std::move(core), owner.ptr());
                                  });
    m.def("python_object", [](std::shared_ptr<Findable> core) { return python_object(core); });
    m.def("nearest_name", [](std::string_view name, const std::vector<std::string>& known) {
        return nearest_name(name, known);
    });
    m.def("mirror_rebound", &mirror_rebound);
}

nb::list behaviors_at(const Object& object, double key) {
    nb::list list;
    for (const auto& behavior : object.behaviors_at(key)) {
        list.append(python_object(behavior));
    }
    return list;
}

}  // namespace

void bind_objects(nb::module_& m) {
    bind_tagged(m);
    nb::class_<Object, TaggedObject>(m, "Object")
        .def("add_behavior",
             [](Object& o, double key, std::shared_ptr<Behavior> behavior, bool initialize) {
                 o.add_behavior(key, std::move(behavior), initialize);
                 mirror_rebound();
             })
        .def("attach_initial_behaviors",
             [](Object& o, const KeyedBehaviors& behaviors) {
                 o.attach_initial_behaviors(behaviors_from(behaviors));
                 mirror_rebound();
             })
        .def("remove_behavior",
             [](Object& o, const Behavior& behavior) { return o.remove_behavior(behavior); })
        .def("behaviors_at", &behaviors_at)
        .def("set_behaviors_enabled", [](Object& o, std::string_view tag,
                                         bool on) { return o.set_behaviors_enabled(tag, on); })
        .def_prop_rw("recording", &Object::recording, &Object::set_recording)
        .def_prop_ro("iteration", &Object::iteration)
        .def_prop_ro("creation_index", &Object::creation_index)
        .def_prop_ro("default_dtype",
                     [](const Object& o) { return nb::borrow(python_dtype(o.default_dtype())); })
        .def("variable_names", &Object::variable_names)
        .def(
            "from_mode",
            [](Object& o, nb::handle mode, nb::handle scale, nb::handle density, nb::handle dtype) {
                return to_python(o.from_mode(mode_from(mode), mode_options(scale, density, dtype)),
                                 o);
            },
            nb::arg().none(), nb::arg().none(), nb::arg().none(), nb::arg().none());
}

}  // namespace monnto::python
