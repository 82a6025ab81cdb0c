"""What ./demo shows: a small spiking network, its voltages and its spikes.

Run it with  python examples/demo.py [--quick] [--seed N] [--out FOLDER]
"""

import argparse
import time
from pathlib import Path

from monnto import *


class LeakyIntegrateAndFire(Behavior):
    """voltage decays by `leak`, is reset by a spike, and is driven by sparse noise."""

    def initialize(self, neurons):
        self.threshold = self.parameter("threshold", 0.5)
        self.leak = self.parameter("leak", 0.9)
        neurons.voltage = neurons.vector()

    def iteration(self, neurons):
        neurons.spike = neurons.voltage > self.threshold
        neurons.voltage[neurons.spike] = 0.0
        neurons.voltage *= self.leak
        neurons.voltage += neurons.vector("uniform", density=0.01)


class RecurrentInput(Behavior):
    """Spikes of this step arrive through dense weights, a tenth of which are not zero."""

    def initialize(self, neurons):
        for synapse in neurons.synapses(afferent, "GLUTAMATE"):
            synapse.W = synapse.matrix("uniform", density=0.1)
            synapse.enabled = synapse.W > 0

    def iteration(self, neurons):
        for synapse in neurons.synapses(afferent, "GLUTAMATE"):
            neurons.voltage += synapse.W.dot(synapse.src.spike) / synapse.src.size * 10


def build(seed):
    net = Network(seed=seed)
    neurons = NeuronGroup(
        net,
        size=100,
        tag="neurons",
        behavior={
            1: LeakyIntegrateAndFire(),
            2: RecurrentInput(),
            9: Recorder(["voltage", "np.mean(voltage)"]),
            10: EventRecorder("spike"),
        },
    )
    SynapseGroup(net, src=neurons, dst=neurons, tag="GLUTAMATE")
    net.initialize(info=False)
    return net


def style():
    """Figures that look the same everywhere, without a display."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    plt.rcParams.update(
        {
            "figure.dpi": 150,
            "font.size": 10,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.edgecolor": "#555555",
            "axes.labelcolor": "#222222",
            "xtick.color": "#555555",
            "ytick.color": "#555555",
        }
    )
    return plt


def draw_voltage(plt, net, path):
    threshold = net["LeakyIntegrateAndFire", 0].threshold
    shown = min(300, net.iteration)
    steps = np.arange(1, net.iteration + 1)[-shown:]
    figure, axes = plt.subplots(figsize=(9, 4))
    traces = net["voltage", 0][-shown:, :10]
    for i, color in enumerate(plt.cm.viridis(np.linspace(0.1, 0.9, 10))):
        axes.plot(steps, traces[:, i], color=color, linewidth=0.9, alpha=0.85)
    mean = net["np.mean(voltage)", 0][-shown:]
    axes.plot(steps, mean, color="black", linewidth=2, label="mean of all 100 neurons")
    axes.axhline(threshold, color="#c0392b", linestyle="--", linewidth=1.2, label="threshold")
    axes.set(xlabel="iteration", ylabel="voltage", xlim=(steps[0], steps[-1]), ylim=(0, None))
    axes.set_title(f"The first ten neurons, last {shown} iterations", loc="left")
    axes.legend(frameon=False, loc="lower right", bbox_to_anchor=(1.01, 0.98), ncols=2)
    figure.tight_layout()
    figure.savefig(path)


def draw_raster(plt, net, path):
    times, who = net["spike.t", 0], net["spike.i", 0]
    figure, (dots, rate) = plt.subplots(
        2, 1, figsize=(9, 5), sharex=True, height_ratios=[3, 1], layout="tight"
    )
    dots.plot(times, who, ".", color="#1f4e79", markersize=2)
    dots.set(ylabel="neuron", xlim=(0, net.iteration), ylim=(-1, 100))
    dots.set_title("Spikes", loc="left")
    counts = np.bincount(times, minlength=net.iteration + 1)
    rate.fill_between(np.arange(len(counts)), counts, color="#e07b39", linewidth=0, step="mid")
    rate.set(xlabel="iteration", ylabel="spikes per step", ylim=(0, None))
    rate.yaxis.get_major_locator().set_params(integer=True)
    figure.savefig(path)


def report(net, seconds, files):
    group = net.neurons
    synapses = int(net["GLUTAMATE", 0].enabled.sum())
    spikes = len(net["spike.i", 0])
    rows = {
        "neurons": f"{group.size}",
        "synapses": f"{synapses:,} ({synapses / group.size**2:.0%} of all pairs)",
        "iterations": f"{net.iteration:,} in {seconds:.2f} s: {net.iteration / seconds:,.0f} per s",
        "mean rate": f"{spikes / group.size / net.iteration:.1%} of the neurons spike in a step",
        "spikes": f"{spikes:,}",
        "seed": f"{net.seed} (the same seed gives the same bits; --seed N takes another)",
    }
    print("\nA network of leaky integrate-and-fire neurons\n")
    for name, value in rows.items():
        print(f"  {name:<11}{value}")
    print("\nFigures\n")
    for path, what in files.items():
        print(f"  {path!s:<22}{what}")
    print(
        "\nWhat to try next\n\n"
        "  examples/first_network.py   the same model in sixty lines; change the threshold\n"
        "  examples/mixed_languages.py a behavior in C++ and one in Python, side by side\n"
        "  docs/python.md              everything a script can say\n"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer iterations")
    parser.add_argument("--seed", type=int, default=42)
    parser.add_argument("--out", type=Path, default=Path("out"))
    options = parser.parse_args()

    net = build(options.seed)
    start = time.perf_counter()
    net.simulate_iterations(200 if options.quick else 1000)
    seconds = time.perf_counter() - start

    options.out.mkdir(parents=True, exist_ok=True)
    voltage, raster = options.out / "voltage.png", options.out / "raster.png"
    plt = style()
    draw_voltage(plt, net, voltage)
    draw_raster(plt, net, raster)
    report(
        net,
        seconds,
        {voltage: "ten traces, the mean, the threshold", raster: "who spiked when, and how many"},
    )


if __name__ == "__main__":
    main()
