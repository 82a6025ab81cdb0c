#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <ostream>

namespace monnto {

/// One line on a terminal that says how far a run is: rate and time left. Draws nothing elsewhere.
class ProgressLine {
public:
    using Clock = std::function<std::chrono::duration<double>()>;

    ProgressLine(std::ostream& out, bool is_terminal, std::int64_t total, Clock clock);
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    ~ProgressLine();  // ends the line, where there is one

    /// Redraws, at most ten times a second, and always at the end.
    void update(std::int64_t done);

private:
    std::ostream& out_;
    bool is_terminal_;
    bool has_drawn_ = false;
    std::int64_t total_;
    Clock clock_;
    std::chrono::duration<double> start_;
    std::chrono::duration<double> last_drawn_;
};

/// Seconds on the steady clock.
[[nodiscard]] std::chrono::duration<double> steady_seconds();

}  // namespace monnto
