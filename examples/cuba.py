"""CUBA: 4000 leaky neurons with exponential currents that keep each other firing without input.

Benchmark 2 of R. Brette et al., J. Comput. Neurosci. 23 (2007), doi 10.1007/s10827-007-0038-6. The
same model in C++ is examples/cuba.cpp. Run it with  python examples/cuba.py [--quick]
"""

import sys
import time
from pathlib import Path

from monnto import *


class CurrentBasedNeurons(Behavior):
    """tau dv/dt = rest - v + ge + gi, solved exactly across a step; held at reset for 5 ms."""

    static = True
    rest, threshold, reset = -49.0, -50.0, -60.0  # mV

    def initialize(self, n):
        dt = n.network.dt  # ms
        self.keep_v, self.keep_e, self.keep_i = (float(np.exp(-dt / tau)) for tau in (20, 5, 10))
        # What a current of 1 at the beginning of a step does to v by its end.
        self.drive_e = 5 / (20 - 5) * (self.keep_v - self.keep_e)
        self.drive_i = 10 / (20 - 10) * (self.keep_v - self.keep_i)
        self.held = round(5.0 / dt)  # steps
        n.v = n.vector("uniform(-60, -50)")
        n.ge = n.vector()
        n.gi = n.vector()
        n.still_held = n.vector()
        n.spike = n.v > self.threshold

    def iteration(self, n):
        moved = self.rest + (n.v - self.rest) * self.keep_v
        moved = moved + n.ge * self.drive_e + n.gi * self.drive_i
        moved = np.where(n.still_held > 0, n.v, moved)
        n.ge = n.ge * self.keep_e
        n.gi = n.gi * self.keep_i
        n.spike = moved > self.threshold
        n.v = np.where(n.spike, self.reset, moved)
        n.still_held = np.where(n.spike, self.held, np.maximum(n.still_held - 1, 0))


class Synapses(Behavior):
    """Spikes of a part of the neurons raise a current of their targets."""

    static = True

    def initialize(self, s):
        n = s.src
        probability = 80 / n.size
        exc, inh = n.subGroup(slice(0, n.size * 4 // 5)), n.subGroup(slice(n.size * 4 // 5, n.size))
        s.E = s.connect([Projection("fixed_probability", p=probability, weight=1.62, src=exc)])
        s.I = s.connect([Projection("fixed_probability", p=probability, weight=-9.0, src=inh)])

    def iteration(self, s):
        s.dst.ge = s.dst.ge + s.E.dot(s.src.spike)
        s.dst.gi = s.dst.gi + s.I.dot(s.src.spike)


def build(size=4000):
    net = Network(seed=42, dt=0.1)
    NeuronGroup(net, size, {2: CurrentBasedNeurons(), 9: EventRecorder("spike")}, tag="neurons")
    SynapseGroup(net, src="neurons", dst="neurons", behavior={3: Synapses()}, tag="s")
    net.initialize(info=False)
    return net


def draw(net, path):
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    times = np.asarray(net["spike.t", 0]) * net.dt
    who = np.asarray(net["spike.i", 0])
    size = net.neurons.size
    figure, (dots, rate) = plt.subplots(
        2, 1, figsize=(9, 6), sharex=True, height_ratios=[4, 1], layout="tight", dpi=150
    )
    for part, color in ((who < size * 0.8, "#1f4e79"), (who >= size * 0.8, "#c0392b")):
        dots.plot(times[part], who[part], ".", color=color, markersize=1.5, markeredgewidth=0)
    dots.set(ylabel="neuron", ylim=(0, size), xlim=(0, times.max()))
    dots.set_title("CUBA: excitatory (blue) and inhibitory (red) spikes", loc="left")
    counts, bins = np.histogram(times, np.arange(0, times.max() + 1, 2.0))
    rate.fill_between(bins[:-1], counts / size * 500, step="post", color="#7f8c8d", linewidth=0)
    rate.set(xlabel="ms", ylabel="spikes/s", ylim=(0, None))
    for axes in (dots, rate):
        axes.spines[["top", "right"]].set_visible(False)
    path.parent.mkdir(exist_ok=True)
    figure.savefig(path)


seconds = 0.3 if "--quick" in sys.argv else 2.0
net = build()
net.simulate_iterations(100)
start = time.perf_counter()
net.simulate_iterations(round(seconds * 1e3 / net.dt))
wall = time.perf_counter() - start
spikes = np.asarray(net["spike.t", 0])
rate = (spikes > 100).sum() / net.neurons.size / seconds
print(f"{wall:.3f} s for {seconds} s of the network: real-time factor {wall / seconds:.3f}")
print(f"mean rate {rate:.2f} Hz (Brian2 and GeNN: 5.3 to 5.9)")
draw(net, Path("out/cuba_in_python.png"))
print("out/cuba_in_python.png")
assert 4.0 < rate < 7.5, "not what is known of this network"
