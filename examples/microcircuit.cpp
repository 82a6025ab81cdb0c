// The cortical microcircuit: a square millimeter of early sensory cortex, 77,169 neurons in eight
// populations and 299 million synapses. T. C. Potjans and M. Diesmann, Cereb. Cortex 24 (2014),
// doi 10.1093/cercor/bhs358.
//
//     microcircuit [--quick] [--scale F] [--seconds S] [--threads T]
//
// A scale below 1 takes that share of the neurons and of their inputs; weights grow with
// 1 / sqrt(scale) and a constant current stands in for the mean of what is left out (S. J. van
// Albada et al., PLoS Comput. Biol. 11 (2015), doi 10.1371/journal.pcbi.1004490).
#include "support/run.hpp"

#include <monnto/core/connect.hpp>
#include <monnto/monnto.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

using namespace monnto;  // NOLINT(google-build-using-namespace): a script

constexpr std::size_t populations = 8;
using PerPopulation = std::array<double, populations>;
constexpr std::array names{"L23E", "L23I", "L4E", "L4I", "L5E", "L5I", "L6E", "L6I"};
constexpr PerPopulation full_size{20683, 5834, 21915, 5479, 4850, 1065, 14395, 2948};
constexpr PerPopulation full_external{1600, 1500, 2100, 1900, 2000, 1900, 2900, 2100};
/// Probability of at least one synapse, from column to row.
constexpr std::array<PerPopulation, populations> probability{{
    {0.1009, 0.1689, 0.0437, 0.0818, 0.0323, 0.0, 0.0076, 0.0},
    {0.1346, 0.1371, 0.0316, 0.0515, 0.0755, 0.0, 0.0042, 0.0},
    {0.0077, 0.0059, 0.0497, 0.135, 0.0067, 0.0003, 0.0453, 0.0},
    {0.0691, 0.0029, 0.0794, 0.1597, 0.0033, 0.0, 0.1057, 0.0},
    {0.1004, 0.0622, 0.0505, 0.0057, 0.0831, 0.3726, 0.0204, 0.0},
    {0.0548, 0.0269, 0.0257, 0.0022, 0.06, 0.3158, 0.0086, 0.0},
    {0.0156, 0.0066, 0.0211, 0.0166, 0.0572, 0.0197, 0.0396, 0.2252},
    {0.0364, 0.001, 0.0034, 0.0005, 0.0277, 0.008, 0.0658, 0.1443},
}};
/// Rates of the full model (Hz): NEST, with 3 % to GeNN.
constexpr PerPopulation full_rate{0.89, 2.98, 4.41, 5.89, 7.79, 8.64, 1.13, 7.85};
constexpr PerPopulation first_mean{-68.28, -63.16, -63.33, -63.45, -63.11, -61.66, -66.72, -61.43};
constexpr PerPopulation first_spread{5.36, 4.57, 4.74, 4.94, 4.94, 4.55, 5.46, 4.48};
constexpr double weight = 87.8;          // pA: a postsynaptic potential of 0.15 mV
constexpr double inhibition = -4.0;      // times that
constexpr double background_rate = 8.0;  // Hz per external synapse
constexpr double tau_synapse = 0.5;      // ms

/// Synapses of a pair of populations in the full model.
double full_synapses(std::size_t to, std::size_t from) {
    const double pairs = full_size[to] * full_size[from];
    return std::round(std::log(1.0 - probability[to][from]) / std::log1p(-1.0 / pairs));
}

/// Strength relative to `weight`; layer 4 to layer 2/3 is twice as strong.
double strength(std::size_t to, std::size_t from) {
    return from % 2 == 1 ? inhibition : (to == 0 && from == 2 ? 2.0 : 1.0);
}

