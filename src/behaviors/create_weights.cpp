#include <monnto/behaviors/create_weights.hpp>

#include <monnto/array/functions.hpp>
#include <monnto/core/object_scope.hpp>

#include <array>
#include <string>

namespace monnto {
namespace {

constexpr int rounds = 10;

Array divided_by_sums(const Array& weights, std::ptrdiff_t axis) {
    const Array sums = sum(weights, Over(axis, true));
    return weights / where(sums == 0.0, 1.0, sums);
}

}  // namespace

void CreateWeights::visit_parameters(Params& p, const ParameterVisitor& visit) {
    visit("distribution", p.distribution);
    visit("density", p.density);
    visit("normalize", p.normalize);
    visit("nomr_fac", p.nomr_fac);
}

void CreateWeights::initialize(SynapseGroup& synapses) {
    const double density = params_.density.number("density");
    if (density < 0.0 || density > 1.0) {
        throw BadParameter("density", std::to_string(density), "a probability");
    }
    Array weights = synapses.matrix(
        params_.distribution.text("distribution"),
        {.density = density < 1.0 ? std::optional<Operand>(density) : std::optional<Operand>()});
    const std::array<std::string, 1> path = {"enabled"};
    if (const auto enabled = ObjectScope(synapses).find(path)) {
        weights = binary(Op::multiply, weights, expression::as_operand(*enabled, "enabled"));
    }
    if (params_.normalize.number("normalize") != 0.0) {
        for (int round = 0; round < rounds; ++round) {
            weights = divided_by_sums(weights, 1);
            weights = divided_by_sums(weights, 0);
        }
        weights = weights * params_.nomr_fac.resolve(synapses, "nomr_fac");
    }
    synapses["W"] = weights;
}

MONNTO_BEHAVIOR(CreateWeights);

}  // namespace monnto
