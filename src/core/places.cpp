// Where arrays live between iterations: what a plan has to carry on.
#include <monnto/core/behavior.hpp>
#include <monnto/core/object.hpp>
#include <monnto/core/snapshot.hpp>

#include <fmt/format.h>

namespace monnto {
namespace {

void append(Places& places, const std::string& name, const Array& value) {
    if (value.is_empty_handle() || value.cell().is_picked()) {  // looking would count it
        return;
    }
    places.add(name, value.cell());
}

/// Sees the arrays of a behavior's state and leaves everything as it is.
class Collector final : public StateVisitor {
public:
    Collector(Places& places, std::string owner) : places_(places) { place_ = std::move(owner); }

    [[nodiscard]] bool is_saving() const noexcept override { return true; }
    void array(std::string_view name, Array& value) override { append(places_, path(name), value); }
    void integer(std::string_view /*name*/, std::int64_t& /*value*/) override {}
    void real(std::string_view /*name*/, double& /*value*/) override {}
    void text(std::string_view /*name*/, std::string& /*value*/) override {}
    void opaque(std::string_view /*name*/, Snapshot::Opaque& /*value*/) override {}
    [[nodiscard]] bool has(std::string_view /*name*/) const override { return true; }
    [[nodiscard]] std::vector<std::string> names() const override { return {}; }

private:
    Places& places_;
};

}  // namespace

void Behavior::append_places(Places& places, const std::string& owner) {
    Collector collector(places, owner);
    visit_state(collector);
}

void Object::append_places(Places& places) {
    const std::string name = fmt::format("{} ({})", description(), creation_index_);
    for (Slot* slot : slot_order_) {
        // As it is: asking the face would make a slot hold what only Python holds.
        append(places, fmt::format("{} of {}, C++", slot->name(), name), slot->peek());
    }
    if (face_ != nullptr) {
        face_->append_places(places, name);
    }
    for (const auto& [key, behavior] : behaviors_) {
        if (!behavior->is_observer()) {
            behavior->append_places(
                places,
                fmt::format("behavior {} at key {} of {}: ", behavior->class_name(), key, name));
        }
    }
}

}  // namespace monnto
