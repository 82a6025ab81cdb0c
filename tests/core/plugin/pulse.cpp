#include <monnto/monnto.hpp>

namespace {

/// Adds `height` to `v` in every step.
class Pulse final : public monnto::NeuronBehavior {
public:
    using monnto::NeuronBehavior::NeuronBehavior;
    void initialize(monnto::NeuronGroup& n) override {
        height_ = parameter("height", 1.0, &n).resolve(n, "height");
        n["v"] = n.vector();
    }
    void iteration(monnto::NeuronGroup& n) override { n["v"] += height_; }

private:
    monnto::Array height_;
};
MONNTO_BEHAVIOR(Pulse);

}  // namespace
