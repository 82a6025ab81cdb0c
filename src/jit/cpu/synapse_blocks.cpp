#include "binding.hpp"
#include "events/rewrite.hpp"
#include "events/scan.hpp"
#include "pick.hpp"
#include "reference/operand.hpp"
#include "synapse_blocks.hpp"
#include "synapse_operand.hpp"
#include "team.hpp"

#include <monnto/array/buffer.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <mutex>

namespace monnto::cpu {

using kernel::Fusion;

namespace {

/// Synapses of a row that are computed at a time.
constexpr std::size_t most_of_row = 2048;
/// Synapses that lie anywhere: the lines of two lots of them fit into the first cache.
constexpr std::size_t most_of_lot = 128;

[[nodiscard]] Facts nothing_yet() noexcept {
    return {.low = std::numeric_limits<double>::infinity(),
            .high = -std::numeric_limits<double>::infinity(),
            .may_be_nan = false,
            .may_be_negative_zero = false,
            .is_known = true};
}

/// Synapses by position and ends.
struct Lot {  // NOLINT(cppcoreguidelines-pro-type-member-init): filled as synapses are added
    std::size_t count = 0;
    std::array<std::int64_t, most_of_lot> positions;  // the first `count` of each are filled
    std::array<std::uint32_t, most_of_lot> sources;
    std::array<std::uint32_t, most_of_lot> targets;
};

}  // namespace

/// Memory of a thread for the kernel's operands, and what runs it there.
class SynapseBlocks::Block {
public:
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): lots are filled as synapses are added
    Block(const SynapseBlocks& all, bool looks)
        : all_(all), looks_(looks), words_(all.step_.arguments) {
        operands_.resize(fusion().operands.size());
        const kernel::Layout& layout = this->layout();
        for (std::size_t k = 0; k < operands_.size(); ++k) {
            bind(k, layout);
        }
        for (std::size_t k = 0; k < fusion().numbers.size(); ++k) {
            const Node& number = all.graph_.node(fusion().numbers[k]);
            number.attribute<ConstantAttr>().value.store(
                &words_[static_cast<std::size_t>(layout.number(k))]);
        }
        const Operand& values = operands_[all.step_.rewrite->operand];
        words_[static_cast<std::size_t>(layout.output(0))] = address(values.memory);
        value_width_ = static_cast<std::ptrdiff_t>(values.width);
    }

    /// The synapses [first, last) of a source, which lie side by side, and their targets.
    template <class Index>
    void add_row(std::size_t source, const Index* targets, std::int64_t first, std::int64_t last) {
        for (; first < last; first += most_of_row, targets += most_of_row) {
            const auto count = std::min(most_of_row, static_cast<std::size_t>(last - first));
            for (const Operand& operand : operands_) {
                if (operand.varies != Varies::not_at_all) {
                    pick_row(operand, source, targets, first, count);
                }
            }
            compute(count);
            const Operand& values = operands_[all_.step_.rewrite->operand];
            std::memcpy(all_.out_ + first * value_width_, values.memory, count * values.width);
        }
    }
    void add(std::int64_t position, std::uint32_t source, std::uint32_t target) {
        __builtin_prefetch(all_.out_ + position * value_width_, 1, 2);
        Lot& lot = lots_[current_];
        lot.positions[lot.count] = position;
        lot.sources[lot.count] = source;
        lot.targets[lot.count] = target;
        if (++lot.count == most_of_lot) {
            turn_over();
        }
    }
    /// The synapses of a target whose sources are wanted.
    void add_column(const Pattern::Turned& turned, std::uint32_t target,
                    const std::vector<char>& wanted) {
        auto at = static_cast<std::size_t>(turned.starts[target]);
        const auto last = static_cast<std::size_t>(turned.starts[target + 1]);
        while (at < last) {
            Lot& lot = lots_[current_];
            const std::size_t end = std::min(last, at + most_of_lot - lot.count);
            std::size_t count = lot.count;
            for (; at < end; ++at) {  // without branches: mostly, all are wanted
                const std::uint32_t source = turned.sources[at];
                const std::int64_t position = turned.position(at);
                __builtin_prefetch(all_.out_ + position * value_width_, 1, 2);
                lot.positions[count] = position;
                lot.sources[count] = source;
                count += wanted[source] != 0 ? 1 : 0;
            }
            std::fill(lot.targets.begin() + lot.count, lot.targets.begin() + count, target);
            lot.count = count;
            if (count == most_of_lot) {
                turn_over();
            }
        }
    }
    /// Computes what was added and waits.
    void finish() {
        turn_over();
        turn_over();
    }
    [[nodiscard]] const Facts& facts() const noexcept { return facts_; }

private:
    using Varies = SynapseOperand::Varies;
    struct Operand : SynapseOperand {
        std::byte* memory = nullptr;  // of this block
    };

