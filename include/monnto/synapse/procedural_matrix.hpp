#pragma once

#include <monnto/array/array.hpp>
#include <monnto/array/pattern.hpp>
#include <monnto/synapse/rules.hpp>
#include <monnto/synapse/sparse_matrix.hpp>

#include <cstdint>
#include <memory>

namespace monnto {

/// Synapses that are not kept: the row of a source is made again at every spike, from the
/// counter-based generator, so it is the same each time and costs no memory. Values are one number
/// for all, or drawn uniformly from [low, high) for each.
struct ProceduralSynapses {
    std::shared_ptr<const RuleRows> rows;
    std::ptrdiff_t sources = 0, targets = 0;
    double low = 0.0, high = 0.0;  // equal for one number
    RandomPosition position;       // of the values
    DType dtype = DType::f32;      // f32 or f64
};

/// A matrix of such synapses: products with events along the sources cost their synapses, products
/// along the targets cost all of them. It cannot be changed. Copies share the spikes on their way.
class ProceduralMatrix {
public:
    ProceduralMatrix() = default;
    /// Delay in steps, the same for all. Throws BadDelay.
    ProceduralMatrix(std::shared_ptr<const ProceduralSynapses> synapses, std::int32_t delay = 1,
                     bool is_source_first = false);
    /// Throws what `rule_rows` throws, and BadParameter where `high` < `low`.
    [[nodiscard]] static std::shared_ptr<const ProceduralSynapses> synapses_of(
        const Rule& rule, const Ends& ends, const RandomPosition& position, double low, double high,
        const Allowed& allowed = {}, DType dtype = DType::f32);

    [[nodiscard]] const ProceduralSynapses& synapses() const { return *synapses_; }
    [[nodiscard]] const std::shared_ptr<const ProceduralSynapses>& shared_synapses()
        const noexcept {
        return synapses_;
    }
    [[nodiscard]] std::int32_t delay() const noexcept { return delay_; }  // steps
    [[nodiscard]] bool is_source_first() const noexcept { return is_source_first_; }
    [[nodiscard]] Shape shape() const;
    [[nodiscard]] ProceduralMatrix T() const;
    /// W @ x, and x @ W. Order of addition as SparseMatrix.
    [[nodiscard]] Array dot(const Array& x) const;
    [[nodiscard]] Array rdot(const Array& x) const;
    /// As SparseMatrix::deliver.
    [[nodiscard]] Array deliver(const Array& spikes);
    [[nodiscard]] const Array& history() const noexcept { return history_; }
    void set_history(const Array& history) { history_ = history; }
    /// The same synapses, kept.
    [[nodiscard]] SparseMatrix to_sparse() const;

private:
    [[nodiscard]] Array product(const Array& x, Side from) const;
    std::shared_ptr<const ProceduralSynapses> synapses_;
    std::int32_t delay_ = 1;
    bool is_source_first_ = false;
    Array history_;
};

/// What the above is made of; `x` runs along `from`.
[[nodiscard]] Array procedural_product(const std::shared_ptr<const ProceduralSynapses>& synapses,
                                       const Array& x, Side from);
/// What is due of a history of `delay` slots.
[[nodiscard]] Array procedural_deliver(const std::shared_ptr<const ProceduralSynapses>& synapses,
                                       const Array& history, std::int32_t delay);

}  // namespace monnto
