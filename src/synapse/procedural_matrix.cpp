#include <monnto/synapse/procedural_matrix.hpp>

#include <monnto/array/functions/sparse.hpp>
#include <monnto/synapse/build.hpp>

#include <fmt/format.h>

#include <utility>

namespace monnto {

ProceduralMatrix::ProceduralMatrix(std::shared_ptr<const ProceduralSynapses> synapses,
                                   std::int32_t delay, bool is_source_first)
    : synapses_(std::move(synapses)), delay_(delay), is_source_first_(is_source_first) {
    if (delay < 1 || delay > BadDelay::longest) {
        throw BadDelay(delay, "steps");
    }
}

std::shared_ptr<const ProceduralSynapses> ProceduralMatrix::synapses_of(
    const Rule& rule, const Ends& ends, const RandomPosition& position, double low, double high,
    const Allowed& allowed, DType dtype) {
    if (!(low <= high)) {
        throw BadParameter("high", fmt::format("{}", high), "a number not below `low`");
    }
    if (dtype != DType::f32 && dtype != DType::f64) {
        throw TypeMismatch("procedural matrix", std::string(name_of(dtype)),
                           "take float32 or float64");
    }
    ProceduralSynapses made;
    made.rows = rule_rows(rule, ends, position, allowed);
    made.sources = ends.sources;
    made.targets = ends.targets;
    made.low = low;
    made.high = high;
    made.position = position;
    made.dtype = dtype;
    return std::make_shared<const ProceduralSynapses>(std::move(made));
}

Shape ProceduralMatrix::shape() const {
    return is_source_first_ ? Shape{synapses_->sources, synapses_->targets}
                            : Shape{synapses_->targets, synapses_->sources};
}

ProceduralMatrix ProceduralMatrix::T() const {
    ProceduralMatrix turned = *this;
    turned.is_source_first_ = !is_source_first_;
    return turned;
}

Array ProceduralMatrix::dot(const Array& x) const {
    return procedural_product(synapses_, x, is_source_first_ ? Side::target : Side::source);
}

Array ProceduralMatrix::rdot(const Array& x) const {
    return procedural_product(synapses_, x, is_source_first_ ? Side::source : Side::target);
}

Array ProceduralMatrix::deliver(const Array& spikes) {
    if (history_.is_empty_handle()) {
        history_ = make_history(synapses_->sources, delay_);
    }
    push_events(history_, spikes, delay_);
    return procedural_deliver(synapses_, history_, delay_);
}

}  // namespace monnto
