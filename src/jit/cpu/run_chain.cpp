// Kernels that go through a matrix together (program/chain.hpp), and steps that are looked at.
#include "binding.hpp"
#include "compiled_executor.hpp"
#include "description.hpp"
#include "events/outlook.hpp"
#include "events/rewrite.hpp"
#include "launch.hpp"
#include "program/chain.hpp"
#include "program/closing_fold.hpp"
#include "team.hpp"

#include <monnto/array/trace.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace monnto::cpu {
namespace {

using kernel::Along;
using kernel::Fusion;
using Step = kernel::Recipe::Step;

[[nodiscard]] Launch launch_of(const Step& step) {
    // NOLINTNEXTLINE(bugprone-unchecked-optional-access): once it is ready
    return {fusion_of(step), *step.layout, step.function, step.arguments};
}

/// Whether one kernel writes where one before it still reads in another block.
[[nodiscard]] bool disturbs(std::span<const Step> chain) {
    const Along along = kernel::along_of(chain);
    for (std::size_t j = 1; j < chain.size(); ++j) {
        for (const Step& earlier : chain.first(j)) {
            const Fusion& fusion = fusion_of(earlier);
            const bool is_alike = fusion.program.has_rows == fusion_of(chain[j]).program.has_rows;
            for (std::size_t k = 0; k < fusion.operands.size(); ++k) {
                const bool is_overwritten =
                    std::ranges::find(chain[j].written, earlier.read[k]) != chain[j].written.end();
                const bool is_in_step =
                    is_alike && kernel::is_aligned(fusion, fusion.operands[k], along);
                if (is_overwritten && !is_in_step) {
                    return true;
                }
            }
        }
    }
    return false;
}

/// Notes where a bound kernel reads and writes.
void note_memory(const kernel::Graph& graph, Step& step) {
    step.read.clear();
    step.written.clear();
    for (const kernel::Operand& operand : fusion_of(step).operands) {
        step.read.push_back(graph.at(operand.source).value().buffer->data());
    }
    for (const Value& result : step.results) {
        step.written.push_back(result.buffer->data());
    }
}

/// Keeps what a member of a chain reads alive beyond its nodes, which are settled before it runs:
/// all but what members behind it read as well, or write over.
void hold_operands(const kernel::Graph& graph, const Step& step, std::span<const Step> later,
                   std::vector<Ref<Buffer>>& held) {
    for (const kernel::Operand& operand : fusion_of(step).operands) {
        const Ref<Buffer>& buffer = graph.at(operand.source).value().buffer;
        const bool is_read_later = std::ranges::any_of(later, [&](const Step& each) {
            return std::ranges::find(fusion_of(each).operands, operand.source,
                                     &kernel::Operand::source) != fusion_of(each).operands.end();
        });
        if (!is_read_later &&
            std::ranges::find(step.written, buffer->data()) == step.written.end()) {
            held.push_back(buffer);
        }
    }
}

/// What the report of a step says of the reduction behind it.
void add_fold(StepReport& report, const Step& fold, bool is_chained) {
    if (!is_chained) {
        report.bytes += fusion_of(fold).bytes;
        return;
    }
    report.rewrite += report.rewrite.empty() ? "" : "; ";
    report.rewrite += "what is reduced to one number is taken from the cache";
}

void run_blocks(std::span<const Step> chain) {
    const std::ptrdiff_t block = chain.front().block;
    const Fusion& first = fusion_of(chain.front());
    const bool is_by_rows = kernel::along_of(chain) == Along::columns;
    std::ptrdiff_t work = 0;
    for (const Step& step : chain) {
        work += static_cast<std::ptrdiff_t>(work_of(fusion_of(step)));
    }
    const auto run_rows = [&](std::ptrdiff_t begin, std::ptrdiff_t end) {
        for (; begin < end; begin += block) {
            for (const Step& step : chain) {
                step.function(step.arguments.data(), begin, std::min(begin + block, end));
            }
        }
    };
    const auto run_columns = [&](std::ptrdiff_t begin, std::ptrdiff_t end) {
        std::vector<Launch> launches;
        std::vector<ColumnRange> ranges;
        launches.reserve(chain.size());
        for (const Step& step : chain) {
            ranges.emplace_back(launches.emplace_back(launch_of(step)));
        }
        for (; begin < end; begin += block) {
            for (ColumnRange& range : ranges) {
                range.run(begin, std::min(begin + block, end));
            }
        }
    };
    if (is_by_rows) {
        in_parallel(first.rows, block, work, run_rows);
    } else {
        in_parallel(first.columns, block, work, run_columns);
    }
}

}  // namespace

