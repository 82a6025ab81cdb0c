// A behavior in C++ for the example mixed_languages.py, which compiles and loads it.
#include <monnto/monnto.hpp>

namespace {

using namespace monnto;  // NOLINT(google-build-using-namespace): a script

/// Voltage that leaks, and is reset by a spike.
///
///     voltage <- leak * voltage;    voltage > threshold: spike, voltage <- 0
///
/// Owns `voltage` and `spike`.
class LeakyNeurons final : public NeuronBehavior {
public:
    struct Params {
        Parameter leak = 0.9;
        Parameter threshold = 0.5;
    };
    static void visit_parameters(Params& p, const ParameterVisitor& visit) {
        visit("leak", p.leak);
        visit("threshold", p.threshold);
    }
    explicit LeakyNeurons(Params params) : params_(std::move(params)) {}

    void initialize(NeuronGroup& n) override {
        leak_ = params_.leak.resolve(n, "leak");
        threshold_ = params_.threshold.resolve(n, "threshold");
        n["voltage"] = n.vector();
    }

    void iteration(NeuronGroup& n) override {
        n["spike"] = n["voltage"] > threshold_;
        n["voltage"](n["spike"]) = 0.0;
        n["voltage"] *= leak_;
    }

private:
    Params params_;
    Array leak_;
    Array threshold_;
};
MONNTO_BEHAVIOR(LeakyNeurons);

}  // namespace
