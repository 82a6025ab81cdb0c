#include <monnto/structure/boxes.hpp>

#include <monnto/array/functions.hpp>
#include <monnto/core/neuron_group.hpp>

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

namespace monnto {
namespace {

using Values = std::array<std::vector<double>, 3>;

Values values_of(const Coordinates& places) {
    return {places.x.astype(DType::f64).host<double>(), places.y.astype(DType::f64).host<double>(),
            places.z.astype(DType::f64).host<double>()};
}

/// The borders of `count` equal parts, as np.linspace gives them.
std::vector<double> edges(const std::vector<double>& values, std::ptrdiff_t count) {
    if (count < 1) {
        throw BadParameter("steps", std::to_string(count), "at least 1 box along each axis");
    }
    if (values.empty()) {
        return std::vector<double>(static_cast<std::size_t>(count) + 1, 0.0);
    }
    const auto [low, high] = std::ranges::minmax_element(values);
    return linspace(*low, *high, count + 1).host<double>();
}

/// The first part that holds `value`; its borders belong to it.
std::size_t part_of(double value, const std::vector<double>& borders) {
    const auto above = std::lower_bound(borders.begin() + 1, borders.end() - 1, value);
    return static_cast<std::size_t>(above - borders.begin() - 1);
}

Array mask_of(const std::vector<unsigned char>& bits) {
    const auto size = static_cast<std::ptrdiff_t>(bits.size());
    return Array::from_bytes(DType::boolean, bits.data(), bits.size(), {size});
}

}  // namespace

Coordinates coordinates_of(const Population& neurons) {
    NeuronGroup& base = neurons.base_group();
    const auto axis = [&](std::string_view name) -> Array {
        if (!base.has_variable(name)) {
            return zeros({neurons.size()});
        }
        const Array values = neurons.get(name);
        return values.rank() == 0 ? broadcast_to(values, {neurons.size()}).copy() : values;
    };
    return {axis("x"), axis("y"), axis("z")};
}

std::vector<Array> box_masks(const Coordinates& places, const Steps& steps) {
    const Values values = values_of(places);
    std::array<std::vector<double>, 3> borders;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        borders[axis] = edges(values[axis], steps[axis]);
    }
    const std::size_t size = values[0].size();
    const auto count = static_cast<std::size_t>(steps[0] * steps[1] * steps[2]);
    std::vector<std::vector<unsigned char>> bits(count, std::vector<unsigned char>(size, 0));
    for (std::size_t i = 0; i < size; ++i) {
        std::size_t box = 0;
        for (std::size_t axis = 0; axis < 3; ++axis) {
            box = box * static_cast<std::size_t>(steps[axis]) +
                  part_of(values[axis][i], borders[axis]);
        }
        bits[box][i] = 1;
    }
    std::vector<Array> masks;
    std::ranges::transform(bits, std::back_inserter(masks), mask_of);
    return masks;
}

Array near_mask(const Coordinates& places, const Coordinates& part, const Vector3& margin) {
    const Values everywhere = values_of(places);
    const Values own = values_of(part);
    std::vector<unsigned char> inside(everywhere[0].size(), own[0].empty() ? 0 : 1);
    for (std::size_t axis = 0; axis < 3 && !own[axis].empty(); ++axis) {
        const auto [low, high] = std::ranges::minmax_element(own[axis]);
        for (std::size_t i = 0; i < inside.size(); ++i) {
            const double value = everywhere[axis][i];
            if (value < *low - margin[axis] || value > *high + margin[axis]) {
                inside[i] = 0;
            }
        }
    }
    return mask_of(inside);
}

}  // namespace monnto
