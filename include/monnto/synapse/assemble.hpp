#pragma once

#include <monnto/array/array.hpp>
#include <monnto/array/pattern.hpp>
#include <monnto/synapse/connections.hpp>

#include <cstdint>
#include <span>

namespace monnto {

/// Connections between parts of two populations, with what they carry: source 0 of the piece is
/// `first_source` of the whole, target 0 is `first_target`. Delays are those of the connections, or
/// `delay` for all.
struct Piece {
    Connections connections;
    Array weight;  // one per synapse in the order of the connections, or of rank 0 for all
    std::int64_t first_source = 0;
    std::int64_t first_target = 0;
    std::uint16_t delay = 0;  // steps; 0: no delays
};

/// A pattern and the values of its positions.
struct Assembly {
    PatternRef pattern;
    Array values;  // of rank 0 where all pieces share one number
};

/// All pieces in one pattern. Synapses that share source, target and delay stay in the order of the
/// pieces. The same bits for any number of threads. `dtype` (f32 or f64) is that of the values.
///
/// Where one piece has delays all must; throws BadParameter otherwise, for a delay of 0 steps among
/// others, and ShapeMismatch for a piece that reaches beyond the whole or for weights of another
/// number.
[[nodiscard]] Assembly assembled(std::int64_t sources, std::int64_t targets,
                                 std::span<const Piece> pieces, DType dtype = DType::f32);

}  // namespace monnto
