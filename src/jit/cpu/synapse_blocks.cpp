#include "binding.hpp"
#include "events/rewrite.hpp"
#include "events/scan.hpp"
#include "reference/operand.hpp"
#include "synapse_blocks.hpp"
#include "team.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <mutex>
#include <numeric>

namespace monnto::cpu {

using kernel::Fusion;

namespace {

/// Synapses that are picked, computed and put back at a time: they stay in the first-level cache.
constexpr std::size_t block_size = 2048;

[[nodiscard]] Facts nothing_yet() noexcept {
    return {.low = std::numeric_limits<double>::infinity(),
            .high = -std::numeric_limits<double>::infinity(),
            .may_be_nan = false,
            .may_be_negative_zero = false,
            .is_known = true};
}

}  // namespace

/// Up to block_size synapses, by position and ends.
class SynapseBlocks::Block {
public:
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): filled as synapses are added
    Block(const SynapseBlocks& all, bool looks) : all_(all), looks_(looks) {
        const Fusion& fusion = *all.step_.fusion;  // NOLINT(bugprone-unchecked-optional-access)
        words_ = all.step_.arguments;
        buffers_.resize(fusion.operands.size());
        for (std::size_t k = 0; k < fusion.operands.size(); ++k) {
            bind(fusion, k);
        }
        const kernel::Layout& layout =
            *all.step_.layout;  // NOLINT(bugprone-unchecked-optional-access)
        for (std::size_t k = 0; k < fusion.numbers.size(); ++k) {
            const Node& number = all.graph_.node(fusion.numbers[k]);
            number.attribute<ConstantAttr>().value.store(
                &words_[static_cast<std::size_t>(layout.number(k))]);
        }
        const std::uint32_t values = all.step_.rewrite->operand;
        words_[static_cast<std::size_t>(layout.output(0))] = address(buffers_[values].data());
        value_width_ = static_cast<std::ptrdiff_t>(size_of(fusion.operands[values].dtype));
    }

    void add(std::int64_t position, std::uint32_t source, std::uint32_t target) {
        positions_[count_] = position;
        sources_[count_] = source;
        targets_[count_] = target;
        if (++count_ == block_size) {
            flush();
        }
    }
    /// The synapses of a target whose sources are wanted.
    void add_column(const Pattern::Turned& turned, std::uint32_t target,
                    const std::vector<char>& wanted) {
        auto at = static_cast<std::size_t>(turned.starts[target]);
        const auto last = static_cast<std::size_t>(turned.starts[target + 1]);
        while (at < last) {
            const std::size_t end = std::min(last, at + block_size - count_);
            std::size_t count = count_;
            for (; at < end; ++at) {  // without branches: mostly, all are wanted
                const std::uint32_t source = turned.sources[at];
                const std::int64_t position = turned.position(at);
                // Values lie anywhere; until the block is full, they arrive.
                __builtin_prefetch(all_.out_ + position * value_width_, 1);
                positions_[count] = position;
                sources_[count] = source;
                count += wanted[source] != 0 ? 1 : 0;
            }
            std::fill(targets_.begin() + count_, targets_.begin() + count, target);
            count_ = count;
            if (count_ == block_size) {
                flush();
            }
        }
    }
    /// The synapses [first, last) of a source, which lie side by side, and their targets.
    template <class Index>
    void add_row(std::uint32_t source, const Index* targets, std::int64_t first,
                 std::int64_t last) {
        while (first < last) {
            const auto room = static_cast<std::int64_t>(block_size - count_);
            const std::int64_t end = std::min(last, first + room);
            const auto added = static_cast<std::size_t>(end - first);
            std::iota(positions_.begin() + count_, positions_.begin() + count_ + added, first);
            std::fill_n(sources_.begin() + count_, added, source);
            std::copy_n(targets, added, targets_.begin() + count_);
            targets += added;
            count_ += added;
            first = end;
            if (count_ == block_size) {
                flush();
            }
        }
    }

    void flush() {
        if (count_ == 0) {
            return;
        }
        const Fusion& fusion = *all_.step_.fusion;  // NOLINT(bugprone-unchecked-optional-access)
        for (std::size_t k = 0; k < buffers_.size(); ++k) {
            if (!buffers_[k].empty()) {
                pick(fusion, k);
            }
        }
        const auto count = static_cast<std::ptrdiff_t>(count_);
        all_.step_.function(words_.data(), 0, count);
        const std::uint32_t values = all_.step_.rewrite->operand;
        const DType dtype = fusion.program.outputs.front().dtype;
        reference::dispatch_by_size(size_of(dtype), [&]<class T>() {
            const T* from = reinterpret_cast<const T*>(buffers_[values].data());
            T* to = reinterpret_cast<T*>(all_.out_);
#pragma GCC unroll 8
            for (std::size_t i = 0; i < count_; ++i) {
                to[positions_[i]] = from[i];
            }
        });
        if (looks_) {
            facts_ =
                events::joined(facts_, events::facts_of(dtype, buffers_[values].data(), count));
        }
        count_ = 0;
    }
    [[nodiscard]] const Facts& facts() const noexcept { return facts_; }

private:
    [[nodiscard]] bool is_spread(std::size_t k) const {
        return std::ranges::find(all_.step_.rewrite->vectors, k) !=
               all_.step_.rewrite->vectors.end();
    }

