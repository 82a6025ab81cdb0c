#include <monnto/behaviors/nox_diffusion.hpp>

#include <monnto/array/functions.hpp>
#include <monnto/core/object_scope.hpp>
#include <monnto/core/snapshot.hpp>
#include <monnto/expression/evaluate.hpp>
#include <monnto/expression/parser.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

namespace monnto {
namespace {

constexpr std::array<int, 3> boxes_per_axis = {5, 5, 1};
constexpr double reach = 5.0;  // by how much a box is enlarged
constexpr const char* built_in_measurement = "self.partition_sum(n)";

/// One axis cut into equal parts. A neuron on a border belongs to the lower part.
struct Axis {
    std::vector<double> places;
    double low = 0.0;
    double width = 0.0;
    int parts = 1;

    Axis(std::vector<double> values, int count) : places(std::move(values)), parts(count) {
        const auto [first, last] = std::minmax_element(places.begin(), places.end());
        low = *first;
        width = (*last - *first) / parts;
    }
    [[nodiscard]] int part_of(std::size_t neuron) const {
        if (width <= 0.0) {
            return 0;
        }
        const double part = std::ceil((places[neuron] - low) / width) - 1.0;
        return std::clamp(static_cast<int>(part), 0, parts - 1);
    }
    [[nodiscard]] bool is_near(std::size_t neuron, int part) const {
        const double from = low + part * width;
        return places[neuron] >= from - reach && places[neuron] <= from + width + reach;
    }
};

struct Boxes {
    std::vector<float> means;
    std::vector<std::int64_t> box;
    std::ptrdiff_t count = 0;
};

Boxes boxes_of(const std::vector<Axis>& axes) {
    const std::size_t size = axes[0].places.size();
    Boxes made;
    std::vector<std::array<int, 3>> known;
    for (std::size_t i = 0; i < size; ++i) {
        const std::array<int, 3> at = {axes[0].part_of(i), axes[1].part_of(i), axes[2].part_of(i)};
        const auto found = std::find(known.begin(), known.end(), at);
        made.box.push_back(found - known.begin());
        if (found == known.end()) {
            known.push_back(at);
        }
    }
    made.count = static_cast<std::ptrdiff_t>(known.size());
    for (const std::array<int, 3>& at : known) {
        std::vector<float> row(size);
        float near = 0.0F;
        for (std::size_t i = 0; i < size; ++i) {
            const bool is_near =
                axes[0].is_near(i, at[0]) && axes[1].is_near(i, at[1]) && axes[2].is_near(i, at[2]);
            row[i] = is_near ? 1.0F : 0.0F;
            near += row[i];
        }
        for (const float each : row) {
            made.means.push_back(each / near);
        }
    }
    return made;
}

}  // namespace

void NoxDiffusion::visit_parameters(Params& p, const ParameterVisitor& visit) {
    visit("th_nox", p.th_nox);
    visit("eta_nox", p.eta_nox);
    visit("mp", p.mp);
}

NoxDiffusion::NoxDiffusion(Params params) : params_(std::move(params)) {
    const std::string text = params_.mp.text("mp");
    if (text != built_in_measurement) {
        measurement_ = expression::parse(text);
    }
}

void NoxDiffusion::initialize(NeuronGroup& neurons) {
    threshold_ = params_.th_nox.resolve(neurons, "th_nox");
    strength_ = params_.eta_nox.resolve(neurons, "eta_nox");
    neurons["nox"] = neurons.vector();
    if (measurement_) {
        return;
    }
    std::vector<Axis> axes;
    for (const char* name : {"x", "y", "z"}) {
        const Array places = neurons[name]->astype(DType::f64);
        axes.emplace_back(places.host<double>(), boxes_per_axis.at(axes.size()));
    }
    const Boxes boxes = boxes_of(axes);
    means_ = Array::from(std::span<const float>(boxes.means), {boxes.count, neurons.size()});
    box_ = Array::from(boxes.box);
}

Array NoxDiffusion::measured(NeuronGroup& neurons) const {
    if (measurement_) {
        return expression::evaluate_array(*measurement_, ObjectScope(neurons));
    }
    const Array output = neurons["output_new"]->astype(DType::f32);
    return take(means_.dot(output), box_).astype(neurons.default_dtype());
}

void NoxDiffusion::iteration(NeuronGroup& neurons) {
    const Array m = measured(neurons);
    neurons["nox"] =
        -strength_ * ((m < threshold_) * (threshold_ - m) - (m > threshold_) * (m - threshold_));
}

void NoxDiffusion::visit_state(StateVisitor& visitor) {
    visitor.array("threshold", threshold_);
    visitor.array("strength", strength_);
    visitor.array("means", means_);
    visitor.array("box", box_);
}

[[maybe_unused]] static const bool is_registered =
    (register_behavior<NoxDiffusion>("NOX_Diffusion"), true);

}  // namespace monnto
