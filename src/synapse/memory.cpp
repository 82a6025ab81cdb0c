#include <monnto/synapse/memory.hpp>

#include <monnto/array/pattern.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>

namespace monnto {
namespace {

std::optional<double>& pretended() {
    static std::optional<double> bytes;
    return bytes;
}

[[nodiscard]] std::string readable(double bytes) {
    constexpr double step = 1000.0;
    const char* unit = "B";
    for (const char* next : {"kB", "MB", "GB", "TB", "PB"}) {
        if (bytes < step) {
            break;
        }
        bytes /= step;
        unit = next;
    }
    return fmt::format("{:.3g} {}", bytes, unit);
}

/// The number after `key` in a file of such lines; nothing where there is none.
[[nodiscard]] std::optional<double> number_after(const char* path, const std::string& key) {
    std::ifstream file(path);
    std::string name;
    double number = 0.0;
    std::string rest;
    while (file >> name >> number) {
        std::getline(file, rest);
        if (name == key) {
            return number;
        }
    }
    return {};
}

[[nodiscard]] std::optional<double> number_in(const char* path) {
    std::ifstream file(path);
    double number = 0.0;
    return file >> number ? std::optional(number) : std::nullopt;
}

/// What the container may still take, pages of files that can be dropped included; infinite where
/// it has no limit ("max").
[[nodiscard]] double container_memory() {
    const auto limit = number_in("/sys/fs/cgroup/memory.max");
    const auto used = number_in("/sys/fs/cgroup/memory.current");
    const auto files = number_after("/sys/fs/cgroup/memory.stat", "inactive_file");
    return limit && used ? std::max(0.0, *limit - *used + files.value_or(0.0))
                         : std::numeric_limits<double>::infinity();
}

}  // namespace

std::string MemoryForecast::to_string() const {
    return fmt::format("{:.4g} synapses: dense {}, sparse {}, procedural {}", synapses,
                       readable(dense), readable(sparse), readable(procedural));
}

MemoryForecast forecast(std::ptrdiff_t sources, std::ptrdiff_t targets, double synapses,
                        std::size_t value_bytes, std::ptrdiff_t delays) {
    MemoryForecast result;
    result.synapses = synapses;
    const auto places = static_cast<double>(sources) * static_cast<double>(targets);
    result.dense = places * static_cast<double>(std::max<std::size_t>(value_bytes, 4));
    const std::ptrdiff_t pages =
        Pattern::pages_for(sources, targets, static_cast<std::ptrdiff_t>(synapses), delays);
    const double index = Pattern::is_narrow(targets) || pages > 1 ? 2.0 : 4.0;
    const std::ptrdiff_t segments = std::max<std::ptrdiff_t>(1, delays) * pages;
    const double row = 8.0 + 4.0 * static_cast<double>(segments > 1 ? segments : 0);
    result.sparse =
        synapses * (index + static_cast<double>(value_bytes)) + static_cast<double>(sources) * row;
    result.procedural = static_cast<double>(sources + targets) * 4.0;
    return result;
}

double available_memory() {
    if (pretended()) {
        return *pretended();
    }
    const auto kilobytes = number_after("/proc/meminfo", "MemAvailable:");
    const double free = kilobytes ? *kilobytes * 1024.0 : std::numeric_limits<double>::infinity();
    return std::min(free, container_memory());
}

void set_available_memory(std::optional<double> bytes) {
    pretended() = bytes;
}

NotEnoughMemory::NotEnoughMemory(const std::string& what, double needed_, double available_,
                                 const std::string& advice)
    : Error(fmt::format("{} needs {} of memory, and {} can be had; {}", what, readable(needed_),
                        readable(available_), advice)),
      needed(needed_),
      available(available_) {}

void check_memory(const std::string& what, double needed, const MemoryForecast& alternatives) {
    constexpr double always_fine = 64e6;  // not worth asking the system
    if (needed < always_fine && !pretended()) {
        return;
    }
    const double available = available_memory();
    if (needed > available) {
        throw NotEnoughMemory(what, needed, available,
                              fmt::format("choose another storage, fewer synapses or a shorter "
                                          "type ({})",
                                          alternatives.to_string()));
    }
}

}  // namespace monnto
