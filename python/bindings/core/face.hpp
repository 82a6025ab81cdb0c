#pragma once

#include <monnto/core/object.hpp>

#include <Python.h>

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace monnto::python {

/// The Python side of a network or group: attributes in the instance's `__dict__`.
///
/// Python writes there and nowhere else; C++ looks for newer values when it touches a slot. What
/// C++ rebinds is mirrored into the `__dict__` before control goes to Python (mirror_rebound).
class PythonFace final : public LanguageFace {
public:
    PythonFace(Object& object, PyObject* owner) : object_(&object), owner_(owner) {}
    ~PythonFace() override;

    void refresh(Slot& slot) override;
    void rebound() override;
    void forget(const Slot& slot) override;
    std::optional<expression::Value> value(std::string_view name) override;
    std::optional<Array> evaluate(const std::string& text) override;
    std::vector<std::string> names() override;
    void append_matches(std::string_view key, Found& found) override;
    void append_tags(std::vector<std::string>& tags) const override;
    void append_places(Places& places, const std::string& owner) override;

    /// Brings what C++ rebound into the `__dict__`.
    void mirror();

private:
    struct Seen {
        PyObject* name = nullptr;      // strong, interned
        std::uint64_t writes = ~0ULL;  // of the owner when the slot was last compared
    };
    Object* object_;
    PyObject* owner_;  // borrowed
    std::unordered_map<const Slot*, Seen> seen_;
};

/// How Python's interpreter evaluates a text on an object: `evaluate(object, text)`.
void set_face_expression(PyObject* evaluate);

/// Mirrors every slot that C++ rebound since the last call, in all networks. Called before Python
/// code runs; free where nothing was rebound.
void mirror_rebound();

}  // namespace monnto::python
