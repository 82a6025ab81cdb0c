#include "batch.hpp"
#include "launch.hpp"
#include "program/fold.hpp"
#include "team.hpp"

#include <monnto/array/executor.hpp>

#include <algorithm>

namespace monnto::cpu {

using kernel::Fusion;
using kernel::Layout;

bool Batch::can_take(const kernel::Graph& graph, const Step& step,
                     const std::set<const Node*>& moves) {
    if (step.function == nullptr || step.rewrite || !step.fusion) {
        return false;
    }
    const Fusion& fusion = *step.fusion;
    const auto stays = [&](const Node& node) {
        return node.is_settled() && !moves.contains(&node);
    };
    return std::ranges::all_of(
               fusion.operands,
               [&](const kernel::Operand& operand) { return stays(graph.at(operand.source)); }) &&
           std::ranges::all_of(fusion.results,
                               [&](const kernel::Result& result) {
                                   return graph.node(result.node).is_settled();
                               }) &&
           std::ranges::all_of(fusion.folds,
                               [&](std::uint32_t fold) { return graph.node(fold).is_settled(); });
}

bool Batch::meets(const std::set<std::uint64_t>& reads,
                  const std::set<std::uint64_t>& writes) const {
    const auto common = [](const std::set<std::uint64_t>& a, const std::set<std::uint64_t>& b) {
        return std::ranges::any_of(a, [&b](std::uint64_t each) { return b.contains(each); });
    };
    return common(reads, writes_) || common(writes, reads_) || common(writes, writes_);
}

bool Batch::add(const kernel::Graph& graph, const Step& step) {
    // Both are there: can_take.
    const Fusion& fusion = *step.fusion;  // NOLINT(bugprone-unchecked-optional-access)
    const Layout& layout = *step.layout;  // NOLINT(bugprone-unchecked-optional-access)
    if (first_ != nullptr && (first_->function != step.function || !fusion.folds.empty())) {
        return false;
    }
    std::vector<std::uint64_t> words = step.arguments;
    std::set<std::uint64_t> reads;
    std::set<std::uint64_t> writes;
    bind_inputs(graph, fusion, layout, words.data());
    for (const kernel::Operand& operand : fusion.operands) {
        reads.insert(address(graph.at(operand.source).value().buffer->data()));
    }
    for (std::size_t k = 0; k < fusion.results.size(); ++k) {
        const std::uint64_t place =
            address(graph.node(fusion.results[k].node).value().buffer->data());
        words[static_cast<std::size_t>(layout.output(k))] = place;
        writes.insert(place);
    }
    place_folds(graph, fusion, layout, words.data(), writes);
    if (meets(reads, writes)) {
        return false;
    }
    for (std::size_t k = 0; k < fusion.draws.size(); ++k) {
        const auto at = static_cast<std::size_t>(layout.draw(k));
        if (!bind_draw(graph.node(fusion.draws[k]), words.data() + at, tables_.emplace_back())) {
            return false;
        }
        static_assert(offsetof(RandomPosition, step) == sizeof(std::uint64_t));
        steps_.push_back(words_.size() + at + 1);
    }
    if (first_ == nullptr) {
        first_ = &step;
        kernel_ = kernel::hash_of(fusion.program);
    }
    stride_ = words.size();
    words_.insert(words_.end(), words.begin(), words.end());
    extents_.push_back(fusion.program.has_rows ? fusion.rows : fusion.columns);
    reads_.merge(reads);
    writes_.merge(writes);
    for (const kernel::Result& result : fusion.results) {
        results_.push_back(graph.node(result.node).id);
    }
    for (const std::uint32_t fold : fusion.folds) {
        results_.push_back(graph.node(fold).id);
    }
    work_ += work_of(fusion);
    nodes_ += step.nodes.size();
    bytes_ += fusion.bytes;
    elements_ += fusion.rows * fusion.columns;
    ++count_;
    return true;
}

void Batch::place_folds(const kernel::Graph& graph, const Fusion& fusion, const Layout& layout,
                        std::uint64_t* words, std::set<std::uint64_t>& writes) {
    if (fusion.folds.empty()) {
        return;
    }
    const bool leaves_blocks = fusion.program.folds.front().along == kernel::Along::all;
    const std::ptrdiff_t blocks = (fusion.columns + kernel::fold_block - 1) / kernel::fold_block;
    fold_bytes_ = static_cast<std::size_t>(blocks * kernel::lanes) * sizeof(std::uint64_t);
    partial_.resize(leaves_blocks ? fold_bytes_ * fusion.folds.size() : 0);
    for (std::size_t k = 0; k < fusion.folds.size(); ++k) {
        std::byte* place = graph.node(fusion.folds[k]).value().buffer->data();
        writes.insert(address(place));
        words[layout.fold(k)] = address(leaves_blocks ? partial_.data() + k * fold_bytes_ : place);
        if (leaves_blocks) {
            fold_places_.push_back(place);
        }
    }
}

void Batch::join_folds() const {
    const Fusion& fusion = *first_->fusion;  // NOLINT(bugprone-unchecked-optional-access): can_take
    for (std::size_t k = 0; k < fold_places_.size(); ++k) {
        const kernel::Fold& fold = fusion.program.folds[k];
        kernel::join_folds(fold.op, fold.dtype, partial_.data() + k * fold_bytes_, fusion.columns,
                           fold_places_[k]);
    }
}

std::uint16_t Batch::vectors_of_each() const {
    constexpr std::size_t longest = 128;  // instructions and vectors of straight code
    // NOLINTNEXTLINE(bugprone-unchecked-optional-access): can_take
    const kernel::Program& program = first_->fusion->program;
    const auto vectors =
        static_cast<std::size_t>((extents_.front() + kernel::lanes - 1) / kernel::lanes);
    const bool are_equal = std::ranges::all_of(
        extents_, [this](std::ptrdiff_t each) { return each == extents_.front(); });
    return are_equal && !program.has_tail && vectors * program.code.size() <= longest
               ? static_cast<std::uint16_t>(vectors)
               : std::uint16_t{0};
}

bool Batch::are_alike() const {
    const Layout& layout = *first_->layout;  // NOLINT(bugprone-unchecked-optional-access)
    // NOLINTNEXTLINE(bugprone-unchecked-optional-access): can_take
    const kernel::Program& program = first_->fusion->program;
    const auto is_shared = [&](int at) {
        const auto word = static_cast<std::size_t>(at);
        for (std::size_t i = 1; i < count_; ++i) {
            if (words_[i * stride_ + word] != words_[word]) {
                return false;
            }
        }
        return true;
    };
    for (std::uint16_t k = 0; k < program.numbers; ++k) {
        if (!is_shared(layout.number(k))) {
            return false;
        }
    }
    for (std::uint16_t k = 0; k < program.draws; ++k) {
        if (!is_shared(layout.draw(k) + 2)) {
            return false;
        }
    }
    return true;
}

void Batch::join(KernelCache& kernels) {
    // NOLINTNEXTLINE(bugprone-unchecked-optional-access): can_take
    kernel::Program program = first_->fusion->program;
    if (count_ < 2 || program.has_rows) {
        return;
    }
    program.members = are_alike() ? kernel::Members::alike : kernel::Members::many;
    program.vectors = vectors_of_each();
    const CompiledKernel& compiled = kernels.ask_for(program, 1);
    const Layout layout(program);
    const auto common = static_cast<std::size_t>(layout.elements());
    const std::size_t stride =
        static_cast<std::size_t>(layout.size()) + compiled.host_functions.size();
    std::vector<std::uint64_t> words;
    words.reserve(count_ * stride);
    for (std::size_t i = 0; i < count_; ++i) {
        const auto own = words_.begin() + static_cast<std::ptrdiff_t>(i * stride_);
        words.insert(words.end(), own, own + static_cast<std::ptrdiff_t>(common));
        words.push_back(static_cast<std::uint64_t>(extents_[i]));
        words.push_back(stride * sizeof(std::uint64_t));
        for (void* function : compiled.host_functions) {
            words.push_back(reinterpret_cast<std::uint64_t>(function));
        }
    }
    steps_.resize(program.draws);  // of the first member, which are the first ones
    words_ = std::move(words);
    stride_ = stride;
    function_ = compiled.function;
    kernel_ = kernel::hash_of(program);
}

void Batch::run(std::uint64_t step) {
    for (const std::size_t at : steps_) {
        words_[at] = step;
    }
    if (count_ == 1) {
        // NOLINTNEXTLINE(bugprone-unchecked-optional-access): can_take
        cpu::run({*first_->fusion, *first_->layout, first_->function, words_});
        join_folds();
    } else {
        in_parallel(static_cast<std::ptrdiff_t>(count_), 1, static_cast<std::ptrdiff_t>(work_),
                    [this](std::ptrdiff_t first, std::ptrdiff_t last) { run(first, last); });
    }
    ++counters().kernels;
    counters().fused += nodes_;
}

void Batch::run(std::ptrdiff_t first, std::ptrdiff_t last) const {
    if (function_ != nullptr) {
        function_(words_.data(), first, last);
        return;
    }
    for (auto i = static_cast<std::size_t>(first); i < static_cast<std::size_t>(last); ++i) {
        first_->function(words_.data() + i * stride_, 0, extents_[i]);
    }
}

}  // namespace monnto::cpu
