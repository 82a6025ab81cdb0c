#pragma once

#include <monnto/array/array.hpp>
#include <monnto/core/fwd.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace monnto {

/// A parameter of a distribution with numpy.random's name and default.
struct DistributionParameter {
    std::string_view name;
    std::optional<double> fallback;  // nothing: must be given
};

/// Where and what to draw.
struct DrawRequest {
    Object& object;
    const Shape& shape;
    DType dtype;
};

/// A function that modes know. `make` gets the parameters in their order, defaults filled in; one
/// that is neither given nor has a default is left out at the end (randint's high).
struct NativeDistribution {
    std::string_view name;
    std::vector<DistributionParameter> parameters;
    std::size_t required;  // how many must be given or have a default
    Array (*make)(const DrawRequest&, const std::vector<Operand>&);
};

[[nodiscard]] const std::vector<NativeDistribution>& native_distributions();
[[nodiscard]] const NativeDistribution* native_distribution(std::string_view name);

}  // namespace monnto