bool CompiledExecutor::run_chain(const kernel::Graph& graph, std::span<Step> chain) {
    for (Step& step : chain) {
        if (!make_ready(step)) {
            return false;
        }
    }
    // Letting go of foreign memory may run code of the host, which must not see results before they
    // are there.
    for (const Step& step : chain) {
        for (const kernel::Operand& operand : fusion_of(step).operands) {
            const Node& node = graph.at(operand.source);
            if (node.is_settled() && node.value().buffer->is_foreign()) {
                return false;
            }
        }
    }
    Step& last = chain.back();
    const std::size_t held_before = held_.size();
    for (std::size_t k = 0; k < chain.size(); ++k) {
        static_cast<void>(bind(graph, chain[k]));  // there are no draws, so it cannot refuse
        note_memory(graph, chain[k]);
        if (&chain[k] != &last) {
            hold_operands(graph, chain[k], chain.subspan(k + 1), held_);
            settle_results(graph, chain[k]);  // so that the next one may take its memory over
        }
    }
    if (disturbs(chain)) {
        std::ranges::for_each(chain, [](const Step& step) { cpu::run(launch_of(step)); });
    } else {
        run_blocks(chain);
        counters().chained += chain.size() - 1;
    }
    counters().kernels += chain.size();
    for (const Step& step : chain) {
        counters().fused += step.nodes.size();
    }
    if (last.rewrite) {
        events::Outlook(graph, fusion_of(last), *last.rewrite).note_results();
    }
    held_.resize(held_before);
    settle_results(graph, last);
    return true;
}

void CompiledExecutor::run_traced(const kernel::Graph& graph, std::span<Step> chain) {
    StepReport report = description_of(graph, chain);
    if (chain.front().rewrite) {
        chain.front().rewrite->outcome.clear();
    }
    const std::uint64_t kernels = counters().kernels;
    const std::uint64_t rewritten = counters().rewritten;
    const std::uint64_t touched = counters().touched;
    const std::uint64_t chained = counters().chained;
    const auto start = std::chrono::steady_clock::now();
    run_together(graph, chain);
    report.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const Step& first = chain.front();
    if (counters().kernels != kernels && first.fusion) {
        report.kernel = fmt::format("{:016x}", kernel::hash_of(first.fusion->program));
    }
    const bool has_events = first.rewrite && first.rewrite->outcome.starts_with("events");
    if (first.rewrite && (report.rewrite.empty() || has_events)) {
        report.rewrite = first.rewrite->outcome;
    }
    if (counters().rewritten != rewritten) {
        narrow(report, counters().touched - touched);
    }
    if (kernel::closes_with_fold(chain)) {
        add_fold(report, chain.back(), counters().chained != chained);
    } else if (chain.size() > 1) {
        report.rewrite = fmt::format(
            "{} kernels go through the matrix together, {} {} at a time", chain.size(), first.block,
            kernel::along_of(chain) == Along::columns ? "rows" : "columns");
    }
    if (std::vector<StepReport>* trace = TraceScope::current(); trace != nullptr) {
        trace->push_back(std::move(report));
    }
}

}  // namespace monnto::cpu
