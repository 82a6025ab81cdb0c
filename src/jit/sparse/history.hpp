#pragma once

#include <monnto/array/pattern.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace monnto::sparse {

/// Elements of a history (array/functions/sparse.hpp): the latest slot's number, then for each slot
/// a count and room for as many indices as there are sources.
struct History {
    std::int32_t* data;
    std::ptrdiff_t sources;
    std::int32_t slots;

    [[nodiscard]] std::int32_t* slot(std::int32_t number) const noexcept {
        return data + 1 + number * (sources + 1);
    }
    /// Events that were pushed `age` pushes before the latest.
    [[nodiscard]] std::span<const std::int32_t> events(std::int32_t age) const noexcept {
        const std::int32_t* from = slot((*data + slots - age) % slots);
        return {from + 1, static_cast<std::size_t>(*from)};
    }
};

}  // namespace monnto::sparse
