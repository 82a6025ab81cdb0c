#include "binding.hpp"
#include "pick.hpp"
#include "reference/operand.hpp"
#include "synapse_log.hpp"
#include "team.hpp"

#include <monnto/array/executor.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>

namespace monnto::cpu {
namespace {

/// Of the memory of the values, what the elements of one vector may take for all rows and updates.
constexpr std::size_t share_of_history = 2;
constexpr std::size_t fewest_updates = 16;

/// Synapses of a row that are computed at a time.
constexpr std::size_t most = 2048;

}  // namespace

/// Memory of a thread for rows that catch up.
class SynapseLog::Replay {
public:
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): lists are filled before they are read
    explicit Replay(const SynapseLog& log) : log_(log) {}

    /// For values there, and rules that have come meanwhile.
    void begin(std::byte* data) {
        data_ = data;
        changed_ = 0;
        while (ready_.size() < log_.rules_.size()) {
            const Rule& rule = log_.rules_[ready_.size()];
            prepare(rule, ready_.emplace_back());
        }
    }

    /// Asks for what a row will need soon.
    void fetch(std::int32_t source) const {
        const Pattern::Range row = log_.pattern_->row(source);
        const auto lines = [](const std::byte* from, const std::byte* last) {
            constexpr std::size_t line = 64;
            for (; from < last; from += line) {
                __builtin_prefetch(from, 0, 2);
            }
        };
        const auto width = static_cast<std::int64_t>(log_.width_);
        lines(data_ + row.first * width, data_ + row.last * width);
        log_.pattern_->with_targets([&](const auto* targets) {
            lines(reinterpret_cast<const std::byte*>(targets + row.first),
                  reinterpret_cast<const std::byte*>(targets + row.last));
        });
        for (const Rule& rule : log_.rules_) {
            for (const Input& input : rule.inputs) {
                if (input.history) {
                    input.history->fetch(source, first_update(rule, source));
                }
            }
        }
    }

    /// Makes what is pending for the row of a source.
    void run(std::int32_t source) {
        const std::uint32_t seen = log_.seen_[static_cast<std::size_t>(source)];
        if (seen == log_.count_) {
            return;
        }
        bring_histories(source);
        log_.pattern_->for_rows(source, source + 1, [&](auto, auto row, const auto* targets) {
            for (std::int64_t first = row.first; first < row.last; first += most) {
                const auto count = std::min(most, static_cast<std::size_t>(row.last - first));
                row_ = data_ + first * static_cast<std::int64_t>(log_.width_);
                run_piece(targets + (first - row.first), count, seen);
            }
        });
    }
    /// Elements changed so far.
    [[nodiscard]] std::uint64_t changed() const noexcept { return changed_; }

private:
    /// Synapses that are changed together, no two of them the same.
    struct Level {  // NOLINT(cppcoreguidelines-pro-type-member-init): filled before it is read
        bool is_latest = false;  // whether targets' last events, or events before others
        std::size_t count = 0;
        std::array<std::uint16_t, most> places;  // in the piece of the row
        std::array<std::uint32_t, most> events;  // from 0 on; latest: their targets
    };
    /// A rule's kernel with memory for its operands.
    struct Ready {
        std::vector<std::uint64_t> words;
        std::vector<Ref<Buffer>> memory;              // of what varies
        std::vector<std::vector<std::byte>> history;  // of the row, where an input has one
        std::size_t first = 0;                        // update of which the histories begin
        std::byte* values = nullptr;
        bool has_history = false;
    };

    static void prepare(const Rule& rule, Ready& ready) {
        ready.words = rule.words;
        ready.memory.resize(rule.inputs.size());
        ready.history.resize(rule.inputs.size());
        for (std::size_t k = 0; k < rule.inputs.size(); ++k) {
            const Input& input = rule.inputs[k];
            ready.words[input.word] = address(input.elements.data());
            if (input.kind == Input::Kind::single) {
                continue;
            }
            ready.memory[k] = Buffer::allocate((most + kernel::lanes) * input.width);
            std::byte* memory = ready.memory[k]->data();
            ready.words[input.word] = address(memory);
            if (input.stride) {
                ready.words[*input.stride] = input.width;
            }
            ready.has_history = ready.has_history || input.history.has_value();
            if (input.kind == Input::Kind::values) {
                ready.values = memory;
                ready.words[rule.output] = address(memory);
            } else if (input.kind == Input::Kind::constant) {
                reference::dispatch_by_size(input.width, [&]<class T>() {
                    std::fill_n(reinterpret_cast<T*>(memory), most + kernel::lanes,
                                *reinterpret_cast<const T*>(input.elements.data()));
                });
            }
        }
    }

