#pragma once

#include <monnto/array/plan.hpp>
#include <monnto/array/random_key.hpp>
#include <monnto/core/mode.hpp>
#include <monnto/core/slot.hpp>
#include <monnto/core/tagged_object.hpp>
#include <monnto/expression/value.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace monnto {

/// Behaviors with their keys, in the order in which they are attached.
using Behaviors = std::vector<std::pair<double, std::shared_ptr<Behavior>>>;

/// The side of an object that lives in another language: attributes of Python that are no arrays,
/// and arrays that were assigned there since C++ last looked.
class LanguageFace {
public:
    virtual ~LanguageFace() = default;
    /// Called before C++ reads or writes through a slot: binds a newer array of the other side
    /// (bind_quietly).
    virtual void refresh(Slot& slot) = 0;
    /// Called when a slot is about to end before its object.
    virtual void forget(const Slot& /*slot*/) {}
    /// Called when C++ rebinds a slot while none was waiting: take_rebound() will have something.
    virtual void rebound() {}
    /// The value of an attribute that is no array (a number, a text), for expressions; nothing
    /// where there is none.
    virtual std::optional<expression::Value> value(std::string_view name) = 0;
    /// The value of a text that lies outside the grammar (S25), as the other side understands it;
    /// nothing where it does not.
    virtual std::optional<Array> evaluate(const std::string& /*text*/) { return std::nullopt; }
    /// Variables of the other side, whether C++ has a slot for them or not.
    virtual std::vector<std::string> names() = 0;
    /// What else a tag search finds at this object (analysis modules), after its behaviors.
    virtual void append_matches(std::string_view /*key*/, Found& /*found*/) {}
    virtual void append_tags(std::vector<std::string>& /*tags*/) const {}
    /// Arrays that attributes of the other side hold, each with its holder.
    virtual void append_places(Places& /*places*/, const std::string& /*owner*/) {}
};

/// A key under which the object has a behavior already.
class OccupiedKey : public BadParameter {
public:
    OccupiedKey(double key, std::string_view object, std::string occupant);

    double key;
    std::string occupant;  // class of the behavior that is there
};

/// Base of Network, NeuronGroup and SynapseGroup: variables, behaviors by key, a recording flag.
class Object : public TaggedObject {
public:
    ~Object() override;

    /// The slot of that name, created (unassigned) where there is none. Its address is stable.
    Slot& operator[](std::string_view name);
    /// The slot where it exists already.
    [[nodiscard]] Slot* slot(std::string_view name) noexcept;
    [[nodiscard]] bool has_variable(std::string_view name);
    /// Names of the variables that have a value, in order of their first use.
    [[nodiscard]] std::vector<std::string> variable_names() const;
    void remove_variable(std::string_view name);
    /// Takes back a slot that nobody else has seen; the variable stays where the face has it.
    void forget_slot(std::string_view name);
    /// Slots rebound from C++ since the last call: a face mirrors them lazily.
    [[nodiscard]] std::vector<Slot*> take_rebound();

    /// Attaches a behavior. Throws BadParameter for a NaN or occupied key. With `initialize` it is
    /// initialized at once. Returns the behavior.
    Behavior& add_behavior(double key, const std::shared_ptr<Behavior>& behavior,
                           bool initialize = true);
    void add_behaviors(const Behaviors& behaviors, bool initialize = true);
    /// How a group gets the behaviors of its constructor: all attached, then those with
    /// initialize_on_init initialized in the order of their keys.
    void attach_initial_behaviors(const Behaviors& behaviors);
    /// Each returns how many were removed.
    std::size_t remove_behavior(double key);
    std::size_t remove_behavior(std::string_view tag);
    std::size_t remove_behavior(const Behavior& behavior);
    /// In the order of attachment.
    [[nodiscard]] const Behaviors& behaviors() const noexcept { return behaviors_; }
    [[nodiscard]] Behavior* behavior(double key) const noexcept;
    /// The behaviors under that key here and, for a network, in all groups: what `net[3]` finds.
    [[nodiscard]] virtual std::vector<std::shared_ptr<Behavior>> behaviors_at(double key) const;
    /// Enables or disables every match of `tag` in this object (and below, for a network). Returns
    /// how many.
    std::size_t set_behaviors_enabled(std::string_view tag, bool enabled);
    std::size_t activate_behaviors(std::string_view tag) {
        return set_behaviors_enabled(tag, true);
    }
    std::size_t deactivate_behaviors(std::string_view tag) {
        return set_behaviors_enabled(tag, false);
    }

    [[nodiscard]] bool recording() const noexcept { return recording_; }
    void set_recording(bool on) noexcept { recording_ = on; }

    /// Throws BadState after the network is gone.
    [[nodiscard]] virtual Network& network() const;
    [[nodiscard]] bool has_network() const noexcept { return network_ != nullptr; }
    [[nodiscard]] DType default_dtype() const;
    [[nodiscard]] std::int64_t iteration() const;
    /// Rank by creation within the network: the network 0, groups 1, 2, ...
    [[nodiscard]] std::uint64_t creation_index() const noexcept { return creation_index_; }

    /// The position of the next random draw (S18): of the running behavior's call, or, outside of
    /// behaviors, of this object's own stream. Each call takes one ordinal.
    [[nodiscard]] RandomPosition next_random_position();
    /// Draws taken outside of behaviors so far: part of a snapshot.
    [[nodiscard]] std::uint64_t outside_draws() const noexcept { return outside_draws_; }
    void set_outside_draws(std::uint64_t count) noexcept { outside_draws_ = count; }

    /// Shape that vector() or matrix() have here, for diversity strings; rank 0 for a network.
    [[nodiscard]] virtual Shape natural_shape() const { return {}; }
    /// An array of natural_shape(): vector() of a group, matrix() of a synapse group.
    [[nodiscard]] Array from_mode(const Mode& mode, const ModeOptions& options = {});

    /// Shifts the rows of `buffer` by one in place; the newest is at 0 (at the last row with
    /// `counter`).
    static void buffer_roll(Array& buffer, const std::optional<Operand>& newest = {},
                            bool counter = false);

    [[nodiscard]] LanguageFace* face() const noexcept { return face_.get(); }
    void set_face(std::shared_ptr<LanguageFace> face) { face_ = std::move(face); }

    void append_matches(std::string_view key, Found& found) override;
    void append_tags(std::vector<std::string>& tags) const override;
    /// Arrays that live on between iterations, of this object and its behaviors (for plans).
    virtual void append_places(Places& places);
    /// Settings of the object itself that a snapshot keeps beside its variables.
    virtual void visit_state(StateVisitor& visitor);

protected:
    Object() = default;

private:
    friend class Network;
    friend class Slot;

    void insert_behavior(double key, std::shared_ptr<Behavior> behavior);
    void mark_rebound(Slot& slot);
    template <class Predicate>
    std::size_t remove_where(Predicate predicate);

    Network* network_ = nullptr;
    std::uint64_t creation_index_ = 0;
    std::uint64_t outside_draws_ = 0;
    bool recording_ = true;
    Behaviors behaviors_;
    std::map<std::string, std::unique_ptr<Slot>, std::less<>> slots_;
    std::vector<Slot*> slot_order_;
    std::vector<Slot*> rebound_;
    std::shared_ptr<LanguageFace> face_;
};

}  // namespace monnto