/// Which neurons each population has, one after the other.
struct Layout {
    std::array<std::ptrdiff_t, populations + 1> first{};
    explicit Layout(double scale) {
        for (std::size_t p = 0; p < populations; ++p) {
            first[p + 1] = first[p] + std::lround(full_size[p] * scale);
        }
    }
    [[nodiscard]] std::ptrdiff_t size() const { return first[populations]; }
    /// One number per neuron from one per population.
    [[nodiscard]] Array spread(const PerPopulation& values) const {
        std::vector<float> all(static_cast<std::size_t>(size()));
        for (std::size_t p = 0; p < populations; ++p) {
            std::fill(all.begin() + first[p], all.begin() + first[p + 1],
                      static_cast<float>(values[p]));
        }
        return Array::from(all);
    }
};

/// Leaky integrate-and-fire with one exponential current, solved exactly across a step.
///
///     tau dv/dt = rest - v + (tau / C) (i + constant);    tau_s di/dt = -i + arriving spikes
///     v >= threshold: spike, v <- reset, held for 2 ms
///
/// Owns v (mV), i, input (pA), spike and the time that it is still held.
class CurrentNeurons final : public NeuronBehavior {
public:
    CurrentNeurons(Array v, Array v_spread, Array constant)
        : first_v_(std::move(v)),
          first_spread_(std::move(v_spread)),
          constant_(std::move(constant)) {}
    void initialize(NeuronGroup& n) override {
        const double dt = n.network().dt();
        keep_v_ = std::exp(-dt / tau);
        keep_i_ = std::exp(-dt / tau_synapse);
        drive_ = tau * tau_synapse / (C * (tau - tau_synapse)) * (keep_v_ - keep_i_);
        target_ = (rest + tau / C * constant_) * (1.0 - keep_v_);
        held_steps_ = std::round(held / dt);
        n["v"] = first_v_ + n.vector("normal(0, 1)") * first_spread_;
        n["i"] = n.vector();
        n["input"] = n.vector();
        n["still_held"] = n.vector();  // steps
        n["spike"] = n.vector(DType::boolean);
    }
    void iteration(NeuronGroup& n) override {
        const Array free = n["v"] * keep_v_ + target_ + n["i"] * drive_;
        const Array moved = where(n["still_held"] > 0, n["v"], free);
        n["i"] = n["i"] * keep_i_ + n["input"];
        n["input"] = n.vector();
        n["spike"] = moved >= threshold;
        n["v"] = where(n["spike"], reset, moved);
        n["still_held"] = where(n["spike"], held_steps_, maximum(n["still_held"] - 1, 0));
    }
    [[nodiscard]] bool is_static() const override { return true; }
    void visit_state(StateVisitor& visitor) override { visitor.array("target", target_); }

private:
    static constexpr double tau = 10.0;         // ms
    static constexpr double C = 250.0;          // pF
    static constexpr double rest = -65.0;       // mV
    static constexpr double threshold = -50.0;  // mV
    static constexpr double reset = -65.0;      // mV
    static constexpr double held = 2.0;         // ms
    Array first_v_, first_spread_, constant_, target_;
    double keep_v_ = 0, keep_i_ = 0, drive_ = 0, held_steps_ = 0;
};

/// All projections of the model in one sparse matrix.
class Projections final : public SynapseBehavior {
public:
    Projections(const Layout& layout, double scale) : layout_(layout), scale_(scale) {}
    void initialize(SynapseGroup& s) override {
        std::vector<std::shared_ptr<NeuronSubGroup>> part;
        for (std::size_t p = 0; p < populations; ++p) {
            part.push_back(
                s.source_group().subgroup(slice(layout_.first[p], layout_.first[p + 1])));
        }
        std::vector<Projection> all;
        for (std::size_t to = 0; to < populations; ++to) {
            for (std::size_t from = 0; from < populations; ++from) {
                const double mean = weight * strength(to, from) / std::sqrt(scale_);
                const double delay = from % 2 == 1 ? 0.75 : 1.5;  // ms
                const auto n = std::lround(full_synapses(to, from) * scale_ * scale_);
                all.push_back({rules::FixedTotalNumber{n},
                               {.weight = normal(mean, 0.1 * std::abs(mean)),
                                .delay = "normal_clipped(" + std::to_string(delay) + ", " +
                                         std::to_string(delay / 2) + ", 0.05, 1000)"},
                               part[from].get(),
                               part[to].get()});
            }
        }
        matrix_ = connect(s, all);
    }
    void iteration(SynapseGroup& s) override {
        s.destination_group()["input"] += matrix_.deliver(s.source_group()["spike"]);
    }
    [[nodiscard]] bool is_static() const override { return true; }
    void visit_state(StateVisitor& visitor) override {
        Array history = matrix_.is_empty() ? Array() : matrix_.history();
        visitor.array("history", history);
        if (!visitor.is_saving()) {
            matrix_.set_history(history);
        }
    }
    [[nodiscard]] const SparseMatrix& matrix() const { return matrix_; }

private:
    static std::string normal(double mean, double spread) {
        return "normal(" + std::to_string(mean) + ", " + std::to_string(spread) + ")";
    }
    const Layout& layout_;
    double scale_;
    SparseMatrix matrix_;
};

