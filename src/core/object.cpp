#include <monnto/core/object.hpp>

#include <monnto/array/changes.hpp>
#include <monnto/array/functions.hpp>
#include <monnto/array/tape.hpp>
#include <monnto/core/behavior.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/random_stream.hpp>
#include <monnto/core/snapshot.hpp>

#include <algorithm>

namespace monnto {

Object::~Object() = default;

Network& Object::network() const {
    if (network_ == nullptr) {
        throw BadState(description() +
                       " belongs to no network: add it to one, or keep its network alive");
    }
    return *network_;
}

DType Object::default_dtype() const {
    return has_network() ? network().settings().dtype : DType::f32;
}

std::int64_t Object::iteration() const {
    TapeScope::refuse("asks for the number of the iteration");
    return network().current_iteration();
}

Slot& Object::operator[](std::string_view name) {
    if (Slot* known = slot(name)) {
        return *known;
    }
    auto made = std::make_unique<Slot>(*this, std::string(name));
    Slot& reference = *made;
    slots_.emplace(std::string(name), std::move(made));
    slot_order_.push_back(&reference);
    return reference;
}

Slot* Object::slot(std::string_view name) noexcept {
    const auto found = slots_.find(name);
    return found == slots_.end() ? nullptr : found->second.get();
}

bool Object::has_variable(std::string_view name) {
    if (const Slot* known = slot(name)) {
        return known->is_assigned();
    }
    if (face_ == nullptr) {
        return false;
    }
    const std::vector<std::string> names = face_->names();
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<std::string> Object::variable_names() const {
    std::vector<std::string> names;
    for (const Slot* variable : slot_order_) {
        if (!variable->peek().is_empty_handle()) {
            names.push_back(variable->name());
        }
    }
    if (face_ != nullptr) {
        for (std::string& name : face_->names()) {
            if (std::find(names.begin(), names.end(), name) == names.end()) {
                names.push_back(std::move(name));
            }
        }
    }
    return names;
}

void Object::remove_variable(std::string_view name) {
    if (Slot* known = slot(name)) {
        known->bind_quietly({});
        mark_rebound(*known);
    }
}

void Object::forget_slot(std::string_view name) {
    const auto found = slots_.find(name);
    if (found == slots_.end()) {
        return;
    }
    const Slot* known = found->second.get();
    if (face_ != nullptr) {
        face_->forget(*known);
    }
    std::erase(slot_order_, known);
    std::erase(rebound_, known);
    slots_.erase(found);
}

void Object::mark_rebound(Slot& slot) {
    Changes::note();
    ++slot.version_;
    if (!slot.is_marked_) {
        slot.is_marked_ = true;
        if (rebound_.empty() && face_ != nullptr) {
            face_->rebound();
        }
        rebound_.push_back(&slot);
    }
}

std::vector<Slot*> Object::take_rebound() {
    for (Slot* slot : rebound_) {
        slot->is_marked_ = false;
    }
    return std::exchange(rebound_, {});
}

RandomPosition Object::next_random_position() {
    Network& net = network();
    if (net.draw_.active) {
        return {net.draw_.stream, net.engine_step_, net.draw_.ordinal++};
    }
    // The count stands where the step does inside behaviors, so that it never runs out.
    return {stream_key(net.seed(), creation_index_, 0.0, Phase::outside), outside_draws_++, 0};
}

Array Object::from_mode(const Mode& mode, const ModeOptions& options) {
    return array_from_mode(*this, mode, natural_shape(), options);
}

void Object::buffer_roll(Array& buffer, const std::optional<Operand>& newest, bool counter) {
    const std::ptrdiff_t rows = buffer.shape()[0];
    if (rows > 1) {
        const Slice head = slice({}, -1);
        const Slice tail = slice(1, {});
        buffer(counter ? head : tail) = buffer(counter ? tail : head);
    }
    if (newest) {
        buffer(counter ? rows - 1 : 0) = *newest;
    }
}

void Object::visit_state(StateVisitor& visitor) {
    visitor.boolean("recording", recording_);
    auto draws = static_cast<std::int64_t>(outside_draws_);
    visitor.integer("outside_draws", draws);
    outside_draws_ = static_cast<std::uint64_t>(draws);
}

}  // namespace monnto
