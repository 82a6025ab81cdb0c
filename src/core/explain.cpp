#include <monnto/core/explain.hpp>

#include <monnto/array/executor.hpp>
#include <monnto/array/legend.hpp>
#include <monnto/base/machine.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/snapshot.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <span>
#include <utility>

namespace monnto {
namespace {

/// Takes a network back when it ends, however that happens.
class ReturnScope {
public:
    explicit ReturnScope(Network& network) : network_(network), before_(network.snapshot()) {}
    ReturnScope(const ReturnScope&) = delete;
    ReturnScope& operator=(const ReturnScope&) = delete;
    ~ReturnScope() { network_.restore(before_); }

private:
    Network& network_;
    Snapshot before_;
};

/// "add x2, exp, where": each operation once, in the order of its first appearance.
[[nodiscard]] std::string listed(const std::vector<Op>& operations) {
    std::vector<std::pair<Op, int>> counts;
    for (const Op op : operations) {
        const auto known = std::find_if(counts.begin(), counts.end(),
                                        [op](const auto& each) { return each.first == op; });
        if (known == counts.end()) {
            counts.emplace_back(op, 1);
        } else {
            ++known->second;
        }
    }
    std::string text;
    for (const auto& [op, count] : counts) {
        text += fmt::format("{}{}{}", text.empty() ? "" : ", ", name_of(op),
                            count > 1 ? fmt::format(" x{}", count) : "");
    }
    return text;
}

/// "key 2 Stdp of GLU: `W`; key 3 ...", as many as fit in a line.
[[nodiscard]] std::string origins_of(const StepReport& step) {
    constexpr std::size_t most = 6;
    std::string text;
    for (std::size_t i = 0; i < std::min(step.origins.size(), most); ++i) {
        const StepOrigin& each = step.origins[i];
        const auto shown = std::min(each.variables.size(), most);
        const std::span<const std::string> variables(each.variables.data(), shown);
        text += fmt::format("{}key {} {} of {}{}{}{}", i == 0 ? "" : "; ", each.key, each.behavior,
                            each.object, shown == 0 ? "" : ": ", fmt::join(variables, ", "),
                            shown < each.variables.size() ? ", ..." : "");
    }
    if (step.origins.size() > most) {
        text += fmt::format("; and {} more", step.origins.size() - most);
    }
    if (!step.reads.empty()) {
        text += fmt::format("{}from {}", text.empty() ? "" : ", ", fmt::join(step.reads, ", "));
    }
    return text;
}

[[nodiscard]] std::string in_json(const std::string& text) {
    std::string escaped;
    for (const char c : text) {
        escaped += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    }
    return escaped;
}

[[nodiscard]] std::string in_json(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) {
        text += fmt::format(R"({}"{}")", text.empty() ? "" : ", ", in_json(name));
    }
    return text;
}

[[nodiscard]] std::string in_json(const StepOrigin& origin) {
    return fmt::format(R"({{"key": {}, "behavior": "{}", "object": "{}", "variables": [{}]}})",
                       origin.key, in_json(origin.behavior), in_json(origin.object),
                       in_json(origin.variables));
}

[[nodiscard]] double share_of(const StepReport& step, double bandwidth) noexcept {
    return step.seconds > 0.0 && bandwidth > 0.0
               ? static_cast<double>(step.bytes) / step.seconds / bandwidth
               : 0.0;
}

}  // namespace

Explanation explain(Network& network) {
    constexpr int iterations_until_steady = 6;  // kernels compiled, a plan made where possible
    const ReturnScope scope(network);
    const Legend legend;  // from here on, because a plan is made before the watched iteration
    network.expect_replay();
    for (int i = 0; i < iterations_until_steady; ++i) {
        network.simulate_iteration();
    }
    Explanation result;
    result.executor = executor().name();
    result.bandwidth = memory_bandwidth();
    const auto start = std::chrono::steady_clock::now();
    {
        const TraceScope trace(result.steps);
        network.simulate_iteration();
    }
    result.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    result.iteration = network.current_iteration();
    result.replay = network.replay_status();
    return result;
}

std::string Explanation::to_text() const {
    std::size_t kernels = 0;
    double in_steps = 0.0;
    for (const StepReport& step : steps) {
        kernels += step.kernel.empty() ? 0 : 1;
        in_steps += step.seconds;
    }
    std::string text = fmt::format(
        "iteration {}: kernels {}, interpreted steps {}; {:.1f} us, {:.1f} us of them in steps\n"
        "iterations are {}\n"
        "executor {}; memory moves {:.1f} GB/s on one thread\n",
        iteration, kernels, steps.size() - kernels, seconds * 1e6, in_steps * 1e6, replay, executor,
        bandwidth * 1e-9);
    text += fmt::format("{:>4} {:<11} {:>10} {:>12} {:>10} {:>9}  {}\n", "step", "kind", "elements",
                        "bytes", "us", "bandwidth", "operations");
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const StepReport& step = steps[i];
        text += fmt::format("{:>4} {:<11} {:>10} {:>12} {:>10.2f} {:>8.0f}%  {}\n", i + 1,
                            step.kernel.empty() ? "interpreted"
                            : step.groups == 1  ? std::string("kernel")
                                                : fmt::format("kernel x{}", step.groups),
                            step.elements, step.bytes, step.seconds * 1e6,
                            share_of(step, bandwidth) * 100.0, listed(step.operations));
        for (const std::string& line : {origins_of(step), step.rewrite}) {
            if (!line.empty()) {
                text += fmt::format("{:>17}{}\n", "", line);
            }
        }
    }
    return text;
}

std::string Explanation::to_json() const {
    std::string text = fmt::format(
        R"({{"iteration": {}, "executor": "{}", "replay": "{}", "seconds": {}, "bandwidth": {}, )"
        R"("steps": [)",
        iteration, executor, in_json(replay), seconds, bandwidth);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const StepReport& step = steps[i];
        std::string origins;
        for (const StepOrigin& origin : step.origins) {
            origins += (origins.empty() ? "" : ", ") + in_json(origin);
        }
        std::string operations;
        for (const Op op : step.operations) {
            operations += fmt::format(R"({}"{}")", operations.empty() ? "" : ", ", name_of(op));
        }
        text += fmt::format(
            R"({}{{"kernel": "{}", "groups": {}, "operations": [{}], "elements": {}, "bytes": {}, )"
            R"("seconds": {}, )"
            R"("bandwidth_share": {}, "origins": [{}], "reads": [{}], "rewrite": "{}"}})",
            i == 0 ? "" : ", ", step.kernel, step.groups, operations, step.elements, step.bytes,
            step.seconds, share_of(step, bandwidth), origins, in_json(step.reads),
            in_json(step.rewrite));
    }
    return text + "]}";
}

}  // namespace monnto
