#pragma once

#include <monnto/array/trace.hpp>

#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace monnto {

/// What the next node will be numbered. Numbers tell when a node was recorded, and hold nothing:
/// neither the node, whose holders decide what is written in place, nor an address, which comes
/// again.
[[nodiscard]] std::uint64_t next_node_id() noexcept;

inline constexpr double between_iterations = std::numeric_limits<double>::quiet_NaN();

/// A call of a behavior, as the numbers of nodes see it.
struct Moment {
    std::uint64_t first_id = 0;       // of the nodes that were recorded from then on
    double key = between_iterations;  // of the behavior
    std::int64_t iteration = 0;
    std::uint64_t object = 0;  // whose behavior, by creation
};

/// Which call recorded which nodes: the first few thousand calls (the initialization) and the last.
/// Calls that recorded nothing take no room. Kept always, for a few nanoseconds per call.
class MomentLog {
public:
    void begin(double key, std::int64_t iteration, std::uint64_t object);
    /// Null where it was before the first one, or is forgotten.
    [[nodiscard]] const Moment* find(std::uint64_t id) const noexcept;

private:
    std::vector<Moment> moments_;  // ascending
};

/// While one lives on this thread, the variables of a network are known by the numbers of the nodes
/// that they hold, so that explanations speak of `spike` and not of an operand.
class Legend {
public:
    Legend() noexcept;
    Legend(const Legend&) = delete;
    Legend& operator=(const Legend&) = delete;
    ~Legend();
    /// Null while nobody looks.
    [[nodiscard]] static Legend* current() noexcept;

    // What the network tells.
    /// `ahead`: by how much its steps are ahead of the numbers of its iterations.
    void read(const MomentLog& log, std::int64_t ahead) noexcept {
        log_ = &log;
        ahead_ = ahead;
    }
    void add_object(std::uint64_t object, std::string tag) { tags_[object] = std::move(tag); }
    void add_behavior(std::uint64_t object, double key, std::string name) {
        behaviors_[{object, key}] = std::move(name);
    }
    /// A variable has that content at present.
    void add_name(std::uint64_t id, const std::string& variable, std::uint64_t object);

    // What those tell who copy nodes.
    /// A node of a tape or a plan, and the one it stands for.
    void add_copy(std::uint64_t copy, std::uint64_t original) { copies_[copy] = original; }
    /// What a cast or a window looks at: it is called the same unless it has a name.
    void add_window(std::uint64_t window, std::uint64_t source) { windows_[window] = source; }

    /// What another node is computed from, where nobody names it.
    void add_input(std::uint64_t id, std::uint64_t input) { inputs_.emplace(id, input); }

    // What executors ask.
    /// Names are from here on what they were for the call that recorded this.
    void turn_to(std::uint64_t result);
    /// "`spike` of exc", without the object where it is that of the call; "from `spike` of exc" of
    /// what is computed from it and has no name.
    [[nodiscard]] std::string name_of(std::uint64_t id) const;
    /// Another variable that still has that content.
    [[nodiscard]] std::string other_name_of(std::uint64_t id) const;
    /// "key 3, iteration 0"; empty where that is forgotten. A plan has the same nodes in each run:
    /// of what happened in one of these, `step` is the step of the network.
    [[nodiscard]] std::string moment_of(std::uint64_t id, std::uint64_t step = 0) const;
    /// The calls that recorded these, each with the variables that have the results.
    [[nodiscard]] std::vector<StepOrigin> origins_of(std::span<const std::uint64_t> results) const;

private:
    struct Name {
        std::string variable;
        std::uint64_t object = 0;
        std::uint64_t first = 0, last = 0;  // numbers of the next nodes when it was seen
    };
    [[nodiscard]] std::uint64_t original(std::uint64_t id) const;
    [[nodiscard]] const std::vector<Name>* names_of(std::uint64_t id) const;
    void add_names_below(std::uint64_t id, int depth, std::vector<std::string>& found) const;
    [[nodiscard]] const Name* chosen(const std::vector<Name>& names) const;
    [[nodiscard]] std::string text(const Name& name, std::uint64_t beside) const;
    [[nodiscard]] const Moment* call_of(std::uint64_t id) const {
        return log_ == nullptr ? nullptr : log_->find(original(id));
    }

    const MomentLog* log_ = nullptr;
    std::int64_t ahead_ = 0;
    Moment call_;
    std::map<std::uint64_t, std::string> tags_;
    std::map<std::pair<std::uint64_t, double>, std::string> behaviors_;
    std::unordered_map<std::uint64_t, std::vector<Name>> names_;
    std::unordered_map<std::uint64_t, std::uint64_t> copies_, windows_;
    std::unordered_multimap<std::uint64_t, std::uint64_t> inputs_;
};

}  // namespace monnto
