#include <monnto/monnto.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <vector>

namespace monnto {
namespace {

/// A network of 64 neurons onto itself that may learn and recall.
struct Memory {
    explicit Memory(Settings settings = {}, double inertia = 9.0)
        : net(settings),
          n(net.add_neurons("n", 64,
                            {{2, std::make_shared<HopfieldRecall>(HopfieldRecall::Params{
                                     .inertia = inertia, .syn_type = "GLU"})}})),
          s(net.add_synapses("GLU", n, n, {{1, std::make_shared<HopfieldLearning>()}})) {
        net.initialize();
    }
    void learn(const std::vector<Array>& images) {
        net.deactivate_behaviors("HopfieldRecall");
        for (const Array& image : images) {
            n["v"] = image.copy();
            net.simulate_iteration();
        }
    }
    void recall(const Array& start, int iterations) {
        net.activate_behaviors("HopfieldRecall");
        net.deactivate_behaviors("HopfieldLearning");
        n["v"] = start.copy();
        net.simulate_iterations(iterations);
    }

    Network net;
    NeuronGroup& n;
    SynapseGroup& s;
};

/// Rows and columns of 8 x 8 pixels: two images that have nothing to do with each other.
Array stripes(bool of_rows) {
    std::vector<float> pixels(64);
    for (int i = 0; i < 64; ++i) {
        pixels[i] = ((of_rows ? i / 8 : i) % 2) != 0 ? 1.0F : -1.0F;
    }
    return Array::from(pixels);
}

TEST(Hopfield, KeepsTheSumOfWeightsAtOneAndNoneOnTheDiagonal) {
    Memory memory;
    memory.learn({stripes(true)});
    const std::vector<float> once = memory.s["W"].host<float>();
    EXPECT_NEAR(sum(abs(memory.s["W"])).item<double>(), 1.0, 1e-5);
    EXPECT_EQ(trace(memory.s["W"]).item<double>(), 0.0);
    // Pixels 0 and 1 are of one row, 0 and 8 of two; all weights are as large.
    EXPECT_NEAR(once[1], 1.0 / (64 * 63), 1e-9);
    EXPECT_NEAR(once[8], -1.0 / (64 * 63), 1e-9);
}

TEST(Hopfield, CompletesWhatIsPartlyShownInEitherOrderOfTheMatrix) {
    for (const SynapseOrder order : {SynapseOrder::DxS, SynapseOrder::SxD}) {
        Memory memory({.syn_dim = order, .seed = 1});
        memory.s["W"] = memory.s.matrix("uniform", {.scale = 1e-9});  // not symmetric
        memory.learn({stripes(true)});
        Array start = stripes(true).copy();
        start(slice(0, 20)) = 0.0;
        memory.recall(start, 100);
        const Array image = stripes(true);
        EXPECT_GT((memory.n["v"] * image).min().item<double>(), 0.99);
        // v^T W v is the sum of |W| once v is the image.
        EXPECT_NEAR(memory.n["energy"].item<double>(), -0.5, 0.01);
    }
}

TEST(Hopfield, EnergyNeverRisesWhileItRecalls) {
    Memory memory({.seed = 1});
    memory.learn({stripes(true), stripes(false)});
    // Within the cube of -1 ... 1, which the neurons then never leave.
    memory.recall(memory.n.vector("uniform(-1, 1)"), 1);
    const auto first = memory.n["energy"].item<double>();
    auto before = first;
    for (int i = 0; i < 50; ++i) {
        const Array v = Array::from(memory.n["v"].host<float>());
        memory.net.simulate_iteration();
        const auto energy = memory.n["energy"].item<double>();
        EXPECT_NEAR(energy, -0.5 * v.dot(memory.s["W"]->dot(v)).item<double>(), 1e-6);
        EXPECT_LE(energy, before + 1e-6);
        before = energy;
    }
    EXPECT_LT(before, first - 0.05);
}

TEST(Hopfield, WithoutInertiaIsTheBinaryNetwork) {
    Memory memory({}, 0.0);
    memory.learn({stripes(false)});
    Array start = stripes(false).copy();
    start(slice(0, 10)) = 1.0;
    memory.recall(start, 1);
    EXPECT_EQ(memory.n["v"].host<float>(), stripes(false).host<float>());
}

TEST(HopfieldLearning, RefusesSynapsesBetweenTwoGroups) {
    Network net;
    NeuronGroup& a = net.add_neurons("a", 3);
    NeuronGroup& b = net.add_neurons("b", 3);
    net.add_synapses("GLU", a, b, {{1, std::make_shared<HopfieldLearning>()}});
    try {
        net.initialize();
        FAIL();
    } catch (const BadParameter& error) {
        EXPECT_EQ(error.name, "destination");
        EXPECT_EQ(error.value, "b");
    }
}

}  // namespace
}  // namespace monnto
