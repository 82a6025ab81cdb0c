#pragma once

#include <monnto/array/array.hpp>
#include <monnto/array/pattern.hpp>

/// Operations on the synapses of a pattern. `values` is an array of one element per synapse, in the
/// order of positions, or of a single element that all synapses share and that costs no memory.
/// Wrong lengths throw ShapeMismatch. What `SparseMatrix` of the synapse module is made of.
namespace monnto {

/// Sums over the synapses of `value * vector`: `vector` runs along `from`, the result along the
/// other side. Elements of `vector` that are 0 or false add nothing, whatever the weights. Terms of
/// a sum come in ascending order of the side that is summed over (S17).
[[nodiscard]] Array sparse_product(const PatternRef& pattern, const Array& values,
                                   const Array& vector, Side from = Side::source);
/// What ends at each index of `side`, added up as rows of the dense matrix would be (S17).
[[nodiscard]] Array sparse_sum(const PatternRef& pattern, const Array& values, Side side);
/// For each synapse the element of `vector`, which runs along `side`, that belongs to its end
/// there.
[[nodiscard]] Array sparse_spread(const PatternRef& pattern, const Array& vector, Side side);
/// For each synapse the element of a dense matrix at its place.
[[nodiscard]] Array sparse_sample(const PatternRef& pattern, const Array& matrix,
                                  bool is_source_first);
/// The same for any expression that broadcasts to such a matrix. What was not evaluated yet and is
/// elementwise is computed for the synapses only: `post(all, newaxis) * pre(newaxis, all)` never
/// becomes a matrix.
[[nodiscard]] Array at_synapses(const PatternRef& pattern, const Array& expression,
                                bool is_source_first);
/// The dense matrix; several synapses of one place are added up in order of their positions.
[[nodiscard]] Array sparse_dense(const PatternRef& pattern, const Array& values,
                                 bool is_source_first);

/// Spikes of the last `slots` steps, kept as lists of indices (i32: the latest step's place, then
/// for each place a count and as many indices): an ordinary array, so snapshots hold what is on the
/// way.
[[nodiscard]] Array make_history(std::ptrdiff_t sources, std::int32_t slots);
/// The next step begins: `history` with the elements of `spikes` that are not 0 as the latest
/// step's, written in place.
void push_events(const Array& history, const Array& spikes, std::int32_t slots);
/// Sums of the values of all synapses that are due: those with a delay of d steps (without delays:
/// of one) whose source is among the events that were pushed d - 1 pushes before the latest.
/// Oldest spikes first, then by source. So a delay of one step gives what the product with the
/// pushed vector gives: a script that delivers before it finds the spikes of a step sees those of
/// the step before.
[[nodiscard]] Array sparse_deliver(const PatternRef& pattern, const Array& values,
                                   const Array& history, std::int32_t slots);

/// Records an operation of a module above.
[[nodiscard]] Array custom(const std::shared_ptr<const CustomOperation>& operation, DType dtype,
                           const Shape& shape, std::vector<Array> inputs);

}  // namespace monnto
