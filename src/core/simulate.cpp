// The part of Network that runs.
#include "guarded.hpp"
#include "naming.hpp"
#include "progress.hpp"
#include "replay.hpp"

#include <monnto/array/changes.hpp>
#include <monnto/array/executor.hpp>
#include <monnto/array/slowness.hpp>
#include <monnto/base/host_lock.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/synapse_group.hpp>

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <iostream>
#include <limits>

namespace monnto {
namespace {

class Flag {  // true while it lives
public:
    explicit Flag(bool& flag) : flag_(flag) { flag_ = true; }
    Flag(const Flag&) = delete;
    Flag& operator=(const Flag&) = delete;
    ~Flag() { flag_ = false; }

private:
    bool& flag_;
};

class RecordingPause {
public:
    RecordingPause(Network& network, bool is_wanted) : network_(network), is_wanted_(is_wanted) {
        if (is_wanted_) {
            network_.set_recording_everywhere(false);
        }
    }
    RecordingPause(const RecordingPause&) = delete;
    RecordingPause& operator=(const RecordingPause&) = delete;
    ~RecordingPause() {
        if (is_wanted_) {
            network_.set_recording_everywhere(true);
        }
    }

private:
    Network& network_;
    bool is_wanted_;
};

}  // namespace

void Network::run_step(const Step& step, bool measure) {
    Behavior& behavior = *step.behavior;
    if (!behavior.is_enabled() || (behavior.is_observer() && !step.object->recording())) {
        return;
    }
    if (!schedule_valid_ && !is_attached(step)) {
        return;  // removed by a behavior that ran before it
    }
    const DrawScope draws(*this, *step.object, step.key, Phase::iterate);
    replay_->moments().begin(step.key, iteration_, step.object->creation_index());
    const auto start = measure ? steady_seconds() : std::chrono::duration<double>();
    guarded(step.key, *step.object, behavior, Phase::iterate, [&] {
        behavior.iteration(*step.object);
        if (measure) {
            evaluate_pending();  // what it recorded is its own work
        }
    });
    if (measure) {
        BehaviorTime& time = times_[{step.key, step.object->creation_index()}];
        if (time.calls == 0) {
            time = {step.key, step.object->description(), behavior.class_name(), 0, 0.0};
        }
        ++time.calls;
        time.milliseconds += (steady_seconds() - start).count() * 1e3;
    }
}

void Network::simulate_iteration(bool measure) {
    note_visit();
    iterate(measure);
}

void Network::iterate(bool measure) {
    const PatientLock lock(mutex_);
    if (running_) {
        throw BadState("this network is inside an iteration; a behavior cannot start another one");
    }
    const Flag running(running_);
    set_threads(settings_.threads);
    if (!schedule_valid_) {
        rebuild_schedule();
    }
    const std::shared_ptr<const std::vector<Step>> steps = schedule_;
    ++iteration_;
    ++engine_step_;
    const Changes::Pause pause;
    if (Legend* legend = Legend::current(); legend != nullptr) {
        legend->read(replay_->moments(), static_cast<std::int64_t>(engine_step_) - iteration_);
        name_everything(*legend, *this);
    }
    const std::function<void(const std::string&)> hear = [this](const std::string& cause) {
        if (slow_causes_.insert(cause).second) {
            warn("an iteration is slower than it need be: " + cause);
        }
    };
    const SlownessScope slowness(hear);
    const std::uint64_t visits = visits_.load(std::memory_order_acquire);
    const bool is_undisturbed = visits == visits_at_replay_;
    visits_at_replay_ = visits;
    if (measure || !replay_->run(*steps, is_undisturbed)) {
        run_recorded(*steps, measure);
        note_visit();
        return;
    }
    run_observers(*steps);
    evaluate_pending();
}

void Network::run_observers(const std::vector<Step>& steps) {
    Plan* plan = replay_->plan();
    for (const Step& step : steps) {
        Behavior& behavior = *step.behavior;
        if (!behavior.is_observer() || !behavior.is_enabled() || !step.object->recording()) {
            continue;
        }
        bool is_done = false;
        guarded(step.key, *step.object, behavior, Phase::iterate,
                [&] { is_done = plan != nullptr && behavior.observe(*step.object, *plan); });
        if (!is_done) {
            note_visit();
            run_step(step, false);
        }
    }
}

void Network::run_recorded(const std::vector<Step>& steps, bool measure) {
    Replay::Recording recording(*replay_, steps, measure);
    for (const Step& step : steps) {
        if (step.behavior->is_observer()) {
            recording.finish();  // observers are no part of what is replayed
        }
        run_step(step, measure);
        recording.look_at(step);
        if (Legend* legend = Legend::current(); legend != nullptr) {
            name_around(*legend, *step.object);
        }
    }
    recording.finish();
    evaluate_pending();
    replay_->moments().begin(between_iterations, iteration_, 0);
}

std::string Network::replay_status() const {
    return replay_->status();
}

void Network::expect_replay() noexcept {
    replay_->hurry();
}

void Network::set_generator_probe(std::function<std::string()> probe) {
    replay_->set_generator_probe(std::move(probe));
}

bool Network::should_stop(const RunOptions& options) noexcept {
    return stop_.load(std::memory_order_relaxed) || options.stop.stop_requested();
}

void Network::run_batches(std::int64_t count, const RunOptions& options, RunReport& report) {
    const std::int64_t batch =
        options.batch_size > 0 ? options.batch_size : std::max<std::int64_t>(count, 1);
    ProgressLine line(std::cerr, options.progress && isatty(STDERR_FILENO) != 0 && count > batch,
                      count, steady_seconds);
    auto batch_start = steady_seconds();
    while (report.iterations < count) {
        if (options.poll && !options.poll_looks_away) {
            note_visit();
        }
        if (should_stop(options) || (options.poll && options.poll())) {
            report.stopped = true;
            return;
        }
        iterate(options.measure);
        ++report.iterations;
        if (report.iterations % batch != 0) {
            continue;
        }
        const auto now = steady_seconds();
        report.last_batch_ms = (now - batch_start).count() * 1e3;
        batch_start = now;
        line.update(report.iterations);
        if (options.callback) {
            note_visit();
            options.callback(100.0 * static_cast<double>(report.iterations) /
                             static_cast<double>(count));
        }
    }
}

RunReport Network::simulate_iterations(std::int64_t count, const RunOptions& options) {
    if (count < 0) {
        throw BadParameter("iterations", fmt::format("{}", count), "0 or more");
    }
    if (options.batch_size == 0 || options.batch_size < -1) {
        throw BadParameter("batch_size", fmt::format("{}", options.batch_size),
                           "1 or more, or -1 for one batch");
    }
    stop_.store(false, std::memory_order_relaxed);
    const RecordingPause pause(*this, options.disable_recording);
    RunReport report;
    note_visit();
    const auto start = steady_seconds();
    run_batches(count, options, report);
    report.milliseconds = (steady_seconds() - start).count() * 1e3;
    return report;
}

RunReport Network::run_for(double milliseconds, const RunOptions& options) {
    const double steps = milliseconds / dt();
    if (!(steps >= 0.0) || steps > 9e15) {
        throw BadParameter("milliseconds", fmt::format("{}", milliseconds), "0 or more");
    }
    const double whole = std::round(steps);
    // Differences within rounding of the quotient are no misfit: 0.3 / 0.1 is not 3 in binary.
    if (std::abs(steps - whole) > 1e-9 * std::max(1.0, steps)) {
        warn(fmt::format("{} ms is not a multiple of dt = {} ms; running {} steps", milliseconds,
                         dt(), whole));
    }
    return simulate_iterations(static_cast<std::int64_t>(whole), options);
}

std::vector<BehaviorTime> Network::times() const {
    std::vector<BehaviorTime> list;
    list.reserve(times_.size());
    for (const auto& [place, time] : times_) {
        list.push_back(time);
    }
    return list;
}

void Network::clear_times() {
    times_.clear();
}

}  // namespace monnto
