#pragma once

#include <monnto/array/trace.hpp>
#include <monnto/core/fwd.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace monnto {

/// What one iteration of a network became.
struct Explanation {
    std::int64_t iteration = 0;
    std::string executor;           // "llvm", or "reference": one operation after the other
    std::string replay;             // "replayed as a plan", or "recorded: " and why
    std::vector<StepReport> steps;  // in the order in which they ran
    double seconds = 0.0;           // of the iteration, with everything that is no kernel
    double bandwidth = 0.0;         // bytes per second that this machine reaches

    /// A table for a person: per step what it fuses, elements, bytes moved, time, and its share of
    /// the machine's bandwidth; below, which behaviors and variables it belongs to, and what events
    /// saved of a matrix or why nothing.
    [[nodiscard]] std::string to_text() const;
    [[nodiscard]] std::string to_json() const;
};

/// Runs a few iterations, so that kernels are compiled, watches the last one, and takes the network
/// back to where it was, bit for bit. What behaviors do outside the network (files, prints)
/// happens. Throws what behaviors throw; the network is then where it was as well.
[[nodiscard]] Explanation explain(Network& network);

}  // namespace monnto
