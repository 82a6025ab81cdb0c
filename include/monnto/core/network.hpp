#pragma once

#include <monnto/core/behavior.hpp>
#include <monnto/core/object.hpp>
#include <monnto/core/random_stream.hpp>
#include <monnto/core/settings.hpp>

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace monnto {

/// A model: neuron groups, synapse groups, and the behaviors attached to them and to the network
/// itself.
///
/// Behaviors run in the order of their keys over the whole network, ties in order of creation of
/// the objects. An exception from a behavior leaves the network usable: recordings are kept,
/// everything can be looked at, and Error gains a line that names object, behavior, key and
/// iteration.
///
/// Threads: one at a time; `mutex()` is held during each iteration, so that others who lock it see
/// iteration boundaries.
class Network final : public Object {
public:
    explicit Network(Settings settings = {}, const Behaviors& behaviors = {});
    Network(const Network&) = delete;
    Network& operator=(const Network&) = delete;
    ~Network() override;

    // -- building
    /// Creates a group; the network owns it. Throws BadParameter for a size below 1.
    NeuronGroup& add_neurons(std::string_view tag, std::ptrdiff_t size,
                             const Behaviors& behaviors = {});
    SynapseGroup& add_synapses(std::string_view tag, Population& source, Population& destination,
                               const Behaviors& behaviors = {});
    /// By tags. Throws UnknownName.
    SynapseGroup& add_synapses(std::string_view tag, std::string_view source,
                               std::string_view destination, const Behaviors& behaviors = {});
    /// Takes a group made elsewhere (by a language face), which has no network yet; behaviors
    /// follow with attach_initial_behaviors().
    void adopt(const std::shared_ptr<NeuronGroup>& group);
    void adopt(const std::shared_ptr<SynapseGroup>& group);
    void remove(NeuronGroup& group);  ///< with the synapse groups that touch it
    void remove(SynapseGroup& group);

    [[nodiscard]] const std::vector<std::shared_ptr<NeuronGroup>>& neuron_groups() const noexcept {
        return neurons_;
    }
    [[nodiscard]] const std::vector<std::shared_ptr<SynapseGroup>>& synapse_groups()
        const noexcept {
        return synapses_;
    }
    /// The network, its neuron groups, its synapse groups.
    [[nodiscard]] std::vector<Object*> all_objects();

    // -- running
    /// Initializes every behavior in the order of keys, those with initialize_last in a second
    /// round, and makes the first tags of neuron groups unique (x, xb, xc).
    void initialize();
    [[nodiscard]] bool is_initialized() const noexcept { return initialized_; }
    /// One step. `measure` adds to times().
    void simulate_iteration(bool measure = false);
    RunReport simulate_iterations(std::int64_t count, const RunOptions& options = {});
    /// Time in ms, rounded to whole steps of dt; warns where it does not fit.
    RunReport run_for(double milliseconds, const RunOptions& options = {});
    /// Ends the run after the present step. May be called from any thread or signal handler.
    void request_stop() noexcept { stop_.store(true, std::memory_order_relaxed); }
    [[nodiscard]] bool is_running() const noexcept { return running_; }

    /// 0 before the first step, which has value 1. Settable: it is a label, randomness does not
    /// depend on it.
    [[nodiscard]] std::int64_t current_iteration() const noexcept { return iteration_; }
    void set_iteration(std::int64_t iteration) noexcept { iteration_ = iteration; }
    /// Steps ever executed: only grows (S18).
    [[nodiscard]] std::uint64_t engine_step() const noexcept { return engine_step_; }

    // -- settings
    [[nodiscard]] const Settings& settings() const noexcept { return settings_; }
    /// Drawn by the constructor where the settings leave it out.
    [[nodiscard]] std::uint64_t seed() const noexcept { return settings_.seed.value_or(0); }
    [[nodiscard]] double dt() const noexcept { return settings_.dt; }  // ms
    void set_dt(double milliseconds);
    void set_recording_everywhere(bool on);

    // -- looking
    /// The steps of an iteration in order of execution.
    struct Step {
        double key;
        Object* object;
        std::shared_ptr<Behavior> behavior;
    };
    [[nodiscard]] const std::vector<Step>& schedule();
    [[nodiscard]] std::vector<BehaviorTime> times() const;
    void clear_times();
    /// "NeuronGroup 'exc', behavior Lif at key 2, iteration 17" of the last exception; "" before
    /// one.
    [[nodiscard]] const std::string& last_failure() const noexcept { return failure_; }
    /// Counts, groups with shapes, behaviors with keys: one line each.
    [[nodiscard]] std::string summary() const;

    /// Whether iterations are replayed (S21), and if not, why: for explain().
    [[nodiscard]] std::string replay_status() const;
    /// Forgets earlier disappointments: a plan is tried as soon as possible.
    void expect_replay() noexcept;
    /// Describes the state of random generators that are not the engine's, so that a static
    /// behavior that draws from one of them is found out.
    void set_generator_probe(std::function<std::string()> probe);

    // -- state (S19)
    [[nodiscard]] Snapshot snapshot();
    /// Makes everything what it was: of this network or of one built alike. Throws BadState where
    /// groups or behaviors do not fit, before anything is changed.
    void restore(const Snapshot& snapshot);
    /// Additional state of a language face, visited within snapshot() and restore().
    void set_state_hook(std::function<void(StateVisitor&)> hook) { state_hook_ = std::move(hook); }

    /// Where warnings go (unused parameters, renamed tags); standard error by default.
    void set_warning_sink(std::function<void(const std::string&)> sink) { warn_ = std::move(sink); }
    void warn(const std::string& message) const;

    [[nodiscard]] std::recursive_mutex& mutex() noexcept {
        note_visit();
        return mutex_;
    }
    /// Somebody may have taken hold of arrays between two iterations: a plan looks again. Needed
    /// only where neither mutex() nor a new call of simulate tells.
    void note_visit() noexcept { visits_.fetch_add(1, std::memory_order_release); }

    /// Calls `behavior.initialize(object)` as the schedule would: random stream, error context,
    /// unused parameters.
    void initialize_behavior(double key, Object& object, const std::shared_ptr<Behavior>& behavior,
                             bool report_unused = true);
    /// Something about the schedule changed (behaviors, groups).
    void invalidate_schedule() noexcept { schedule_valid_ = false; }

    [[nodiscard]] Network& network() const override {
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): objects lead to their mutable net
        return const_cast<Network&>(*this);
    }
    [[nodiscard]] std::string class_name() const override { return "Network"; }
    [[nodiscard]] std::vector<std::shared_ptr<Behavior>> behaviors_at(double key) const override;
    void append_matches(std::string_view key, Found& found) override;
    void append_tags(std::vector<std::string>& tags) const override;
    void visit_state(StateVisitor& visitor) override;

private:
    friend class Object;
    friend class DrawScope;

    /// The call whose draws are being counted (S18).
    struct DrawCall {
        std::uint64_t stream = 0;
        std::uint32_t ordinal = 0;
        bool active = false;
    };
    void attach(Object& group);
    void rebuild_schedule();
    void iterate(bool measure);
    void run_step(const Step& step, bool measure);
    void run_recorded(const std::vector<Step>& steps, bool measure);
    void run_observers(const std::vector<Step>& steps);
    [[nodiscard]] bool is_attached(const Step& step) const;
    [[nodiscard]] std::vector<Step> all_steps();
    [[nodiscard]] std::string place_of(double key, const Object& object, const Behavior& behavior,
                                       Phase phase) const;
    void visit(StateVisitor& visitor);
    void make_tags_unique();
    void run_batches(std::int64_t count, const RunOptions& options, RunReport& report);
    [[nodiscard]] bool should_stop(const RunOptions& options) noexcept;
    template <class Call>
    void guarded(double key, Object& object, Behavior& behavior, Phase phase, Call&& call);

    Settings settings_;
    std::vector<std::shared_ptr<NeuronGroup>> neurons_;
    std::vector<std::shared_ptr<SynapseGroup>> synapses_;
    std::uint64_t created_ = 1;  // objects so far; the network itself is number 0
    std::uint64_t neuron_groups_created_ = 0;
    std::uint64_t synapse_groups_created_ = 0;
    std::int64_t iteration_ = 0;
    std::uint64_t engine_step_ = 0;
    bool initialized_ = false;
    bool running_ = false;
    bool schedule_valid_ = false;
    std::shared_ptr<const std::vector<Step>>
        schedule_;  // replaced, never changed: an iteration may be walking it
    std::vector<std::shared_ptr<Object>>
        removed_;  // kept until no iteration can be walking over them
    DrawCall draw_;
    std::atomic<bool> stop_{false};
    std::string failure_;
    std::map<std::pair<double, std::uint64_t>, BehaviorTime> times_;
    std::function<void(StateVisitor&)> state_hook_;
    std::function<void(const std::string&)> warn_;
    std::set<std::string> slow_causes_;  // warned about
    std::unique_ptr<Replay> replay_;
    std::atomic<std::uint64_t> visits_{1};
    std::uint64_t visits_at_replay_ = 0;
    std::recursive_mutex mutex_;
};

}  // namespace monnto