    [[nodiscard]] const Fusion& fusion() const {
        return *all_.step_.fusion;  // NOLINT(bugprone-unchecked-optional-access)
    }
    [[nodiscard]] const kernel::Layout& layout() const {
        return *all_.step_.layout;  // NOLINT(bugprone-unchecked-optional-access)
    }

    /// Values lie anywhere: those of a lot arrive while the lot before it is computed.
    void turn_over() {
        current_ = 1 - current_;
        Lot& lot = lots_[current_];
        if (lot.count > 0) {
            compute_lot(lot);
        }
        lot.count = 0;
    }

    void compute_lot(const Lot& lot) {
        for (const Operand& operand : operands_) {
            if (operand.varies != Varies::not_at_all) {
                pick_lot(operand, lot);
            }
        }
        compute(lot.count);
        const Operand& values = operands_[all_.step_.rewrite->operand];
        reference::dispatch_by_size(values.width, [&]<class T>() {
            const T* from = reinterpret_cast<const T*>(values.memory);
            T* to = reinterpret_cast<T*>(all_.out_);
#pragma GCC unroll 8
            for (std::size_t i = 0; i < lot.count; ++i) {
                to[lot.positions[i]] = from[i];
            }
        });
    }

    void compute(std::size_t count) {
        all_.step_.function(words_.data(), 0, static_cast<std::ptrdiff_t>(count));
        if (looks_) {
            const std::uint32_t values = all_.step_.rewrite->operand;
            facts_ = events::joined(facts_, events::facts_of(fusion().program.outputs.front().dtype,
                                                             operands_[values].memory,
                                                             static_cast<std::ptrdiff_t>(count)));
        }
    }

    /// Memory of its own for what differs from synapse to synapse.
    void bind(std::size_t k, const kernel::Layout& layout) {
        Operand& own = operands_[k];
        static_cast<SynapseOperand&>(own) = synapse_operand(all_.graph_, all_.step_, k);
        std::uint64_t& place = words_[static_cast<std::size_t>(layout.input(k))];
        if (own.varies == Varies::not_at_all) {
            place = address(own.from);
            return;
        }
        if (k == all_.step_.rewrite->operand) {
            own.from = all_.out_;
        }
        memory_.push_back(Buffer::allocate((most_of_row + kernel::lanes) * own.width));
        own.memory = memory_.back()->data();
        place = address(own.memory);
        if (fusion().program.inputs[k].step == kernel::Step::any) {
            words_[static_cast<std::size_t>(layout.input_column(k))] = own.width;
        }
    }

    template <class Index>
    static void pick_row(const Operand& operand, std::size_t source, const Index* targets,
                         std::int64_t first, std::size_t count) {
        reference::dispatch_by_size(operand.width, [&]<class T>() {
            T* to = reinterpret_cast<T*>(operand.memory);
            const T* from = reinterpret_cast<const T*>(operand.from);
            if (operand.varies == Varies::by_source) {
                std::fill_n(to, count, from[static_cast<std::ptrdiff_t>(source) * operand.step]);
            } else if (operand.varies == Varies::by_target && operand.step == 1) {
                pick(to, from, targets, count);
            } else if (operand.varies == Varies::by_position && operand.step == 1) {
                std::memcpy(to, from + first, count * sizeof(T));
            } else {
                const bool by_target = operand.varies == Varies::by_target;
                for (std::size_t i = 0; i < count; ++i) {
                    const auto at = by_target ? static_cast<std::ptrdiff_t>(targets[i])
                                              : first + static_cast<std::ptrdiff_t>(i);
                    to[i] = from[at * operand.step];
                }
            }
        });
    }
    static void pick_lot(const Operand& operand, const Lot& lot) {
        reference::dispatch_by_size(operand.width, [&]<class T>() {
            T* to = reinterpret_cast<T*>(operand.memory);
            const T* from = reinterpret_cast<const T*>(operand.from);
            const auto pick_steps = [&](const auto* at) {
                if (operand.step == 1) {
                    pick(to, from, at, lot.count);
                    return;
                }
                for (std::size_t i = 0; i < lot.count; ++i) {
                    to[i] = from[static_cast<std::ptrdiff_t>(at[i]) * operand.step];
                }
            };
            if (operand.varies == Varies::by_position) {
                pick_steps(lot.positions.data());
            } else {
                pick_steps(operand.varies == Varies::by_source ? lot.sources.data()
                                                               : lot.targets.data());
            }
        });
    }

