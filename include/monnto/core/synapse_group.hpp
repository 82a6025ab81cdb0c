#pragma once

#include <monnto/core/behavior.hpp>
#include <monnto/core/object.hpp>
#include <monnto/core/population.hpp>
#include <monnto/core/sparse_options.hpp>
#include <monnto/synapse/sparse_matrix.hpp>

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace monnto {

/// The connections from one population to another. Weights are variables that behaviors make: by
/// convention `W`, and `enabled` for where synapses are.
class SynapseGroup : public Object {
public:
    /// Without a network: Network::add_synapses or Network::adopt gives it one.
    SynapseGroup(Population& source, Population& destination, std::string_view tag,
                 std::string_view class_tag = "SynapseGroup");
    ~SynapseGroup() override;

    [[nodiscard]] Population& source() const noexcept { return *source_; }
    [[nodiscard]] Population& destination() const noexcept { return *destination_; }
    [[nodiscard]] NeuronGroup& source_group() const { return source_->base_group(); }
    [[nodiscard]] NeuronGroup& destination_group() const { return destination_->base_group(); }

    /// (destination, source), or (source, destination) in a network of order SxD.
    [[nodiscard]] Shape matrix_dim() const;
    /// A new matrix of that shape: s.matrix("uniform", {.density = 0.1}).
    [[nodiscard]] Array matrix(const Mode& mode = 0.0, const ModeOptions& options = {});
    /// The same, of which only the synapses that exist are stored (core/sparse_options.hpp).
    [[nodiscard]] SparseMatrix sparse_matrix(const Mode& mode, const SparseOptions& options);
    /// A sparse matrix as variable of the group: snapshots and plans know its values and its spikes
    /// on their way. Empty until it is assigned. To record it, let a variable share its values:
    /// `s["weights"] = s.sparse("W").values()`.
    [[nodiscard]] SparseMatrix& sparse(std::string_view name);
    /// Synapses of the sparse matrices that are variables of the group; 0 without.
    [[nodiscard]] std::ptrdiff_t sparse_count() const;
    /// How many there are in matrices that another language keeps with the group.
    void note_sparse(std::ptrdiff_t synapses) noexcept { noted_synapses_ = synapses; }
    /// `weights` as (destination, source), whatever the order of the network; a view.
    [[nodiscard]] Array ignore_transpose_mode(const Array& weights) const;

    [[nodiscard]] double group_weighting() const noexcept { return group_weighting_; }
    void set_group_weighting(double weighting) noexcept { group_weighting_ = weighting; }

    [[nodiscard]] Shape natural_shape() const override { return matrix_dim(); }
    [[nodiscard]] std::string class_name() const override { return class_tag_; }
    void visit_state(StateVisitor& visitor) override;
    void append_places(Places& places) override;

private:
    std::string class_tag_;
    std::shared_ptr<Population> source_;
    std::shared_ptr<Population> destination_;
    double group_weighting_ = 1.0;
    std::ptrdiff_t noted_synapses_ = 0;
    std::map<std::string, SparseMatrix, std::less<>> sparse_;
};

}  // namespace monnto