    /// The first update of a rule that a row has not taken part in.
    [[nodiscard]] std::size_t first_update(const Rule& rule, std::int32_t source) const {
        const std::uint32_t seen = log_.seen_[static_cast<std::size_t>(source)];
        return static_cast<std::size_t>(std::ranges::lower_bound(rule.first_events, seen) -
                                        rule.first_events.begin());
    }

    void bring_histories(std::int32_t source) {
        for (std::size_t r = 0; r < ready_.size(); ++r) {
            const Rule& rule = log_.rules_[r];
            Ready& ready = ready_[r];
            const std::size_t first = first_update(rule, source);
            for (std::size_t k = 0; k < rule.inputs.size(); ++k) {
                const Input& input = rule.inputs[k];
                if (input.history) {
                    ready.first = input.history->begin_of(first);
                    ready.history[k].resize((input.history->size() + most) * input.width);
                    input.history->bring(source, first, ready.history[k].data());
                }
            }
        }
    }

    /// The latest events of targets, those before them, and so on: then the oldest come first.
    template <class Index>
    void run_piece(const Index* targets, std::size_t count, std::uint32_t seen) {
        std::size_t depth = 0;
        for (find_latest(targets, count, seen, level(0)); level(depth).count > 0; ++depth) {
            find_before(level(depth), seen, level(depth + 1));
        }
        while (depth > 0) {
            run_level(level(--depth));
        }
    }
    [[nodiscard]] Level& level(std::size_t depth) {
        while (depth >= levels_.size()) {
            levels_.push_back(std::make_unique<Level>());
            levels_.back()->is_latest = levels_.size() == 1;
        }
        return *levels_[depth];
    }
    template <class Index>
    void find_latest(const Index* targets, std::size_t count, std::uint32_t seen, Level& found) {
        const std::uint32_t* last = log_.last_.data();
        std::size_t k = 0;
        for (std::size_t i = 0; i < count; ++i) {  // without branches: most have one
            const auto target = static_cast<std::uint32_t>(targets[i]);
            found.places[k] = static_cast<std::uint16_t>(i);
            found.events[k] = target;
            k += last[target] > seen ? 1 : 0;
        }
        found.count = k;
    }
    void find_before(const Level& later, std::uint32_t seen, Level& found) {
        const std::uint32_t* before = kept(later).before.data();
        std::size_t k = 0;
        for (std::size_t i = 0; i < later.count; ++i) {
            const std::uint32_t event = before[later.events[i]];
            found.places[k] = later.places[i];
            found.events[k] = event - 1;
            k += event > seen ? 1 : 0;
        }
        found.count = k;
    }

    [[nodiscard]] const Events& kept(const Level& level) const noexcept {
        return level.is_latest ? log_.latest_ : log_.kept_;
    }

    void run_level(const Level& all) {
        changed_ += all.count;
        if (ready_.size() == 1) {
            run_rule(log_.rules_[0], ready_[0], all);
            return;
        }
        const std::vector<std::uint8_t>& rules = kept(all).rule;
        of_rule_.is_latest = all.is_latest;
        for (std::size_t r = 0; r < ready_.size(); ++r) {
            of_rule_.count = 0;
            for (std::size_t i = 0; i < all.count; ++i) {
                if (rules[all.events[i]] == r) {
                    of_rule_.places[of_rule_.count] = all.places[i];
                    of_rule_.events[of_rule_.count++] = all.events[i];
                }
            }
            if (of_rule_.count > 0) {
                run_rule(log_.rules_[r], ready_[r], of_rule_);
            }
        }
    }

    void run_rule(const Rule& rule, Ready& ready, const Level& synapses) {
        if (ready.has_history) {
            const std::uint32_t* number = kept(synapses).number.data();
            const auto first = static_cast<std::uint32_t>(ready.first);
            for (std::size_t i = 0; i < synapses.count; ++i) {
                updates_[i] = number[synapses.events[i]] - first;
            }
        }
        for (std::size_t k = 0; k < rule.inputs.size(); ++k) {
            bring(rule.inputs[k], ready, k, synapses);
        }
        rule.function(ready.words.data(), 0, static_cast<std::int64_t>(synapses.count));
        reference::dispatch_by_size(log_.width_, [&]<class T>() {
            const T* from = reinterpret_cast<const T*>(ready.values);
            T* to = reinterpret_cast<T*>(row_);
#pragma GCC unroll 8
            for (std::size_t i = 0; i < synapses.count; ++i) {
                to[synapses.places[i]] = from[i];
            }
        });
    }
    void bring(const Input& input, const Ready& ready, std::size_t k, const Level& synapses) {
        using Kind = Input::Kind;
        if (input.kind == Kind::single || input.kind == Kind::constant) {
            return;
        }
        reference::dispatch_by_size(input.width, [&]<class T>() {
            T* to = reinterpret_cast<T*>(ready.memory[k]->data());
            const auto elements = [](const std::byte* at) {
                return reinterpret_cast<const T*>(at);
            };
            if (input.kind == Kind::values) {
                pick(to, elements(row_), synapses.places.data(), synapses.count);
            } else if (input.kind == Kind::by_event) {
                const auto& kept = synapses.is_latest ? input.latest : input.elements;
                pick(to, elements(kept.data()), synapses.events.data(), synapses.count);
            } else {
                pick(to, elements(ready.history[k].data()), updates_.data(), synapses.count);
            }
        });
    }

