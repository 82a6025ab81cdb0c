#include <monnto/core/explain.hpp>

#include <monnto/array/executor.hpp>
#include <monnto/base/machine.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/snapshot.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
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

[[nodiscard]] std::string in_json(const std::string& text) {
    std::string escaped;
    for (const char c : text) {
        escaped += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    }
    return escaped;
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
        "one iteration: kernels {}, interpreted steps {}; {:.1f} us, {:.1f} us of them in steps\n"
        "iterations are {}\n"
        "executor {}; memory moves {:.1f} GB/s on one thread\n",
        kernels, steps.size() - kernels, seconds * 1e6, in_steps * 1e6, replay, executor,
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
        if (!step.rewrite.empty()) {
            text += fmt::format("{:>17}{}\n", "", step.rewrite);
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
        std::string operations;
        for (const Op op : step.operations) {
            operations += fmt::format(R"({}"{}")", operations.empty() ? "" : ", ", name_of(op));
        }
        text += fmt::format(
            R"({}{{"kernel": "{}", "groups": {}, "operations": [{}], "elements": {}, "bytes": {}, )"
            R"("seconds": {}, )"
            R"("bandwidth_share": {}, "rewrite": "{}"}})",
            i == 0 ? "" : ", ", step.kernel, step.groups, operations, step.elements, step.bytes,
            step.seconds, share_of(step, bandwidth), in_json(step.rewrite));
    }
    return text + "]}";
}

}  // namespace monnto