    const SynapseBlocks& all_;
    bool looks_;
    Facts facts_ = nothing_yet();
    std::ptrdiff_t value_width_ = 4;
    std::vector<std::uint64_t> words_;
    std::vector<Operand> operands_;
    std::vector<Ref<Buffer>> memory_;  // from the shelves: nothing is cleared
    std::array<Lot, 2> lots_;
    std::size_t current_ = 0;
};

namespace {

/// One truth value per index.
[[nodiscard]] std::vector<char> mask_of(const std::vector<std::int32_t>& list,
                                        std::ptrdiff_t count) {
    std::vector<char> mask(static_cast<std::size_t>(count), 0);
    for (const std::int32_t i : list) {
        mask[static_cast<std::size_t>(i)] = 1;
    }
    return mask;
}

}  // namespace

std::optional<Facts> SynapseBlocks::run(const SynapseRegion& region, bool looks) const {
    using Shape = SynapseRegion::Shape;
    const bool is_pairs = region.shape == Shape::pairs;
    const bool has_columns = region.shape == Shape::columns || region.shape == Shape::cross ||
                             (is_pairs && region.walks_targets);
    const bool has_rows = region.shape != Shape::columns && !(is_pairs && region.walks_targets);
    const std::size_t columns = has_columns ? region.targets.size() : 0;
    const std::size_t rows = has_rows ? region.sources.size() : 0;
    // Synapses of a row that are wanted, and of a column: pairs want those of both lists.
    const std::vector<char> targets = mask_of(region.targets, pattern_.targets());
    std::vector<char> sources = mask_of(region.sources, pattern_.sources());
    if (!is_pairs) {
        std::ranges::transform(sources, sources.begin(), [&](char is_listed) {
            return static_cast<char>(region.shape == Shape::columns || is_listed == 0);
        });
    }
    const Pattern::Turned* turned = has_columns ? &pattern_.turned() : nullptr;
    std::mutex lock;
    Facts facts = nothing_yet();
    const auto operations = static_cast<std::ptrdiff_t>(step_.operations.size()) + 8;
    in_parallel(static_cast<std::ptrdiff_t>(columns + rows), 1, region.synapses * operations,
                [&](std::ptrdiff_t first, std::ptrdiff_t last) {
                    Block block(*this, looks);
                    for (auto k = static_cast<std::size_t>(first);
                         k < static_cast<std::size_t>(last); ++k) {
                        if (k < columns) {  // first, because they take longer
                            block.add_column(*turned, static_cast<std::uint32_t>(region.targets[k]),
                                             sources);
                        } else {
                            add_row(block, region.sources[k - columns],
                                    is_pairs ? &targets : nullptr);
                        }
                    }
                    block.finish();
                    const std::lock_guard guard(lock);
                    facts = events::joined(facts, block.facts());
                });
    return looks ? std::optional(facts) : std::nullopt;
}

void SynapseBlocks::add_row(Block& block, std::int32_t of, const std::vector<char>* wanted) const {
    pattern_.for_rows(of, of + 1, [&](auto source, auto row, const auto* targets) {
        if (wanted == nullptr) {
            block.add_row(static_cast<std::size_t>(source), targets, row.first, row.last);
            return;
        }
        for (std::int64_t k = row.first; k < row.last; ++k) {
            const auto target = static_cast<std::uint32_t>(targets[k - row.first]);
            if ((*wanted)[target] != 0) {
                block.add(k, static_cast<std::uint32_t>(source), target);
            }
        }
    });
}

}  // namespace monnto::cpu
