#pragma once

#include <cstdint>

namespace monnto::kernel {

/// Mixes words into one. Equal sequences give equal values; whoever relies on equality compares.
class Hash {
public:
    void add(std::uint64_t word) noexcept {
        value_ = (value_ ^ word) * 0x9E3779B97F4A7C15U;
        value_ ^= value_ >> 29U;
    }
    [[nodiscard]] std::uint64_t value() const noexcept { return value_; }

private:
    std::uint64_t value_ = 0x243F6A8885A308D3U;
};

}  // namespace monnto::kernel