/// What the left-out inputs of a scaled model would drive on average (pA).
PerPopulation constant_current(double scale) {
    PerPopulation current{};
    for (std::size_t to = 0; to < populations; ++to) {
        double input = background_rate * full_external[to];
        for (std::size_t from = 0; from < populations; ++from) {
            input += full_synapses(to, from) / full_size[to] * strength(to, from) * full_rate[from];
        }
        current[to] = (1.0 - std::sqrt(scale)) * input * weight * tau_synapse * 1e-3;
    }
    return current;
}

PoissonInput::Params background(const Layout& layout, double scale) {
    PerPopulation sources = full_external;
    for (double& count : sources) {
        count *= scale;
    }
    PoissonInput::Params drive;
    drive.rate = background_rate;
    drive.sources = layout.spread(sources);
    drive.weight = weight / std::sqrt(scale);
    drive.variable = "input";
    return drive;
}

int main(int argc, char** argv) {
    const example::Options options(argc, argv, {.scale = 0.1, .quick_seconds = 2.0});
    const double scale = options.is_quick ? 0.05 : options.scale;
    const Layout layout(scale);
    Network net({.seed = 42, .threads = options.threads, .dt = 0.1});
    auto events = std::make_shared<EventRecorder>("spike");
    auto projections = std::make_shared<Projections>(layout, scale);
    NeuronGroup& neurons = net.add_neurons(
        "neurons", layout.size(),
        {{0,
          std::make_shared<CurrentNeurons>(layout.spread(first_mean), layout.spread(first_spread),
                                           layout.spread(constant_current(scale)))},
         {2, std::make_shared<PoissonInput>(background(layout, scale))},
         {9, events}});
    net.add_synapses("projections", neurons, neurons, {{1, projections}});
    const example::Stopwatch building;
    net.initialize();
    const SparseMatrix& matrix = projections->matrix();
    std::printf("%ld neurons, %ld synapses of %.1f bytes, built in %.2f s\n",
                static_cast<long>(layout.size()), static_cast<long>(matrix.nnz()),
                static_cast<double>(matrix.bytes()) / static_cast<double>(matrix.nnz()),
                building.seconds());
    // Full scale is held to 10 % of NEST's rates; smaller ones differ more.
    std::vector<example::Part> parts;
    for (std::size_t p = 0; p < populations; ++p) {
        const double spread = scale >= 1.0 ? 0.1 : (scale >= 0.1 ? 0.6 : 0.85);
        parts.push_back({names[p],
                         layout.first[p],
                         layout.first[p + 1],
                         {full_rate[p] * (1.0 - spread) - 0.1, full_rate[p] * (1.0 + spread) + 1.0},
                         // Irregular everywhere (Potjans and Diesmann, figure 6); of a few
                         // intervals per neuron little can be said.
                         options.seconds >= 2.0 && full_rate[p] > 2.0 ? std::pair(0.5, 1.1)
                                                                      : std::pair(0.0, 0.0)});
    }
    return example::run(net, *events, "microcircuit", parts, options);
}
