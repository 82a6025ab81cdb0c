"""Rasters of what examples in C++ wrote to out/*.spikes.

Run it with  python examples/support/draw_rasters.py [out/cuba.spikes ...]
"""

import sys
from itertools import pairwise
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

# First neuron of each population, as the examples number them; shares where sizes may differ.
POPULATIONS = {
    "microcircuit": [
        ("L2/3E", 0.0), ("L2/3I", 0.268), ("L4E", 0.3436), ("L4I", 0.6276),
        ("L5E", 0.6986), ("L5I", 0.7615), ("L6E", 0.7753), ("L6I", 0.9618),
    ],
}  # fmt: skip
DEFAULT = [("excitatory", 0.0), ("inhibitory", 0.8)]
EXCITATORY, INHIBITORY = "#1f4e79", "#c0392b"


def draw(path, window=200.0, most_dots=60_000):
    """Spikes of the last `window` ms, and below them how many fall into each millisecond."""
    times, neurons = np.loadtxt(path, unpack=True, ndmin=2)
    end = times.max()
    shown = times > end - window
    times, neurons = times[shown] - (end - window), neurons[shown]
    size = neurons.max() + 1
    groups = POPULATIONS.get(path.stem, DEFAULT)
    edges = [share * size for _, share in groups] + [size]
    figure, (dots, rate) = plt.subplots(
        2, 1, figsize=(9, 6), sharex=True, height_ratios=[4, 1], layout="tight", dpi=150
    )
    keep = np.random.default_rng(0).random(len(times)) < most_dots / max(1, len(times))
    dot_size = 1.2 if len(times) > 10_000 else 2.5
    for k, (_, first, last) in enumerate(zip(groups, edges, edges[1:], strict=False)):
        mine = keep & (neurons >= first) & (neurons < last)
        color = INHIBITORY if k % 2 else EXCITATORY
        dots.plot(
            times[mine], neurons[mine], ".", color=color, markersize=dot_size, markeredgewidth=0
        )
    dots.set_yticks([(a + b) / 2 for a, b in pairwise(edges)], [g for g, _ in groups])
    dots.set(ylim=(size, 0), xlim=(0, window))
    dots.tick_params(axis="y", length=0)
    dots.set_title(f"{path.stem}: the last {window:.0f} ms", loc="left")
    counts, bins = np.histogram(times, np.arange(0, window + 1))
    rate.fill_between(bins[:-1], counts / size * 1e3, step="post", color="#7f8c8d", linewidth=0)
    rate.set(xlabel="ms", ylabel="spikes/s", ylim=(0, None))
    for axes in (dots, rate):
        axes.spines[["top", "right"]].set_visible(False)
    target = path.with_suffix(".png")
    figure.savefig(target)
    print(target)


if __name__ == "__main__":
    for name in sys.argv[1:] or sorted(Path("out").glob("*.spikes")):
        draw(Path(name))
