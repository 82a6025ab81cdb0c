#pragma once

#include <cstdint>
#include <vector>

namespace monnto::events {

/// The part of a matrix that a kernel can change: all others keep their bits. Reused from run to
/// run, so that it allocates nothing once it is warm.
struct Region {
    enum class Shape : std::uint8_t {
        rows,   // whole rows
        pairs,  // some columns of some rows, or of all
        cross,  // whole rows, and some columns of all rows
    };
    Shape shape = Shape::rows;
    bool has_all_rows = true;           // of pairs
    std::vector<std::int32_t> rows;     // ascending
    std::vector<std::int32_t> columns;  // ditto; empty where whole rows are meant
    std::ptrdiff_t elements = 0;
};

}  // namespace monnto::events