    /// Memory of its own for what differs from synapse to synapse.
    void bind(const Fusion& fusion, std::size_t k) {
        const kernel::Layout& layout =
            *all_.step_.layout;  // NOLINT(bugprone-unchecked-optional-access)
        const kernel::Operand& operand = fusion.operands[k];
        const std::size_t width = size_of(operand.dtype);
        std::uint64_t& place = words_[static_cast<std::size_t>(layout.input(k))];
        if (operand.column == 0) {
            const Value& value = all_.graph_.at(operand.source).value();
            place = address(value.buffer->data() +
                            (value.offset + operand.offset) * static_cast<std::ptrdiff_t>(width));
            return;
        }
        buffers_[k].resize((block_size + kernel::lanes) * width);
        place = address(buffers_[k].data());
        if (fusion.program.inputs[k].step == kernel::Step::any) {
            words_[static_cast<std::size_t>(layout.input_column(k))] = width;
        }
    }

    template <class T, class Index>
    void pick_some(T* to, const T* from, const Index* at) const {
#pragma GCC unroll 8
        for (std::size_t i = 0; i < count_; ++i) {
            to[i] = from[at[i]];
        }
    }

    void pick(const Fusion& fusion, std::size_t k) {
        const kernel::Operand& operand = fusion.operands[k];
        reference::dispatch_by_size(size_of(operand.dtype), [&]<class T>() {
            T* to = reinterpret_cast<T*>(buffers_[k].data());
            const Node& node = all_.graph_.at(operand.source);
            if (is_spread(k)) {
                const reference::Operand vector = reference::operand(*node.inputs()[0]);
                const bool by_source = node.attribute<SparseAttr>().side == Side::source;
                const auto& ends = by_source ? sources_ : targets_;
                const T* from = vector.as<T>();
                const std::ptrdiff_t step = vector.strides[0];
                if (step == 1) {
                    pick_some(to, from, ends.data());
                    return;
                }
                for (std::size_t i = 0; i < count_; ++i) {
                    to[i] = from[static_cast<std::ptrdiff_t>(ends[i]) * step];
                }
                return;
            }
            const Value& value = node.value();
            const T* from = reinterpret_cast<const T*>(
                k == all_.step_.rewrite->operand ? all_.out_ : value.buffer->data());
            from += value.offset + operand.offset;
            if (operand.column == 1) {
                pick_some(to, from, positions_.data());
                return;
            }
            for (std::size_t i = 0; i < count_; ++i) {
                to[i] = from[positions_[i] * operand.column];
            }
        });
    }

    const SynapseBlocks& all_;
    bool looks_;
    Facts facts_ = nothing_yet();
    std::size_t count_ = 0;
    std::ptrdiff_t value_width_ = 4;
    std::array<std::int64_t, block_size> positions_;  // the first count_ of each are filled
    std::array<std::uint32_t, block_size> sources_;
    std::array<std::uint32_t, block_size> targets_;
    std::vector<std::uint64_t> words_;
    std::vector<std::vector<std::byte>> buffers_;
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
    std::mutex lock;
    Facts facts = nothing_yet();
    const auto operations = static_cast<std::ptrdiff_t>(step_.operations.size()) + 8;
    const auto walk = [&](const std::vector<std::int32_t>& list, const auto& add_row) {
        in_parallel(static_cast<std::ptrdiff_t>(list.size()), 1, region.synapses * operations,
                    [&](std::ptrdiff_t first, std::ptrdiff_t last) {
                        Block block(*this, looks);
                        for (std::ptrdiff_t k = first; k < last; ++k) {
                            add_row(block, list[static_cast<std::size_t>(k)]);
                        }
                        block.flush();
                        const std::lock_guard guard(lock);
                        facts = events::joined(facts, block.facts());
                    });
    };
    const bool is_pairs = region.shape == Shape::pairs;
    if (region.shape != Shape::columns && !(is_pairs && region.walks_targets)) {
        const std::vector<char> wanted =
            is_pairs ? mask_of(region.targets, pattern_.targets()) : std::vector<char>();
        walk(region.sources, [&](Block& block, std::int32_t each) {
            pattern_.for_rows(each, each + 1, [&](auto source, auto row, const auto* targets) {
                if (wanted.empty()) {
                    block.add_row(static_cast<std::uint32_t>(source), targets, row.first, row.last);
                    return;
                }
                for (std::int64_t k = row.first; k < row.last; ++k) {
                    const auto target = static_cast<std::uint32_t>(targets[k - row.first]);
                    if (wanted[target] != 0) {
                        block.add(k, static_cast<std::uint32_t>(source), target);
                    }
                }
            });
        });
    }
    if (region.shape == Shape::columns || region.shape == Shape::cross ||
        (is_pairs && region.walks_targets)) {
        const Pattern::Turned& turned = pattern_.turned();
        std::vector<char> wanted(static_cast<std::size_t>(pattern_.sources()),
                                 is_pairs ? char{0} : char{1});
        if (region.shape != Shape::columns) {
            for (const std::int32_t source : region.sources) {
                wanted[static_cast<std::size_t>(source)] = is_pairs ? char{1} : char{0};
            }
        }
        walk(region.targets, [&](Block& block, std::int32_t target) {
            block.add_column(turned, static_cast<std::uint32_t>(target), wanted);
        });
    }
    return looks ? std::optional(facts) : std::nullopt;
}

}  // namespace monnto::cpu
