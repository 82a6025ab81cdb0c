#pragma once

#include <monnto/array/plan.hpp>
#include <monnto/core/parameter.hpp>
#include <monnto/core/tagged_object.hpp>

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace monnto {

/// A module of dynamics: the only place where anything happens. Attached to one or several objects
/// under a key, it is initialized once and then called every step, both in the order of keys.
class Behavior : public TaggedObject {
public:
    Behavior() = default;
    /// The reserved names `tag` and `behavior_enabled` are taken from the parameters.
    explicit Behavior(ParameterMap parameters) { set_parameters(std::move(parameters)); }

    virtual void initialize(Object& object);
    virtual void iteration(Object& object);
    /// False keeps the behavior out of the step entirely.
    [[nodiscard]] virtual bool has_iteration() const { return true; }
    /// Initialize when the owning object is constructed instead of in Network::initialize().
    [[nodiscard]] virtual bool initialize_on_init() const { return false; }
    /// Initialize in a second round, after all others.
    [[nodiscard]] virtual bool initialize_last() const { return false; }
    /// Whether running it leaves everything else as it is (recorders): it then runs when
    /// `recording` allows, and takes no part in plans.
    [[nodiscard]] virtual bool is_observer() const { return false; }
    /// Of observers, instead of iteration() after `plan` has replayed an iteration: the same, with
    /// what it needs prepared, and without touching anything else. False where iteration() has to
    /// be called.
    [[nodiscard]] virtual bool observe(Object& /*object*/, Plan& /*plan*/) { return false; }

    /// Whether every iteration does the same operations, on other values: no branch on a value, no
    /// draw but the engine's, no number that changes by itself. Where all behaviors of a network
    /// say so, its iterations are replayed without calling them (S21); setting an attribute makes
    /// the next one call them again.
    [[nodiscard]] virtual bool is_static() const { return false; }
    /// Why iterations in which it works on `object` cannot be replayed; empty where they can be: it
    /// is static, or known to do the same as if it were.
    [[nodiscard]] virtual std::string obstacle_to_replay(Object& object);
    /// After it found no obstacle: whether that is known of its code, not promised by somebody who
    /// may be wrong. Then one iteration tells what all of them do.
    [[nodiscard]] virtual bool surely_repeats() const noexcept { return false; }
    /// Arrays that live on between iterations, for plans; by default those of visit_state.
    virtual void append_places(Places& places, const std::string& owner);

    /// The registered name, or the C++ class without namespace.
    [[nodiscard]] std::string class_name() const override;

    /// What a tag search for `key` finds inside this behavior (a recorder answers its variables);
    /// may be null. The behavior keeps it: `find` hands out references.
    [[nodiscard]] virtual std::shared_ptr<Findable> result(std::string_view key);
    [[nodiscard]] virtual std::vector<std::string> result_names() const { return {}; }

    /// Names every piece of state that a snapshot must keep: one function for saving and restoring.
    virtual void visit_state(StateVisitor& visitor);

    [[nodiscard]] bool is_enabled() const noexcept { return enabled_; }
    void set_enabled(bool enabled) noexcept;

    void set_parameters(ParameterMap parameters);
    [[nodiscard]] const ParameterMap& parameters() const noexcept { return parameters_; }
    /// The same without taking the reserved names out (restore).
    void replace_parameters(ParameterMap parameters) { parameters_ = std::move(parameters); }
    /// The parameter of that name, or the default; a text is resolved for `object`
    /// (parameter_from_text). Throws BadParameter for NaN. Asking marks the name as known.
    [[nodiscard]] Parameter parameter(std::string_view name, const Parameter& fallback,
                                      Object* object = nullptr);
    /// For faces that keep parameters themselves.
    void mark_parameter_used(std::string_view name) { used_.emplace(name); }
    [[nodiscard]] const std::set<std::string, std::less<>>& used_parameters() const noexcept {
        return used_;
    }
    /// What was given, for summaries: "tau=20"; empty where nothing was.
    [[nodiscard]] virtual std::string parameters_text() const { return given_; }
    /// Parameters given but never asked for.
    [[nodiscard]] virtual std::vector<std::string> unused_parameters() const;

    void append_matches(std::string_view key, Found& found) override;
    void append_tags(std::vector<std::string>& tags) const override;

    /// Completes the tags on first attachment: those of the user, then the class name.
    void complete_tags();
    /// Tags of the user, before or after attachment.
    Behavior& with_tag(std::string_view tags);

private:
    friend class BehaviorRegistry;

    bool enabled_ = true;
    bool has_class_tag_ = false;
    ParameterMap parameters_;
    std::set<std::string, std::less<>> used_;
    std::string registered_name_;
    std::string given_;  // parameters_text
};

/// Bases for behaviors that belong on one kind of object. Attaching them elsewhere throws
/// TypeMismatch at initialize.
template <class Owner>
class BehaviorOf : public Behavior {
public:
    using Behavior::Behavior;
    virtual void initialize(Owner& /*owner*/) {}
    virtual void iteration(Owner& owner) = 0;
    void initialize(Object& object) final;
    void iteration(Object& object) final;
};
using NeuronBehavior = BehaviorOf<NeuronGroup>;
using SynapseBehavior = BehaviorOf<SynapseGroup>;
using NetworkBehavior = BehaviorOf<Network>;

extern template class BehaviorOf<NeuronGroup>;
extern template class BehaviorOf<SynapseGroup>;
extern template class BehaviorOf<Network>;

}  // namespace monnto
