// Sparse matrices as variables of synapse groups: made, kept in snapshots, seen by plans.
#include <monnto/array/executor.hpp>
#include <monnto/array/functions.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/snapshot.hpp>
#include <monnto/core/sparse_options.hpp>
#include <monnto/core/synapse_group.hpp>
#include <monnto/synapse/build.hpp>
#include <monnto/synapse/memory.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <memory>
#include <vector>

namespace monnto {
namespace {

/// Delivers, learns, then spikes by a counter: what is on its way matters in each step.
class Sender final : public NeuronBehavior {
public:
    [[nodiscard]] bool is_static() const override { return true; }
    void initialize(NeuronGroup& n) override {
        n["phase"] = arange(n.size()) % 7;
        n["spike"] = n["phase"] == 0;
        n["arrived"] = zeros({n.size()}, DType::f32);
    }
    void iteration(NeuronGroup& n) override {
        SynapseGroup& s = *n.synapses(Direction::afferent, "GLU").front();
        SparseMatrix& w = s.sparse("W");
        n["arrived"] = w.deliver(n["spike"]);
        const Array spike = n["spike"];
        w += spike(slice(), newaxis) * spike(newaxis, slice()) * 0.01F;
        n["phase"] = (n["phase"] + 1) % 7;
        n["spike"] = n["phase"] == 0;
    }
};

struct Model {
    Network net{Settings{.seed = 5}};
    NeuronGroup& neurons;
    SynapseGroup& synapses;
    Model()
        : neurons(net.add_neurons("exc", 50, {{1, std::make_shared<Sender>()}})),
          synapses(net.add_synapses("GLU", neurons, neurons)) {
        synapses.sparse("W") =
            synapses.sparse_matrix("uniform", {.density = 0.3, .delay = "uniform(1, 9)"});
        net.initialize();
    }
    void run(std::int64_t steps) { net.simulate_iterations(steps, {.progress = false}); }
    [[nodiscard]] std::vector<float> arrived() { return neurons["arrived"].host<float>(); }
};

TEST(SparseMatrixOfAGroup, HoldsWhatIsOnItsWayInSnapshots_S19) {
    Model model;
    model.run(13);
    const Snapshot snapshot = model.net.snapshot();
    const PatternRef pattern = model.synapses.sparse("W").pattern();
    model.run(17);
    const std::vector<float> expected = model.arrived();
    const std::vector<float> weights = model.synapses.sparse("W").values().host<float>();
    model.synapses.sparse("W").prune(zeros({pattern->size()}, DType::boolean));
    model.net.restore(snapshot);
    EXPECT_EQ(model.synapses.sparse("W").pattern(), pattern);
    model.run(17);
    EXPECT_EQ(model.arrived(), expected);
    EXPECT_EQ(model.synapses.sparse("W").values().host<float>(), weights);
    Model other;
    other.net.restore(snapshot);
    other.run(17);
    EXPECT_EQ(other.arrived(), expected);
}

TEST(SparseMatrixOfAGroup, IsReplayed_S21) {
    Model model;
    model.run(6);
    const std::uint64_t before = counters().replayed;
    model.run(20);
    EXPECT_GE(counters().replayed, before + 15);
}

TEST(SparseMatrixOfAGroup, HasDelaysInStepsOfTheNetwork) {
    Network net{Settings{.seed = 1, .dt = 0.5}};
    NeuronGroup& n = net.add_neurons("n", 20, {});
    SynapseGroup& s = net.add_synapses("GLU", n, n);
    EXPECT_EQ(s.sparse_matrix(1.0, {.delay = 1.5}).pattern()->delays(),
              (std::vector<std::int32_t>{3}));
    const SparseMatrix ends =
        s.sparse_matrix(1.0, {.axonal_delay = arange(20) % 3 * 0.5, .dendritic_delay = 1.0});
    EXPECT_EQ(ends.pattern()->delays(), (std::vector<std::int32_t>{2, 3, 4}));
    const SparseMatrix drawn = s.sparse_matrix(1.0, {.delay = "normal(0.5, 1.0)"});
    EXPECT_EQ(drawn.pattern()->delays().front(), 1);  // tails become one step
}

TEST(SparseMatrixOfAGroup, RefusesWhatCannotBeAndStaysUsable) {
    Network net{Settings{.seed = 1}};
    NeuronGroup& n = net.add_neurons("n", 20, {});
    SynapseGroup& s = net.add_synapses("GLU", n, n);
    net.initialize();
    for (const double density : {-0.1, 1.1, std::nan("")}) {
        EXPECT_THROW(static_cast<void>(s.sparse_matrix(1.0, {.density = density})), BadParameter);
    }
    for (const double delay : {0.0, 0.3, -1.0, std::nan(""), 1e12}) {
        EXPECT_THROW(static_cast<void>(s.sparse_matrix(1.0, {.delay = delay})), BadDelay) << delay;
    }
    EXPECT_THROW(static_cast<void>(s.sparse_matrix(1.0, {.delay = ones({3})})), ShapeMismatch);
    EXPECT_THROW(static_cast<void>(s.sparse_matrix(1.0, {.delay = 1.0, .axonal_delay = 1.0})),
                 BadParameter);
    net.simulate_iterations(1, {.progress = false});
}

TEST(SparseMatrixOfAGroup, IsForecastBeforeItIsAllocated) {
    Network net{Settings{.seed = 1}};
    NeuronGroup& n = net.add_neurons("n", 20'000, {});
    SynapseGroup& s = net.add_synapses("GLU", n, n);
    set_available_memory(100e6);
    const std::size_t before = Buffer::bytes_alive();
    try {
        static_cast<void>(s.matrix("uniform"));
        ADD_FAILURE() << "1.6 GB of 100 MB";
    } catch (const NotEnoughMemory& e) {
        EXPECT_NEAR(e.needed, 1.6e9, 1e6);
        EXPECT_EQ(e.available, 100e6);
        EXPECT_NE(std::string(e.what()).find("sparse"), std::string::npos);
        EXPECT_NE(std::string(e.what()).find("procedural"), std::string::npos);
    }
    EXPECT_THROW(static_cast<void>(s.sparse_matrix("uniform", {.density = 0.1})), NotEnoughMemory);
    EXPECT_LT(Buffer::bytes_alive(), before + 1'000'000);
    EXPECT_NO_THROW(static_cast<void>(s.sparse_matrix("uniform", {.density = 0.01})));
    set_available_memory({});
}

}  // namespace
}  // namespace monnto
