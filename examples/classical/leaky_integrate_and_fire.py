"""A network of leaky integrate-and-fire neurons, 800 that excite and 200 that inhibit.

python examples/classical/leaky_integrate_and_fire.py [--quick]
"""

from izhikevich import figure, fired_fraction

from monnto import *

DT = 0.1


class LeakyIntegrateAndFire(Behavior):
    def initialize(self, n):
        self.v_rest = self.parameter("v_rest", -65)
        self.v_reset = self.parameter("v_reset", -80)
        self.v_threshold = self.parameter("v_threshold", -10)
        n.v = n.vector("uniform") * self.v_rest
        n.fired = n.vector("bool")
        n.I = n.vector()

    def iteration(self, n):
        n.v += ((self.v_rest - n.v) + n.I) * DT
        n.fired = n.v > self.v_threshold
        n.v[n.fired] = self.v_reset


class Input(Behavior):
    def initialize(self, n):
        for s in n.synapses(afferent):
            s.W = s.matrix("uniform")

    def iteration(self, n):
        n.I = 90 * n.vector("uniform")
        for s in n.synapses(afferent, "GLUTAMATE"):
            n.I += s.W.dot(s.src.fired)
        for s in n.synapses(afferent, "GABA"):
            n.I -= s.W.dot(s.src.fired)


def build(recorders=True, **settings):
    net = Network(**settings)

    def behavior(threshold):
        made = {1: LeakyIntegrateAndFire(v_threshold=threshold), 2: Input()}
        if recorders:
            made |= {9: Recorder(["np.mean(v)", "n.v[:3]"]), 10: EventRecorder("fired")}
        return made

    NeuronGroup(net=net, tag="exc", size=get_squared_dim(800), behavior=behavior(-10))
    NeuronGroup(
        net=net, tag="inh", size=NeuronDimension(width=10, height=20), behavior=behavior(-30)
    )
    for src, dst in (("exc", "exc"), ("exc", "inh"), ("inh", "exc"), ("inh", "inh")):
        SynapseGroup(net=net, src=src, dst=dst, tag="GLUTAMATE" if src == "exc" else "GABA")
    net.initialize(info=False)
    return net


if __name__ == "__main__":
    from common import options, saved

    quick = options(__doc__)
    net = build(seed=1)
    net.simulate_iterations(200 if quick else 1000)
    for group in (net.exc, net.inh):
        print(
            f"{group.tag}: {fired_fraction(group):.5f} of all chances to fire were taken, "
            f"mean v {np.mean(group['np.mean(v)', 0]):.2f} mV"
        )
    figure(net, saved("leaky_integrate_and_fire"))
