#include <monnto/core/synapse_group.hpp>

#include <monnto/core/network.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/snapshot.hpp>
#include <monnto/synapse/memory.hpp>

namespace monnto {

SynapseGroup::SynapseGroup(Population& source, Population& destination, std::string_view tag,
                           std::string_view class_tag)
    : class_tag_(class_tag),
      source_(source.population_holder()),
      destination_(destination.population_holder()) {
    set_tags(tag, class_tag);
    add_tag("syn");
    add_tag(source_group().tag() + "_to_" + destination_group().tag());
    // Everything is connected until a behavior says otherwise.
    (*this)["enabled"] = true;
}

SynapseGroup::~SynapseGroup() = default;

Shape SynapseGroup::matrix_dim() const {
    const bool source_first = has_network() && network().settings().syn_dim == SynapseOrder::SxD;
    return source_first ? Shape{source_->size(), destination_->size()}
                        : Shape{destination_->size(), source_->size()};
}

Array SynapseGroup::matrix(const Mode& mode, const ModeOptions& options) {
    const Shape shape = matrix_dim();
    const double places = static_cast<double>(shape[0]) * static_cast<double>(shape[1]);
    const double share = options.density && options.density->is_number()
                             ? options.density->number().as_double()
                             : 1.0;
    const std::size_t width = size_of(options.dtype.value_or(default_dtype()));
    const MemoryForecast all =
        forecast(source_->size(), destination_->size(), places * share, width);
    check_memory("the dense matrix of " + description(), all.dense, all);
    return array_from_mode(*this, mode, matrix_dim(), options);
}

SparseMatrix SynapseGroup::sparse_matrix(const Mode& mode, const SparseOptions& options) {
    return sparse_from_mode(*this, mode, options);
}

std::ptrdiff_t SynapseGroup::sparse_count() const {
    std::ptrdiff_t total = noted_synapses_;
    for (const auto& [name, matrix] : sparse_) {
        total += matrix.is_empty() ? 0 : matrix.nnz();
    }
    return total;
}

SparseMatrix& SynapseGroup::sparse(std::string_view name) {
    return sparse_.try_emplace(std::string(name)).first->second;
}

Array SynapseGroup::ignore_transpose_mode(const Array& weights) const {
    return network().settings().syn_dim == SynapseOrder::SxD ? weights.T() : weights;
}

namespace {

/// A sparse matrix as pieces of a snapshot. Patterns never change, so the snapshot shares them.
void visit_sparse(StateVisitor& visitor, SparseMatrix& matrix) {
    Array values = matrix.is_empty() ? Array() : matrix.values();
    Array history = matrix.is_empty() ? Array() : matrix.history();
    Snapshot::Opaque pattern = matrix.is_empty() ? nullptr : matrix.pattern();
    bool source_first = matrix.is_source_first();
    visitor.array("values", values);
    visitor.array("history", history);
    visitor.opaque("pattern", pattern);
    visitor.boolean("source_first", source_first);
    if (!visitor.is_saving() && pattern != nullptr) {
        matrix =
            SparseMatrix(std::static_pointer_cast<const Pattern>(pattern), values, source_first);
        matrix.set_history(history);
    }
}

}  // namespace

void SynapseGroup::visit_state(StateVisitor& visitor) {
    Object::visit_state(visitor);
    visitor.real("group_weighting", group_weighting_);
    const StateVisitor::Scope scope(visitor, "sparse");
    for (auto& [name, matrix] : sparse_) {
        const StateVisitor::Scope inner(visitor, name);
        visit_sparse(visitor, matrix);
    }
}

void SynapseGroup::append_places(Places& places) {
    Object::append_places(places);
    for (auto& [name, matrix] : sparse_) {
        if (matrix.is_empty()) {
            continue;
        }
        places.add(name + " of " + description(), matrix.values().cell());
        if (!matrix.history().is_empty_handle()) {
            places.add("spikes on their way to " + name + " of " + description(),
                       matrix.history().cell());
        }
    }
}

}  // namespace monnto
