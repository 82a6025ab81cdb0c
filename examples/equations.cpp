// Neurons as equations with units, beside the same in closed form.
#include <monnto/monnto.hpp>

#include <cmath>
#include <cstdio>
#include <memory>

using namespace monnto;  // NOLINT(google-build-using-namespace): a script

double end_of_decay(const char* method, const char* step) {
    Network net;
    NeuronGroup& n =
        net.add_neurons("n", 100,
                        {{1, std::make_shared<Clock>(step)},
                         {2, std::make_shared<Variable>("v = -55*mV")},
                         {3, std::make_shared<Variable>("tau = 20*ms")},
                         {4, std::make_shared<Equation>("dv/dt = (-65*mV - v)/tau", method)}});
    net.initialize();
    net.run_for(100.0);
    return n["v_new"]->host<float>()[0];
}

int main() {
    std::printf("after 100 ms, from -55 towards -65 mV:\n");
    for (const char* method : {"euler", "exponential"}) {
        for (const char* step : {"0.1*ms", "10*ms"}) {
            std::printf("  %-12s step %-7s %.5f mV\n", method, step, end_of_decay(method, step));
        }
    }
    std::printf("  closed form               %.5f mV\n", -65.0 + 10.0 * std::exp(-5.0));
    try {
        const Equation wrong("dv/dt = -v*v/tau", "exponential");
    } catch (const Error& error) {
        std::printf("\nmistakes are pointed at:\n%s\n", error.what());
    }
    return 0;
}
