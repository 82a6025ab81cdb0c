#pragma once

#include "events/pending_rows.hpp"
#include "row_history.hpp"
#include "synapse_blocks.hpp"
#include "synapse_operand.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

namespace monnto::cpu {

/// Updates of the synapses of targets, kept with all that they read until the row of a source is
/// read next (D5). The synapses of a target lie anywhere, a line of memory each; those of a source
/// lie side by side, and most of its targets have had an event since it was read last. Each synapse
/// sees the same operations in the same order, so bits are the same.
class SynapseLog final : public events::PendingRows {
public:
    /// Of values of `width` bytes, one per synapse.
    SynapseLog(PatternRef pattern, std::size_t width);
    SynapseLog(const SynapseLog&) = delete;
    SynapseLog& operator=(const SynapseLog&) = delete;
    ~SynapseLog() override;

    [[nodiscard]] bool fits(const Pattern& pattern, std::size_t width) const noexcept {
        return pattern.id() == pattern_->id() && width == width_;
    }
    /// The log of a buffer, where it has one of that kind.
    [[nodiscard]] static SynapseLog* of(const Buffer& buffer) noexcept {
        return dynamic_cast<SynapseLog*>(buffer.changes());
    }
    /// Whether all that the step reads beside the values are vectors and numbers, which the log can
    /// keep.
    [[nodiscard]] static bool can_keep(const kernel::Graph& graph,
                                       const kernel::Recipe::Step& step);
    [[nodiscard]] bool is_patient() noexcept { return pays_.asks(); }
    [[nodiscard]] const Pattern& pattern() const noexcept { return *pattern_; }

    /// Keeps an update of the synapses of the region's targets, but for those of its sources, which
    /// are done.
    void append(const kernel::Graph& graph, const kernel::Recipe::Step& step,
                const SynapseRegion& region);
    [[nodiscard]] events::RowLayout layout() const noexcept override {
        return events::RowLayout::of(*pattern_);
    }
    void catch_up(std::byte* data, std::span<const std::int32_t> sources) override;
    void settle(std::byte* data) noexcept override;

    /// Updates that some synapse may still wait for.
    [[nodiscard]] std::size_t pending() const noexcept { return updates_; }
    /// Whether it holds so much that all rows should catch up.
    [[nodiscard]] bool is_full() const noexcept;

private:
    struct Input;
    struct Rule;
    class Replay;  // synapse_log_replay.cpp
    /// What is kept of events, an event being one target in one update. They are counted from 1 on;
    /// 0 is none.
    struct Events {
        std::vector<std::uint32_t> before;  // the target's event before
        std::vector<std::uint32_t> number;  // of the update among those of its rule
        std::vector<std::uint8_t> rule;

        void resize(std::size_t count);
    };
    [[nodiscard]] Rule& rule_for(const kernel::Recipe::Step& step,
                                 const std::vector<SynapseOperand>& operands);
    void keep(Input& input, const SynapseOperand& operand,
              const std::vector<std::int32_t>& targets) const;
    void forget_updates() noexcept;
    void describe(const kernel::Graph& graph, const kernel::Recipe::Step& step,
                  const std::vector<SynapseOperand>& operands, const SynapseRegion& region);
    template <class Sources>
    void replay(std::byte* data, std::ptrdiff_t count, const Sources& source_at);
    [[nodiscard]] std::unique_ptr<Replay> take_replay(std::byte* data);
    void give_back(std::unique_ptr<Replay> replay);

    /// Few should meet in a log at all.
    static constexpr std::size_t most_rules = 8;

    PatternRef pattern_;
    std::size_t width_;
    std::size_t most_;  // updates of a rule
    events::WaitingPays pays_;
    std::size_t updates_ = 0;
    std::vector<Rule> rules_;
    std::vector<std::uint64_t> description_;  // of the update that is being appended

    std::size_t count_ = 0;  // events so far
    Events kept_;            // by event, from 0 on
    /// By target, again of its last event: most targets have had one since a row was read, and what
    /// many rows ask for one after the other stays in the cache.
    Events latest_;
    std::vector<std::uint32_t> last_;  // by target: its last event
    std::vector<std::uint32_t> seen_;  // by source: events that its row has taken part in

    std::mutex lock_;
    std::vector<std::unique_ptr<Replay>> idle_;  // one for each thread that has needed one
};

/// What an operand of the kernel was at the time of the updates.
struct SynapseLog::Input {
    enum class Kind : std::uint8_t {
        values,    // what is changed
        single,    // one element in memory, which all synapses read
        constant,  // the same for all synapses in all updates
        by_event,  // an element for each event
        by_row,    // an element for each source and update
    };
    Kind kind = Kind::values;
    std::size_t width = 0;
    std::size_t word = 0;               // argument: its address
    std::optional<std::size_t> stride;  // argument: bytes between elements
    std::vector<std::byte> elements;    // of all events; one where it does not vary
    std::vector<std::byte> latest;      // by_event: by target, of its last event
    std::optional<RowHistory> history;

    [[nodiscard]] static Kind kind_of(const SynapseOperand& operand, bool is_constant);
};

/// Updates that differ in nothing but elements of vectors: a learning rule.
struct SynapseLog::Rule {
    std::vector<std::uint64_t> description;
    kernel::Function function = nullptr;
    std::vector<std::uint64_t> words;  // arguments; addresses of what varies are filled in
    std::size_t output = 0;            // which of them is the result's
    std::vector<Input> inputs;
    std::vector<std::uint32_t> first_events;  // by update
};

}  // namespace monnto::cpu