    const SynapseLog& log_;
    std::byte* data_ = nullptr;
    std::byte* row_ = nullptr;  // values of the piece that catches up
    std::vector<Ready> ready_;
    std::vector<std::unique_ptr<Level>> levels_;
    Level of_rule_;
    std::array<std::uint32_t, most> updates_;  // of a level, from the first of the histories on
    std::uint64_t changed_ = 0;
};

// Here, where a replay is complete.
SynapseLog::SynapseLog(PatternRef pattern, std::size_t width)
    : pattern_(std::move(pattern)),
      width_(width),
      last_(static_cast<std::size_t>(pattern_->targets()), 0),
      seen_(static_cast<std::size_t>(pattern_->sources()), 0) {
    const std::size_t values = static_cast<std::size_t>(pattern_->size()) * width;
    const std::size_t update = static_cast<std::size_t>(pattern_->sources()) * width;
    most_ = std::max(fewest_updates, values / share_of_history / std::max<std::size_t>(update, 1));
    latest_.resize(last_.size());
}

SynapseLog::~SynapseLog() = default;

std::unique_ptr<SynapseLog::Replay> SynapseLog::take_replay(std::byte* data) {
    std::unique_ptr<Replay> replay;
    {
        const std::lock_guard guard(lock_);
        if (!idle_.empty()) {
            replay = std::move(idle_.back());
            idle_.pop_back();
        }
    }
    if (replay == nullptr) {
        replay = std::make_unique<Replay>(*this);
    }
    replay->begin(data);
    return replay;
}

void SynapseLog::give_back(std::unique_ptr<Replay> replay) {
    const std::lock_guard guard(lock_);
    idle_.push_back(std::move(replay));
}

template <class Sources>
void SynapseLog::replay(std::byte* data, std::ptrdiff_t count, const Sources& source_at) {
    std::int64_t synapses = 0;
    for (std::ptrdiff_t i = 0; i < count; ++i) {
        const std::int32_t source = source_at(i);
        const Pattern::Range row = pattern_->row(source);
        const bool waits = seen_[static_cast<std::size_t>(source)] < count_;
        synapses += waits ? row.last - row.first : 0;
    }
    if (synapses == 0) {
        return;
    }
    std::atomic<std::uint64_t> changed{0};
    constexpr std::ptrdiff_t work_of_synapse = 8;
    in_parallel(count, 1, synapses * work_of_synapse, [&](std::ptrdiff_t i, std::ptrdiff_t last) {
        std::unique_ptr<Replay> rows = take_replay(data);
        for (; i < last; ++i) {
            if (i + 1 < last) {
                rows->fetch(source_at(i + 1));
            }
            rows->run(source_at(i));
            seen_[static_cast<std::size_t>(source_at(i))] = static_cast<std::uint32_t>(count_);
        }
        changed += rows->changed();
        give_back(std::move(rows));
    });
    counters().caught_up += changed;
}

void SynapseLog::catch_up(std::byte* data, std::span<const std::int32_t> sources) {
    replay(data, static_cast<std::ptrdiff_t>(sources.size()),
           [&](std::ptrdiff_t i) { return sources[static_cast<std::size_t>(i)]; });
}

void SynapseLog::settle(std::byte* data) noexcept {
    if (updates_ == 0) {
        return;
    }
    pays_.note_settled_after(updates_);
    replay(data, pattern_->sources(),
           [](std::ptrdiff_t source) { return static_cast<std::int32_t>(source); });
    std::ranges::fill(last_, 0U);
    std::ranges::fill(seen_, 0U);
    kept_.resize(0);
    count_ = updates_ = 0;
    forget_updates();
}

/// Rules come again: their memory stays, unless they are too many.
void SynapseLog::forget_updates() noexcept {
    if (rules_.size() > most_rules) {
        rules_.clear();
        idle_.clear();
    }
    for (Rule& rule : rules_) {
        rule.first_events.clear();
        for (Input& input : rule.inputs) {
            if (input.history) {
                input.history->clear();
            } else if (input.kind == Input::Kind::by_event) {
                input.elements.clear();
            }
        }
    }
}

}  // namespace monnto::cpu
