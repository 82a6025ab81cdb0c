#pragma once

#include <monnto/base/error.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace monnto {

/// What a matrix will need, in bytes, by way of storage.
struct MemoryForecast {
    double synapses = 0.0;
    double dense = 0.0;
    double sparse = 0.0;      // of a static one; values included
    double procedural = 0.0;  // next to nothing
    /// "299 M synapses: dense 23.8 GB, sparse 1.8 GB, procedural 0.6 MB"
    [[nodiscard]] std::string to_string() const;
};
/// `value_bytes` is the size of one value; 0 where all synapses share one.
[[nodiscard]] MemoryForecast forecast(std::ptrdiff_t sources, std::ptrdiff_t targets,
                                      double synapses, std::size_t value_bytes,
                                      std::ptrdiff_t delays = 0);

/// Bytes that can be allocated without swapping, also within the limit of a container.
[[nodiscard]] double available_memory();
/// Pretends that so much is there, for tests and careful users; nothing: ask the system.
void set_available_memory(std::optional<double> bytes);

/// Thrown before anything is allocated; the network stays usable.
class NotEnoughMemory : public Error {
public:
    NotEnoughMemory(const std::string& what, double needed, double available,
                    const std::string& advice);
    double needed, available;  // bytes
};
/// Throws NotEnoughMemory where `needed` bytes are not there. `what` says what they are for.
void check_memory(const std::string& what, double needed, const MemoryForecast& alternatives);

}  // namespace monnto
