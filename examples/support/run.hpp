// What the examples of networks share: options, a run with its real-time factor, and the published
// checks of rates and irregularity.
#pragma once

#include <monnto/monnto.hpp>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace example {

/// Of the command line: --quick, --neurons N, --seconds S, --threads T, --scale F, --plastic.
struct Defaults {
    std::ptrdiff_t neurons = 0;
    double seconds = 1.0;
    double scale = 1.0;
    double quick_seconds = 0.3;
};
struct Options {
    bool is_quick = false;
    bool is_plastic = false;
    std::ptrdiff_t neurons;
    double seconds;
    double scale;
    int threads = 0;
    Options(int argc, char** argv, const Defaults& defaults)
        : neurons(defaults.neurons), seconds(defaults.seconds), scale(defaults.scale) {
        for (int i = 1; i < argc; ++i) {
            const std::string_view name = argv[i];
            const char* next = i + 1 < argc ? argv[i + 1] : "";
            if (name == "--quick") {
                is_quick = true;
                seconds = defaults.quick_seconds;
            } else if (name == "--plastic") {
                is_plastic = true;
            } else if (name == "--neurons") {
                neurons = std::atol(next);
            } else if (name == "--seconds") {
                seconds = std::atof(next);
            } else if (name == "--scale") {
                scale = std::atof(next);
            } else if (name == "--threads") {
                threads = std::atoi(next);
            }
        }
    }
};

/// A population by name: neurons [first, last) of the recorded group.
struct Part {
    std::string name;
    std::ptrdiff_t first, last;
    std::pair<double, double> rate;  // Hz, what is to be expected; 0, 0: anything
    /// Coefficient of variation of the intervals between spikes: 1 of random spikes, 0 of a clock.
    /// Runs of a few intervals per neuron have less of it than long ones.
    std::pair<double, double> irregularity{0.0, 0.0};
};

struct Statistics {
    double rate = 0.0;          // Hz
    double irregularity = 0.0;  // coefficient of variation of the intervals between spikes
};

/// Of the spikes of neurons [first, last) within `seconds`, given as pairs (iteration, neuron).
inline Statistics statistics(const std::vector<std::int64_t>& pairs, const Part& part, double dt,
                             double seconds) {
    const auto size = static_cast<std::size_t>(part.last - part.first);
    std::vector<std::vector<double>> times(size);
    for (std::size_t k = 0; k + 1 < pairs.size(); k += 2) {
        if (pairs[k + 1] >= part.first && pairs[k + 1] < part.last) {
            times[static_cast<std::size_t>(pairs[k + 1] - part.first)].push_back(
                static_cast<double>(pairs[k]) * dt);
        }
    }
    double spikes = 0.0;
    double sum_of_cv = 0.0;
    double neurons = 0.0;
    for (const std::vector<double>& own : times) {
        spikes += static_cast<double>(own.size());
        if (own.size() < 4) {
            continue;
        }
        double mean = 0.0;
        double square = 0.0;
        const auto intervals = static_cast<double>(own.size() - 1);
        for (std::size_t i = 1; i < own.size(); ++i) {
            const double interval = own[i] - own[i - 1];
            mean += interval / intervals;
            square += interval * interval / intervals;
        }
        sum_of_cv += std::sqrt(std::max(0.0, square - mean * mean)) / mean;
        ++neurons;
    }
    return {spikes / static_cast<double>(size) / seconds, neurons > 0 ? sum_of_cv / neurons : 0.0};
}

class Stopwatch {
public:
    [[nodiscard]] double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    }

private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// Spikes as lines "milliseconds neuron", for examples/draw_rasters.py.
inline void write_spikes(const std::string& name, const std::vector<std::int64_t>& pairs,
                         double dt) {
    std::filesystem::create_directories("out");
    std::ofstream file("out/" + name + ".spikes");
    for (std::size_t k = 0; k + 1 < pairs.size(); k += 2) {
        file << static_cast<double>(pairs[k]) * dt << ' ' << pairs[k + 1] << '\n';
    }
}

[[nodiscard]] inline bool is_within(double found, const std::pair<double, double>& expected) {
    const auto [low, high] = expected;
    return high == 0.0 || (found >= low && found <= high);
}

/// Runs an initialized network: `settle` ms that do not count, then the seconds asked for. Prints
/// rates and the real-time factor (seconds that a second of the network takes). Returns the code of
/// the program: 1 where a population's rate or irregularity is not what is known of the network.
inline int run(monnto::Network& net, monnto::EventRecorder& events, const std::string& name,
               const std::vector<Part>& parts, const Options& options, double settle = 100.0) {
    const Stopwatch first;
    net.simulate_iterations(1, {.progress = false});
    const double first_seconds = first.seconds();
    net.run_for(settle, {.progress = false});
    events.clear();
    const Stopwatch watch;
    net.run_for(options.seconds * 1e3, {.progress = false});
    const double wall = watch.seconds();
    const auto pairs = events.history("spike").array().host<std::int64_t>();
    std::printf(
        "%s: %.3f s for %.3g s of the network, real-time factor %.4f; %s; first iteration %.3f s\n",
        name.c_str(), wall, options.seconds, wall / options.seconds, net.replay_status().c_str(),
        first_seconds);
    bool is_right = true;
    for (const Part& part : parts) {
        const Statistics found = statistics(pairs, part, net.dt(), options.seconds);
        const bool fits =
            is_within(found.rate, part.rate) && is_within(found.irregularity, part.irregularity);
        std::printf("  %-6s %7ld neurons %7.2f Hz, CV of intervals %.2f%s\n", part.name.c_str(),
                    static_cast<long>(part.last - part.first), found.rate, found.irregularity,
                    fits ? "" : "   <- not what is known of this network");
        is_right = is_right && fits;
    }
    write_spikes(name, pairs, net.dt());
    return is_right ? 0 : 1;
}

}  // namespace example
