#include "made.hpp"

#include <monnto/array/functions/create.hpp>

namespace monnto {
namespace {

/// What a distribution draws natively, and what it takes.
struct Draw {
    DType result = DType::f64;
    DType parameter = DType::f64;
    std::size_t parameters = 0;
};

Draw draw_of(Distribution distribution, DType dtype) {
    switch (distribution) {
        case Distribution::uniform:
        case Distribution::normal:
        case Distribution::exponential:
            return {.result = dtype == DType::f64 || !is_float(dtype) ? DType::f64 : DType::f32};
        case Distribution::bits:
            return {.result = dtype == DType::u32 ? DType::u32 : DType::u64};
        case Distribution::integers:
            return {.result = DType::i64, .parameter = DType::i64, .parameters = 2};
        case Distribution::poisson:
            return {.result = DType::i64, .parameters = 1};
        case Distribution::bernoulli:
            return {.result = DType::boolean, .parameters = 1};
        case Distribution::sparse_mask:
            return {.result = DType::boolean};
    }
    throw InternalError("draw_of: no such distribution");
}

void check_probability(double p) {
    const bool is_valid = p >= 0.0 && p <= 1.0;  // NaN is not
    if (!is_valid) {
        throw BadParameter("probability", Number(p).to_string(), "it must lie between 0 and 1");
    }
}

Array drawn(const Draw& draw, const RandomAttr& attribute, DType dtype, const Shape& shape,
            std::vector<NodeRef> parameters) {
    const NodeRef node =
        record(Op::random, draw.result, shape, attribute, NodeInputs(std::move(parameters)));
    return Array(record_cast(node, dtype));
}

}  // namespace

Array random_array(Distribution distribution, const RandomPosition& position, DType dtype,
                   const Shape& shape, const std::vector<Operand>& parameters) {
    const Draw draw = draw_of(distribution, dtype);
    if (parameters.size() != draw.parameters) {
        throw BadParameter("parameters", std::to_string(parameters.size()),
                           "this distribution takes " + std::to_string(draw.parameters));
    }
    std::vector<NodeRef> nodes;
    for (const Operand& parameter : parameters) {
        if (distribution == Distribution::bernoulli && parameter.is_number()) {
            check_probability(parameter.number().as_double());
        }
        if (broadcast(parameter.shape(), shape, "random") != shape) {
            throw ShapeMismatch("random", parameter.shape().to_vector(), shape.to_vector(),
                                "ask for the shape that the parameters have");
        }
        nodes.push_back(operand_node(parameter, draw.parameter));
    }
    return drawn(draw, {.distribution = distribution, .position = position}, dtype, shape,
                 std::move(nodes));
}

Array random_sparse_mask(const RandomPosition& position, const Shape& shape, double probability) {
    check_probability(probability);
    return drawn(draw_of(Distribution::sparse_mask, DType::boolean),
                 {.distribution = Distribution::sparse_mask,
                  .position = position,
                  .probability = probability},
                 DType::boolean, shape, {});
}

}  // namespace monnto
