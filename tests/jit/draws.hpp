#pragma once

#include "nodes.hpp"
#include "random_golden.hpp"

namespace monnto::support {

inline constexpr RandomPosition golden_position{
    .key = golden::key, .step = golden::step, .ordinal = golden::ordinal};

/// The elements of a draw of `shape`.
template <class T>
[[nodiscard]] std::vector<T> drawn(Distribution distribution, const Shape& shape,
                                   NodeInputs inputs = {},
                                   const RandomPosition& position = golden_position) {
    return values_of<T>(interpret(recorded(Op::random, dtype_of<T>, shape, std::move(inputs),
                                           RandomAttr{distribution, position, 1.0})));
}
template <class T>
[[nodiscard]] std::vector<T> drawn(Distribution distribution, std::ptrdiff_t count,
                                   NodeInputs inputs = {},
                                   const RandomPosition& position = golden_position) {
    return drawn<T>(distribution, Shape{count}, std::move(inputs), position);
}
[[nodiscard]] inline std::vector<bool> drawn_mask(
    double probability, std::ptrdiff_t count, const RandomPosition& position = golden_position) {
    return values_of<bool>(
        interpret(recorded(Op::random, DType::boolean, Shape{count}, {},
                           RandomAttr{Distribution::sparse_mask, position, probability})));
}
template <class T>
[[nodiscard]] NodeRef single(T value) {
    return settled(std::vector<T>{value}, Shape{});
}

}  // namespace monnto::support
