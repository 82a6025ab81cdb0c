#include "progress.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace monnto {
namespace {

std::string time_text(double seconds) {
    const auto whole = static_cast<std::int64_t>(std::ceil(seconds));
    if (whole < 3600) {
        return fmt::format("{}:{:02}", whole / 60, whole % 60);
    }
    return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

}  // namespace

std::chrono::duration<double> steady_seconds() {
    return std::chrono::steady_clock::now().time_since_epoch();
}

ProgressLine::ProgressLine(std::ostream& out, bool is_terminal, std::int64_t total, Clock clock)
    : out_(out),
      is_terminal_(is_terminal),
      total_(total),
      clock_(std::move(clock)),
      start_(clock_()),
      last_drawn_(start_) {}

ProgressLine::~ProgressLine() {
    if (has_drawn_) {
        out_ << '\n' << std::flush;
    }
}

void ProgressLine::update(std::int64_t done) {
    if (!is_terminal_ || total_ <= 0) {
        return;
    }
    const std::chrono::duration<double> now = clock_();
    const bool is_early = has_drawn_ && (now - last_drawn_).count() < 0.1;
    if (is_early && done < total_) {
        return;
    }
    last_drawn_ = now;
    has_drawn_ = true;
    const double seconds = std::max((now - start_).count(), 1e-9);
    const double rate = static_cast<double>(done) / seconds;
    const double left = rate > 0.0 ? static_cast<double>(total_ - done) / rate : 0.0;
    // Blanks at the end cover what a longer line before left behind.
    out_ << fmt::format("\r{}/{} ({}%)  {:.4g} it/s  {} left    ", done, total_,
                        100 * done / total_, rate, time_text(left))
         << std::flush;
}

}  // namespace monnto
