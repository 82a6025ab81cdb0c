#include <monnto/core/mode.hpp>

#include "distributions.hpp"
#include "mode_scope.hpp"

#include <monnto/array/functions.hpp>
#include <monnto/array/functions/sparse_draw.hpp>
#include <monnto/core/object.hpp>
#include <monnto/expression/ast.hpp>
#include <monnto/expression/evaluate.hpp>
#include <monnto/expression/parser.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace monnto {
namespace {

HostDistribution& host() {
    static HostDistribution draw;
    return draw;
}

// Scripts ask for the same few modes every step.
const expression::Expression& parsed(const std::string& text) {
    thread_local std::unordered_map<std::string, expression::Expression> known;
    const auto found = known.find(text);
    if (found != known.end()) {
        return found->second;
    }
    if (known.size() >= 256) {
        known.clear();
    }
    return known.emplace(text, expression::parse(text)).first->second;
}

Array of_shape(const Array& values, const Shape& shape) {
    if (values.shape() == shape) {
        return values;
    }
    return broadcast_to(values, shape).copy();
}

struct Filled {
    Array values;
    bool keeps_dtype = false;  // modes that name a dtype are not cast to the network's
};

Filled fill(Object& object, const Mode& mode, const Shape& shape, DType dtype) {
    if (const auto* number = std::get_if<Number>(&mode.value)) {
        return {full(shape, *number, dtype), false};
    }
    if (const auto* wanted = std::get_if<DType>(&mode.value)) {
        return {zeros(shape, *wanted), true};
    }
    const ModeScope scope(object, shape, dtype);
    const auto& text = std::get<std::string>(mode.value);
    const expression::Value value = expression::evaluate(parsed(text), scope);
    if (const auto* wanted = value.get_if<DType>()) {
        return {zeros(shape, *wanted), true};
    }
    const Operand operand = expression::as_operand(value, fmt::format("mode '{}'", text));
    if (operand.is_number()) {
        return {full(shape, operand.number(), dtype), false};
    }
    return {of_shape(operand.array(), shape), false};
}

// Which entries are kept; nothing where all of them are.
std::optional<Array> kept_entries(Object& object, const Operand& density, const Shape& shape) {
    if (!density.is_number() && density.array().rank() != 0) {
        Array probability = density.array();
        if (probability.rank() < shape.size()) {
            // One per row: the further axes of the result share it.
            Shape column = probability.shape();
            while (column.size() < shape.size()) {
                column.push_back(1);
            }
            probability = probability.reshape(column);
        }
        (void)broadcast(probability.shape(), shape, "density");
        return random_array(Distribution::bernoulli, object.next_random_position(), DType::boolean,
                            shape, {probability});
    }
    const double probability =
        density.is_number() ? density.number().as_double() : density.array().item<double>();
    if (std::isnan(probability)) {
        throw BadParameter("density", "nan", "a probability between 0 and 1");
    }
    if (probability >= 1.0) {
        return std::nullopt;
    }
    return random_sparse_mask(object.next_random_position(), shape, std::max(probability, 0.0));
}

}  // namespace

Array array_from_mode(Object& object, const Mode& mode, const Shape& shape,
                      const ModeOptions& options) {
    const DType dtype = options.dtype.value_or(object.default_dtype());
    auto [values, keeps_dtype] = fill(object, mode, shape, dtype);
    if (!keeps_dtype) {
        values = values.astype(dtype);
    }
    if (options.density) {
        if (const auto kept = kept_entries(object, *options.density, shape)) {
            values = keep(values, *kept);
        }
    }
    if (options.scale) {
        values.in_place(Op::multiply, *options.scale);
    }
    return values;
}

void set_host_distribution(HostDistribution draw) {
    host() = std::move(draw);
}

const HostDistribution& host_distribution() noexcept {
    return host();
}

std::vector<std::string> mode_functions() {
    std::vector<std::string> names{"bool", "int"};
    for (const NativeDistribution& distribution : native_distributions()) {
        names.emplace_back(distribution.name);
    }
    return names;
}

}  // namespace monnto
