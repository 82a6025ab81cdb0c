#pragma once

#include <monnto/array/dtype.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace monnto {

/// Orientation of synapse matrices. The values are those of the constants SxD and DxS in Python.
enum class SynapseOrder : unsigned char {
    SxD = 0,  // (source, destination)
    DxS = 1,  // (destination, source)
};

struct Settings {
    DType dtype = DType::f32;
    SynapseOrder syn_dim = SynapseOrder::DxS;
    /// Drawn from the system where left out, and kept for reading.
    std::optional<std::uint64_t> seed = {};
    int threads = 0;  // 0: as many as the machine has
    double dt = 1.0;  // ms
    std::string tag = {};
};

struct RunOptions {
    std::int64_t batch_size = 100;  // steps between two progress reports; -1: all of them in one
    /// Called after each full batch with the percentage done.
    std::function<void(double percent)> callback = {};
    bool progress = true;  // a line on the terminal; silent where standard error is none
    bool measure = false;  // time per behavior: evaluates after each of them
    bool disable_recording = false;
    /// Asked between two steps; true ends the run (a face looks for signals here).
    std::function<bool()> poll = {};
    /// `poll` touches no array of the network, or calls note_visit(): iterations that are replayed
    /// then need not look who holds what.
    bool poll_looks_away = false;
    std::stop_token stop = {};  // checked between steps, as Network::request_stop()
};

struct RunReport {
    std::int64_t iterations = 0;  // done, fewer than asked for when stopped
    bool stopped = false;
    double milliseconds = 0.0;  // of the whole run
    /// Of the last full batch; nothing where there was none.
    std::optional<double> last_batch_ms = {};
};

/// Time that a behavior took so far, while measuring.
struct BehaviorTime {
    double key = 0.0;
    std::string object;
    std::string behavior;
    std::int64_t calls = 0;
    double milliseconds = 0.0;
};

}  // namespace monnto
