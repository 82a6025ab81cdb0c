#pragma once

#include <string>

namespace monnto {

/// As the system calls it; "" where it has no name.
[[nodiscard]] std::string processor_name();

/// Bytes per second that one thread moves between memory and itself, reading and writing, measured
/// once (about 50 ms) and kept: what a loop over large arrays can reach at best.
[[nodiscard]] double memory_bandwidth();

}  // namespace monnto
