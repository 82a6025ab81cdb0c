// What does one random number of the interpreter cost, by distribution?
#include "reference/reference_executor.hpp"

#include <monnto/array/node.hpp>

#include <benchmark/benchmark.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <utility>

namespace monnto {
namespace {

constexpr std::ptrdiff_t count = 16'384;  // stays in the second cache

template <class T>
NodeRef number(T value) {
    Ref<Buffer> buffer = Buffer::allocate(sizeof value);
    std::memcpy(buffer->data(), &value, sizeof value);
    return NodeRef(new Node(dtype_of<T>, Shape{}, Value{std::move(buffer), 0, Strides{}}));
}

NodeRef draw(DType dtype, const NodeInputs& inputs, const RandomAttr& attribute) {
    NodeRef node(new Node(Op::random, dtype, Shape{count}, attribute, inputs));
    const std::array one = {node.get()};
    ReferenceExecutor().run(one, one);
    return node;
}

template <class T>
double mean_of(const NodeRef& node) {
    const T* values = reinterpret_cast<const T*>(node->value().buffer->data());
    double sum = 0;
    for (std::ptrdiff_t i = 0; i < count; ++i) {
        sum += static_cast<double>(values[i]);
    }
    return sum / count;
}

struct Case {
    const char* name;
    Distribution distribution;
    double mean;
    double deviation;
    NodeInputs inputs = {};
    double probability = 1.0;  // of masks
};

/// A bench of wrong numbers measures nothing: their mean lies within 5.3 deviations.
template <class T>
void add(const Case& of) {
    benchmark::RegisterBenchmark(of.name, [of](benchmark::State& state) {
        RandomAttr attribute{of.distribution, {.key = 0x0123456789ABCDEF}, of.probability};
        const NodeRef first = draw(dtype_of<T>, of.inputs, attribute);
        if (std::abs(mean_of<T>(first) - of.mean) >
            5.3 * of.deviation / std::sqrt(static_cast<double>(count))) {
            state.SkipWithError("these numbers do not have their distribution");
        }
        for (auto _ : state) {
            ++attribute.position.step;
            benchmark::DoNotOptimize(draw(dtype_of<T>, of.inputs, attribute));
        }
        state.SetItemsProcessed(state.iterations() * count);
    });
}

bool add_all() {
    using enum Distribution;
    const double of_uniform = std::sqrt(1.0 / 12);
    const auto rate = [](double r) { return NodeInputs{number(r)}; };
    add<float>({"uniform_f32", uniform, 0.5, of_uniform});
    add<float>({"normal_f32", normal, 0, 1});
    add<float>({"exponential_f32", exponential, 1, 1});
    add<double>({"uniform_f64", uniform, 0.5, of_uniform});
    add<double>({"normal_f64", normal, 0, 1});
    add<double>({"exponential_f64", exponential, 1, 1});
    add<bool>({"bernoulli(0.3)", bernoulli, 0.3, std::sqrt(0.21), rate(0.3)});
    add<std::int64_t>({"integers(0, 100)",
                       integers,
                       49.5,
                       100 * of_uniform,
                       {number(std::int64_t{0}), number(std::int64_t{100})}});
    for (const auto& [name, r] :
         {std::pair{"poisson(2)", 2.0}, {"poisson(50)", 50.0}, {"poisson(500)", 500.0}}) {
        add<std::int64_t>({name, poisson, r, std::sqrt(r), rate(r)});
    }
    add<bool>({"sparse_mask(0.01)", sparse_mask, 0.01, std::sqrt(0.0099), {}, 0.01});
    return true;
}
const bool added = add_all();

}  // namespace
}  // namespace monnto
