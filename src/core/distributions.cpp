#include "distributions.hpp"

#include <monnto/array/functions.hpp>
#include <monnto/array/functions/sparse_draw.hpp>
#include <monnto/core/object.hpp>

#include <algorithm>
#include <cmath>

namespace monnto {
namespace {

using Parameters = std::vector<Operand>;

Array plus(const Operand& a, const Operand& b) {
    return binary(Op::add, a, b);
}
Array minus(const Operand& a, const Operand& b) {
    return binary(Op::subtract, a, b);
}
Array times(const Operand& a, const Operand& b) {
    return binary(Op::multiply, a, b);
}

Array draw(const DrawRequest& request, Distribution distribution) {
    return random_array(distribution, request.object.next_random_position(), request.dtype,
                        request.shape);
}
Array draw_integers(const DrawRequest& request, Distribution distribution,
                    const Parameters& parameters) {
    return random_array(distribution, request.object.next_random_position(), DType::i64,
                        request.shape, parameters);
}

bool is_number_equal(const Operand& operand, double value) {
    return operand.is_number() && operand.number().as_double() == value;
}

Array uniform(const DrawRequest& request, const Parameters& p) {
    Array unit = draw(request, Distribution::uniform);
    if (is_number_equal(p[0], 0.0) && is_number_equal(p[1], 1.0)) {
        return unit;
    }
    return plus(times(unit, minus(p[1], p[0])), p[0]);
}

Array normal(const DrawRequest& request, const Parameters& p) {
    Array standard = draw(request, Distribution::normal);
    if (is_number_equal(p[0], 0.0) && is_number_equal(p[1], 1.0)) {
        return standard;
    }
    return plus(times(standard, p[1]), p[0]);
}

// Numbers beyond the bounds are drawn again (PyNN's name; GeNN's NormalClipped).
Array normal_clipped(const DrawRequest& request, const Parameters& p) {
    constexpr int most_rounds = 200;
    Array values = normal(request, p);
    for (int round = 0; round < most_rounds; ++round) {
        const Array is_outside =
            binary(Op::less, values, p[2]) || binary(Op::greater, values, p[3]);
        if (!any(is_outside).truth()) {
            return values;
        }
        values = where(is_outside, keep(normal(request, p), is_outside), values);
    }
    throw BadParameter("normal_clipped", "low and high",
                       "bounds that hold more than a tenth of the distribution");
}

Array lognormal(const DrawRequest& request, const Parameters& p) {
    return unary(Op::exp, normal(request, p));
}

// The shift of the packages this language comes from: sigma squared, where the mean of the result
// would ask for half of it. Published models depend on it.
Array lognormal_rm(const DrawRequest& request, const Parameters& p) {
    const Array shift = minus(unary(Op::log, p[0]), binary(Op::multiply, p[1], p[1]));
    return unary(Op::exp, plus(times(draw(request, Distribution::normal), p[1]),
                               shift.astype(request.dtype)));
}

Array uniform_gap(const DrawRequest& request, const Parameters& p) {
    const Array gap = times(p[0], p[1]).astype(request.dtype);
    const Array centered = minus(times(draw(request, Distribution::uniform), 2.0), 1.0);
    return plus(times(centered, gap), p[0]);
}

Array exponential(const DrawRequest& request, const Parameters& p) {
    return times(draw(request, Distribution::exponential), p[0]);
}

Array poisson(const DrawRequest& request, const Parameters& p) {
    return draw_integers(request, Distribution::poisson, p);
}

Array randint(const DrawRequest& request, const Parameters& p) {
    const Operand low = p.size() == 1 ? Operand(0) : p[0];
    return draw_integers(request, Distribution::integers, {low, p.back()});
}

Array bernoulli(const DrawRequest& request, const Parameters& p) {
    return random_array(Distribution::bernoulli, request.object.next_random_position(),
                        DType::boolean, request.shape, p);
}

Array constant(const DrawRequest& request, const Operand& value) {
    if (value.is_number()) {
        return full(request.shape, value.number(), request.dtype);
    }
    return broadcast_to(value.array(), request.shape);
}

Array zeros_of(const DrawRequest& request, const Parameters& /*p*/) {
    return zeros(request.shape, request.dtype);
}
Array ones_of(const DrawRequest& request, const Parameters& /*p*/) {
    return ones(request.shape, request.dtype);
}
Array full_of(const DrawRequest& request, const Parameters& p) {
    return constant(request, p[0]);
}

}  // namespace

const std::vector<NativeDistribution>& native_distributions() {
    static const std::vector<NativeDistribution> all_of_them{
        {"zeros", {}, 0, zeros_of},
        {"ones", {}, 0, ones_of},
        {"full", {{"fill_value", {}}}, 1, full_of},
        {"uniform", {{"low", 0.0}, {"high", 1.0}}, 2, uniform},
        {"random",
         {},
         0,
         [](const DrawRequest& r, const Parameters&) { return draw(r, Distribution::uniform); }},
        {"rand",
         {},
         0,
         [](const DrawRequest& r, const Parameters&) { return draw(r, Distribution::uniform); }},
        {"rnd",
         {},
         0,
         [](const DrawRequest& r, const Parameters&) { return draw(r, Distribution::uniform); }},
        {"normal", {{"loc", 0.0}, {"scale", 1.0}}, 2, normal},
        {"normal_clipped",
         {{"loc", 0.0}, {"scale", 1.0}, {"low", {}}, {"high", {}}},
         4,
         normal_clipped},
        {"randn",
         {},
         0,
         [](const DrawRequest& r, const Parameters&) { return draw(r, Distribution::normal); }},
        {"standard_normal",
         {},
         0,
         [](const DrawRequest& r, const Parameters&) { return draw(r, Distribution::normal); }},
        {"lognormal", {{"mean", 0.0}, {"sigma", 1.0}}, 2, lognormal},
        {"lognormal_rm", {{"mean", {}}, {"sigma", {}}}, 2, lognormal_rm},
        {"lognormal_real_mean", {{"mean", {}}, {"sigma", {}}}, 2, lognormal_rm},
        {"uniform_gap", {{"mean", {}}, {"gap", {}}}, 2, uniform_gap},
        {"exponential", {{"scale", 1.0}}, 1, exponential},
        {"standard_exponential",
         {},
         0,
         [](const DrawRequest& r, const Parameters&) {
             return draw(r, Distribution::exponential);
         }},
        {"poisson", {{"lam", 1.0}}, 1, poisson},
        {"randint", {{"low", {}}, {"high", {}}}, 1, randint},
        {"integers", {{"low", {}}, {"high", {}}}, 1, randint},
        {"bernoulli", {{"p", {}}}, 1, bernoulli},
    };
    return all_of_them;
}

const NativeDistribution* native_distribution(std::string_view name) {
    const auto& list = native_distributions();
    const auto found = std::find_if(list.begin(), list.end(),
                                    [&](const NativeDistribution& d) { return d.name == name; });
    return found == list.end() ? nullptr : &*found;
}

}  // namespace monnto
