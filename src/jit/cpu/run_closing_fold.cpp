// Kernels that make a matrix with the reduction of all of it (program/closing_fold.hpp).
#include "binding.hpp"
#include "compiled_executor.hpp"
#include "program/fold.hpp"
#include "team.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace monnto::cpu {
namespace {

using kernel::fold_block;
using Step = kernel::Recipe::Step;

/// Rows as they come, each block of the reduction as soon as its last row is there.
void run_rows(const Step& maker, const Step& fold) {
    const std::ptrdiff_t rows = fusion_of(maker).rows;
    const std::ptrdiff_t columns = fusion_of(maker).columns;
    const std::ptrdiff_t elements = rows * columns;
    const auto work =
        static_cast<std::ptrdiff_t>(work_of(fusion_of(maker)) + work_of(fusion_of(fold)));
    const std::ptrdiff_t blocks = (elements + fold_block - 1) / fold_block;
    std::vector<char> is_folded(static_cast<std::size_t>(blocks));
    const auto fold_blocks = [&](std::ptrdiff_t first, std::ptrdiff_t last) {
        if (first < last) {
            fold.function(fold.arguments.data(), first * fold_block,
                          std::min(last * fold_block, elements));
            std::fill(is_folded.begin() + first, is_folded.begin() + last, 1);
        }
    };
    in_parallel(rows, maker.block, work, [&](std::ptrdiff_t begin, std::ptrdiff_t end) {
        std::ptrdiff_t next = (begin * columns + fold_block - 1) / fold_block;
        for (; begin < end; begin += maker.block) {
            const std::ptrdiff_t last = std::min(begin + maker.block, end);
            maker.function(maker.arguments.data(), begin, last);
            const std::ptrdiff_t complete = last == rows ? blocks : last * columns / fold_block;
            fold_blocks(next, complete);
            next = std::max(next, complete);
        }
    });
    // Those that have rows of two pieces.
    for (std::ptrdiff_t block = 0; block < blocks; ++block) {
        if (is_folded[static_cast<std::size_t>(block)] == 0) {
            fold_blocks(block, block + 1);
        }
    }
}

}  // namespace

void CompiledExecutor::run_closing_fold(const kernel::Graph& graph, Step& maker, Step& fold) {
    const bool is_ready = make_ready(maker);
    const bool can_meet = make_ready(fold) && is_ready;
    if (!can_meet) {
        run_alone(graph, maker);
        run_alone(graph, fold);
        return;
    }
    if (maker.rewrite && run_rewritten(graph, maker)) {
        run_alone(graph, fold);
        return;
    }
    static_cast<void>(bind(graph, maker));  // there are no draws, so it cannot refuse
    // Settled once its elements are there: other threads look at what is settled.
    for (std::size_t k = 0; k < maker.results.size(); ++k) {
        graph.node(fusion_of(maker).results[k].node).replace_value(maker.results[k]);
    }
    static_cast<void>(bind(graph, fold));
    bind_partial(fold);
    run_rows(maker, fold);
    counters().kernels += 2;
    counters().fused += maker.nodes.size() + fold.nodes.size();
    ++counters().chained;
    join_partial(fold);
    // May run code of the host, and with that these steps.
    std::vector<Value> folded = std::exchange(fold.results, {});
    settle_results(graph, maker);
    fold.results = std::move(folded);
    settle_results(graph, fold);
}

}  // namespace monnto::cpu
