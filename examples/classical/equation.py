"""The third network of the PymoNNto paper: neurons written as an equation with units.

python examples/classical/equation.py [--quick]
"""

from monnto import *
from monnto.equations import Clock, Equation, Variable


def build(recorders=True, size=100, tau="tau = 100*ms", **settings):
    net = Network(**settings)
    behavior = {
        1: Clock(step="0.1*ms"),
        2: Variable(eq="v = 1*mV"),
        3: Variable(eq=tau),
        4: Equation(eq="dv/dt = (0*mV - v)/tau"),
    }
    if recorders:
        behavior[9] = Recorder(["v", "t"])
    NeuronGroup(net=net, tag="neurons", size=size, behavior=behavior)
    net.initialize(info=False)
    return net


def figure(net, path):
    import matplotlib.pyplot as plt

    fig, axes = plt.subplots(figsize=(8, 4))
    axes.plot(net["t", 0], net["v", 0], linewidth=0.5)
    axes.set(xlabel="t (s)", ylabel="v (mV)")
    fig.tight_layout()
    fig.savefig(path, dpi=100)


if __name__ == "__main__":
    from common import options, saved

    options(__doc__)
    net = build(seed=1, tau='tau = 100*ms + n.vector("uniform")*200*ms')
    net.simulate_iterations("1000*ms")
    v, t = net["v", 0, "np"], net["t", 0, "np"]
    print(
        f"t from {t[0]:.4f} to {t[-1]:.4f} s; v ends between {v[-1].min():.2g} and {v[-1].max():.2g} mV"
    )
    figure(net, saved("equation"))
