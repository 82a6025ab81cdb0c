#pragma once

#include <monnto/array/op.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace monnto {

/// Whose statements a step carries out.
struct StepOrigin {
    double key = 0.0;  // of the behavior
    std::string behavior, object;
    std::vector<std::string> variables;  // that have results of the step: "`v`", "`v` of exc"
};

/// One step of an evaluation as an executor carried it out.
struct StepReport {
    std::string kernel;           // the name of a compiled kernel; empty where interpreted
    std::size_t groups = 1;       // equal ones that the kernel ran for in one launch
    std::vector<Op> operations;   // of one of them, in the order of recording
    std::ptrdiff_t elements = 0;  // of the space that the step walks over
    std::size_t bytes = 0;        // read and written in memory
    double seconds = 0.0;
    /// What events saved, or why they saved nothing; empty where no matrix meets a vector.
    std::string rewrite;
    std::vector<StepOrigin> origins;  // known only while a Legend is open
    std::vector<std::string> reads;   // the named ones, where no result has a name
};

/// While one of these lives, executors append what they do to `steps`. Results stay the same, times
/// grow a little. One at a time.
class TraceScope {
public:
    explicit TraceScope(std::vector<StepReport>& steps) noexcept;
    TraceScope(const TraceScope&) = delete;
    TraceScope& operator=(const TraceScope&) = delete;
    ~TraceScope();

    /// Null while nobody looks.
    [[nodiscard]] static std::vector<StepReport>* current() noexcept;
};

}  // namespace monnto
