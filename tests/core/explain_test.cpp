#include <monnto/core/explain.hpp>

#include "lambda_behavior.hpp"

#include <monnto/array/executor.hpp>
#include <monnto/monnto.hpp>

#include <gtest/gtest.h>

namespace monnto {
namespace {

std::size_t kernels_of(const Explanation& explanation) {
    return static_cast<std::size_t>(std::count_if(explanation.steps.begin(),
                                                  explanation.steps.end(),
                                                  [](const auto& s) { return !s.kernel.empty(); }));
}

/// A leaky membrane with noise, written as users write it.
void add_neurons(Network& net) {
    net.add_neurons("n", 1000,
                    {{1, support::both([](Object& n) { n["v"] = zeros({1000}, DType::f32); },
                                       [](Object& n) {
                                           n["v"] += (1.0 - n["v"]) * 0.1;
                                           n["spike"] = n["v"] >= 0.9;
                                           n["v"](n["spike"]) = 0.0;
                                       })}});
    net.initialize();
}

[[nodiscard]] std::vector<float> potentials(Network& net) {
    return Array((*net.neuron_groups()[0])["v"]).host<float>();
}

TEST(ExplainTest, ShowsOneKernelForAWholeNeuronModel) {
    Network net({.seed = 1});
    add_neurons(net);
    const Explanation explanation = explain(net);
    if (explanation.executor == "llvm") {
        ASSERT_EQ(explanation.steps.size(), 1U);
        EXPECT_EQ(kernels_of(explanation), 1U);
        EXPECT_EQ(explanation.steps.front().bytes, 1000U * (4 + 4 + 1));
    }
    EXPECT_EQ(explanation.steps.front().elements, 1000);
    EXPECT_NE(explanation.to_text().find("where"), std::string::npos);
    EXPECT_NE(explanation.to_json().find("\"where\""), std::string::npos);
}

/// Spikes of every tenth neuron, delivered through a matrix that learns.
class Learning final : public NeuronBehavior {
public:
    void initialize(NeuronGroup& n) override {
        n["W"] = ones({n.size(), n.size()}, DType::f32) * 0.5;
        n["spike"] = arange(n.size()) % 10 == 0;
        n["input"] = n.vector();
    }
    void iteration(NeuronGroup& n) override {
        const Array spike = n["spike"];
        n["input"] = matmul(n["W"], spike);
        n["W"] += spike(monnto::all, newaxis) * spike(newaxis, monnto::all) * 0.01;
        n["W"] = clip(n["W"], 0, 1);
    }
};

TEST(ExplainTest, TellsWhatEventsSavedPerMatrixStep) {
    if (std::string_view(executor().name()) != "llvm") {
        GTEST_SKIP() << "the interpreter rewrites nothing";
    }
    Network net({.seed = 1});
    net.add_neurons("n", 100, {{1, std::make_shared<Learning>()}});
    net.initialize();
    const Explanation explanation = explain(net);
    const std::string text = explanation.to_text();
    EXPECT_NE(text.find("events: 10 of 100 sources (`spike`)"), std::string::npos) << text;
    EXPECT_NE(text.find("events: 10 of 100 rows (`spike`), 10 of 100 columns (`spike`)"),
              std::string::npos)
        << text;
    EXPECT_NE(explanation.to_json().find("\"rewrite\": \"events: 10 of 100 rows"),
              std::string::npos);
    EXPECT_NE(text.find("Learning of n: `W`"), std::string::npos) << text;
    EXPECT_NE(text.find("Learning of n: `input`"), std::string::npos) << text;
    for (const StepReport& step : explanation.steps) {
        EXPECT_LE(step.elements, 1000) << "elements touched, not those of the matrix";
    }
}

TEST(S17ExplainTest, LeavesTheNetworkWhereItWas) {
    Network watched({.seed = 1});
    Network unwatched({.seed = 1});
    for (Network* net : {&watched, &unwatched}) {
        add_neurons(*net);
        net->simulate_iterations(20);
        if (net == &watched) {
            static_cast<void>(explain(*net));
            EXPECT_EQ(net->current_iteration(), 20);
        }
        net->simulate_iterations(20);
    }
    EXPECT_EQ(potentials(watched), potentials(unwatched));
}

}  // namespace
}  // namespace monnto
