// The architecture of two of the classical networks: 800 neurons that excite, 200 that inhibit,
// each connected with all.
#pragma once

#include "../support/published.hpp"

#include <monnto/monnto.hpp>

#include <memory>
#include <string_view>

namespace example {

/// Noise, what excites and less what inhibits.
class Input final : public monnto::NeuronBehavior {
public:
    Input(double noise, double excitation) : noise_(noise), excitation_(excitation) {}
    void initialize(monnto::NeuronGroup& n) override {
        n["i"] = n.vector();
        for (monnto::SynapseGroup* s : n.synapses(monnto::afferent)) {
            (*s)["W"] = s->matrix("uniform");
        }
    }
    void iteration(monnto::NeuronGroup& n) override {
        n["i"] = n.vector("uniform") * noise_;
        for (monnto::SynapseGroup* s : n.synapses(monnto::afferent, "GLUTAMATE")) {
            n["i"] += (*s)["W"]->dot(s->source().get("spike")) * excitation_;
        }
        for (monnto::SynapseGroup* s : n.synapses(monnto::afferent, "GABA")) {
            n["i"] -= (*s)["W"]->dot(s->source().get("spike"));
        }
    }
    [[nodiscard]] bool is_static() const override { return true; }

private:
    double noise_, excitation_;
};

inline void add_group(monnto::Network& net, std::string_view tag, std::ptrdiff_t size,
                      const std::shared_ptr<monnto::Behavior>& neurons,
                      const std::shared_ptr<monnto::Behavior>& input) {
    net.add_neurons(tag, size,
                    {{1, neurons},
                     {2, input},
                     {9, std::make_shared<monnto::Recorder>("np.mean(v)")},
                     {10, std::make_shared<monnto::EventRecorder>("spike")}});
}

inline void connect_all(monnto::Network& net) {
    for (const char* destination : {"exc", "inh"}) {
        net.add_synapses("GLUTAMATE", "exc", destination);
        net.add_synapses("GABA", "inh", destination);
    }
}

inline double mean_of_mean_v(monnto::NeuronGroup& group) {
    auto& recorder = dynamic_cast<monnto::Recorder&>(*group.behavior(9));
    return recorder.history("np.mean(v)").array().mean().item<double>();
}

}  // namespace example
