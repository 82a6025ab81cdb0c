#pragma once

#include <monnto/array/array.hpp>
#include <monnto/array/functions/sparse.hpp>
#include <monnto/array/pattern.hpp>
#include <monnto/synapse/fwd.hpp>

#include <cstdint>
#include <memory>
#include <optional>

namespace monnto {

/// A matrix of synapses of which only those that exist are stored: a pattern and a value for each,
/// or one value for all. The logical shape is (target, source), or (source, target) with
/// `is_source_first`; scripts use it like a dense matrix.
///
/// Copying the handle shares the matrix, as copying an Array does (S1). In-place operators and
/// `values()` change it for every holder, and so do `prune` and `grow`.
///
/// What does not exist stays 0: in-place operators touch existing synapses only.
class SparseMatrix {
public:
    SparseMatrix() = default;
    /// Contract of `values`: one per synapse in the order of positions, or of rank 0. Throws
    /// ShapeMismatch.
    SparseMatrix(PatternRef pattern, Array values, bool is_source_first = false);
    /// The non-zero elements of a dense matrix.
    [[nodiscard]] static SparseMatrix from_dense(const Array& matrix, bool is_source_first);

    [[nodiscard]] bool is_empty() const noexcept { return state_ == nullptr; }
    [[nodiscard]] const PatternRef& pattern() const;
    [[nodiscard]] const Array& values() const;
    /// Other values for the same synapses: what `W = f(W)` does. Throws ShapeMismatch.
    void set_values(const Array& values);
    [[nodiscard]] bool is_source_first() const noexcept { return is_source_first_; }
    [[nodiscard]] Shape shape() const;
    [[nodiscard]] DType dtype() const { return values().dtype(); }
    /// How many synapses there are.
    [[nodiscard]] std::ptrdiff_t nnz() const { return pattern()->size(); }
    /// Pattern and values, in bytes.
    [[nodiscard]] std::size_t bytes() const;

    /// The same matrix with axes exchanged; shares the values.
    [[nodiscard]] SparseMatrix T() const;
    /// W @ x; x runs along the last axis.
    [[nodiscard]] Array dot(const Array& x) const;
    /// x @ W; x runs along the first axis.
    [[nodiscard]] Array rdot(const Array& x) const;
    /// What synapses transmit that are due: `spikes` of the sources begin their way. Throws
    /// BadState where a network of iterations cannot tell when: no sources' spikes were given
    /// before. With a delay of one step, or without delays, this is the product with `spikes`.
    [[nodiscard]] Array deliver(const Array& spikes) const;
    /// Spikes on their way (make_history); empty handle before the first `deliver`.
    [[nodiscard]] const Array& history() const;
    void set_history(const Array& history);
    [[nodiscard]] std::int32_t slots() const { return pattern()->longest_delay(); }

    [[nodiscard]] Array sum() const;
    [[nodiscard]] Array sum(std::ptrdiff_t axis) const;  ///< as of the dense matrix
    [[nodiscard]] Array mean() const;  ///< over all places, the empty ones included
    [[nodiscard]] Array min() const;   ///< ditto
    [[nodiscard]] Array max() const;   ///< ditto

    /// `expression`, which broadcasts to shape(), at each synapse.
    [[nodiscard]] Array at(const Array& expression) const;
    /// W op= x for the synapses that exist. Throws TypeMismatch as Array does.
    SparseMatrix& in_place(Op op, const Operand& other);
    SparseMatrix& operator+=(const Operand& other) { return in_place(Op::add, other); }
    SparseMatrix& operator-=(const Operand& other) { return in_place(Op::subtract, other); }
    SparseMatrix& operator*=(const Operand& other) { return in_place(Op::multiply, other); }
    SparseMatrix& operator/=(const Operand& other) { return in_place(Op::divide, other); }
    /// Keeps values between the bounds.
    void clip(const Operand& low, const Operand& high);

    [[nodiscard]] Array to_dense() const;
    [[nodiscard]] SparseMatrix copy() const;

    /// Takes away the synapses where `kept`, one truth value per synapse, is false. Spikes on their
    /// way stay on it. Returns how many went.
    std::ptrdiff_t prune(const Array& kept);
    /// Adds synapses with these ends, values and delays (1 where left out, if there are any).
    void grow(const Array& sources, const Array& targets, const Operand& value,
              const std::optional<Array>& delays = {});

private:
    struct State;
    [[nodiscard]] State& state() const;
    [[nodiscard]] Side side_of(int axis) const noexcept {
        return (axis == 0) == is_source_first_ ? Side::source : Side::target;
    }
    void own_values() const;

    std::shared_ptr<State> state_;
    bool is_source_first_ = false;
};

/// A history (make_history) of `before` slots as one of `slots`: the latest steps stay. An empty
/// handle stays one.
[[nodiscard]] Array with_slots(const Array& history, std::ptrdiff_t sources, std::int32_t before,
                               std::int32_t slots);

}  // namespace monnto
