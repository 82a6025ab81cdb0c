// The Python part of a snapshot (S19): a tree made by Python, and the Arrays that hang in it.
#include "../array/convert.hpp"
#include "core.hpp"
#include "face.hpp"

#include <monnto/core/network.hpp>
#include <monnto/core/snapshot.hpp>

#include <nanobind/stl/pair.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace nb = nanobind;

namespace monnto::python {

namespace {

/// Keeps a Python object inside a snapshot; released with the GIL held.
struct KeptTree {
    explicit KeptTree(nb::object value) : tree(std::move(value)) {}
    KeptTree(const KeptTree&) = delete;
    KeptTree& operator=(const KeptTree&) = delete;
    ~KeptTree() {
        const nb::gil_scoped_acquire gil;
        tree.reset();
    }
    nb::object tree;
};

std::string array_name(std::size_t index) {
    return "array " + std::to_string(index);
}

/// `save()` gives (tree, arrays); the arrays go through the visitor, which keeps what is shared
/// shared, also with the variables that C++ sees.
void save_state(StateVisitor& visitor, const nb::object& visit) {
    const auto [tree, arrays] = nb::cast<std::pair<nb::object, nb::list>>(visit(nb::none()));
    auto count = static_cast<std::int64_t>(arrays.size());
    visitor.integer("arrays", count);
    for (std::size_t i = 0; i < arrays.size(); ++i) {
        Array array = array_in(arrays[i]);
        visitor.array(array_name(i), array);
    }
    Snapshot::Opaque kept = std::make_shared<const KeptTree>(tree);
    visitor.opaque("tree", kept);
}

void restore_state(StateVisitor& visitor, const nb::object& visit) {
    if (!visitor.has("tree")) {
        return;
    }
    mirror_rebound();
    std::int64_t count = 0;
    visitor.integer("arrays", count);
    nb::list arrays;
    for (std::int64_t i = 0; i < count; ++i) {
        Array array;
        visitor.array(array_name(static_cast<std::size_t>(i)), array);
        arrays.append(python_from_array(std::move(array)));
    }
    Snapshot::Opaque kept;
    visitor.opaque("tree", kept);
    visit(static_cast<const KeptTree*>(kept.get())->tree, arrays);
}

nb::tuple dims_tuple(const Dims& dims) {
    nb::list list;
    for (const std::ptrdiff_t extent : dims) {
        list.append(extent);
    }
    return nb::tuple(list);
}

Dims dims_from(nb::handle tuple) {
    Dims dims;
    for (nb::handle extent : nb::borrow<nb::tuple>(tuple)) {
        dims.push_back(nb::cast<std::ptrdiff_t>(extent));
    }
    return dims;
}

nb::object plain_entry(const Snapshot::Entry& entry) {
    if (const auto* number = std::get_if<std::int64_t>(&entry)) {
        return nb::int_(*number);
    }
    if (const auto* real = std::get_if<double>(&entry)) {
        return nb::float_(*real);
    }
    if (const auto* text = std::get_if<std::string>(&entry)) {
        return nb::str(text->c_str(), text->size());
    }
    if (const auto* array = std::get_if<Snapshot::ArrayState>(&entry)) {
        return nb::make_tuple(array->owner, array->window.offset, dims_tuple(array->window.shape),
                              dims_tuple(array->window.strides), array->is_view, array->writable);
    }
    const auto& kept = std::get<Snapshot::Opaque>(entry);
    nb::list tree;
    tree.append(static_cast<const KeptTree*>(kept.get())->tree);
    return tree;
}

Snapshot::Entry entry_from(nb::handle plain) {
    if (nb::isinstance<nb::int_>(plain)) {
        return nb::cast<std::int64_t>(plain);
    }
    if (nb::isinstance<nb::float_>(plain)) {
        return nb::cast<double>(plain);
    }
    if (nb::isinstance<nb::str>(plain)) {
        return nb::cast<std::string>(plain);
    }
    if (nb::isinstance<nb::list>(plain)) {
        return Snapshot::Opaque(std::make_shared<const KeptTree>(nb::object(plain[0])));
    }
    Snapshot::ArrayState state;
    state.owner = nb::cast<std::size_t>(plain[0]);
    state.window.offset = nb::cast<std::ptrdiff_t>(plain[1]);
    state.window.shape = dims_from(plain[2]);
    state.window.strides = dims_from(plain[3]);
    state.is_view = nb::cast<bool>(plain[4]);
    state.writable = nb::cast<bool>(plain[5]);
    return state;
}

/// A snapshot as plain Python values, for pickle: (entries, owners).
nb::tuple take_apart(const Snapshot& snapshot) {
    nb::dict entries;
    for (const auto& [path, entry] : snapshot.entries()) {
        entries[path.c_str()] = plain_entry(entry);
    }
    nb::list owners;
    for (const Snapshot::OwnerState& owner : snapshot.owners()) {
        owners.append(nb::make_tuple(
            python_from_array(Array(owner.content)).attr("to_numpy")().attr("copy")(),
            owner.writable));
    }
    return nb::make_tuple(entries, owners);
}

Snapshot put_together(const nb::dict& entries, const nb::list& owners) {
    std::map<std::string, Snapshot::Entry> parts;
    for (auto [path, entry] : entries) {
        parts.emplace(nb::cast<std::string>(path), entry_from(entry));
    }
    std::vector<Snapshot::OwnerState> contents;
    for (nb::handle owner : owners) {
        const Array array = array_like_from_python(owner[0], Memory::copy);
        contents.push_back({array.dtype(), array.shape(), array.node(), nb::cast<bool>(owner[1])});
    }
    return Snapshot::from_parts(std::move(parts), std::move(contents));
}

}  // namespace

void bind_state(nb::module_& m) {
    m.def("take_apart", &take_apart);
    m.def("put_together", &put_together);
    nb::class_<Snapshot>(m, "Snapshot").def("paths", [](const Snapshot& snapshot) {
        nb::list paths;
        for (const auto& [path, entry] : snapshot.entries()) {
            paths.append(nb::str(path.c_str()));
        }
        return paths;
    });
    m.def("take_snapshot", [](Network& network) { return network.snapshot(); });
    m.def("restore_snapshot",
          [](Network& network, const Snapshot& snapshot) { network.restore(snapshot); });
    // `visit` is a function that finds its network by a weak reference: the engine must not keep
    // Python objects alive.
    m.def("set_state_hook", [](Network& network, nb::object visit) {
        network.set_state_hook([visit = std::move(visit)](StateVisitor& visitor) {
            visitor.is_saving() ? save_state(visitor, visit) : restore_state(visitor, visit);
        });
    });
}

}  // namespace monnto::python
