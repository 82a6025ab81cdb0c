"""One figure of what the classical examples in C++ wrote to out/classical_cpp/*.txt.

Run it with  python examples/support/draw_classical.py [docs/figures/classical_cpp.png]
"""

import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

FOLDER = Path("out/classical_cpp")
RASTERS = {
    "izhikevich": ("Izhikevich", 800),
    "leaky_integrate_and_fire": ("leaky integrate-and-fire", 800),
    "brunel_hakim": ("Brunel-Hakim", 1000),
    "synfire_chain": ("synfire chain", 1000),
}
#: Title, ms (or iterations) between two rows, distance of the curves.
TRACES = {
    "hodgkin_huxley": ("Hodgkin-Huxley, 20 compartments", 0.5, 60),
    "hindmarsh_rose": ("Hindmarsh-Rose, three currents", 50, 6),
    "wang_buzsaki": ("Wang-Buzsaki", 0.05, 0),
}


def rows(name):
    return np.loadtxt(FOLDER / f"{name}.txt", ndmin=2)


def draw(path):
    figure, axes = plt.subplots(2, 4, figsize=(14, 6.5), layout="tight", dpi=100)
    places = iter(axes.flat)
    for name, (title, excitatory) in RASTERS.items():
        place, (times, neurons) = next(places), rows(name).T
        for chosen, color in (
            (neurons < excitatory, "#1f4e79"),
            (neurons >= excitatory, "#c0392b"),
        ):
            place.plot(times[chosen], neurons[chosen], ".", ms=1, color=color, markeredgewidth=0)
        place.set(title=title, xlabel="iteration", ylabel="neuron")
    for name, (title, step, distance) in TRACES.items():
        place, values = next(places), rows(name)
        shifted = values - distance * np.arange(values.shape[1])
        place.plot(np.arange(len(values)) * step, shifted, linewidth=0.6, color="#1f4e79")
        unit = "iteration" if name == "hindmarsh_rose" else "ms"
        place.set(title=title, xlabel=unit, yticks=[] if distance else [-80, -40, 0, 40])
    # Of each glimpse what was shown, and below it what it became.
    images = rows("hopfield").reshape(-1, 2, 28, 28)
    place = next(places)
    place.imshow(np.hstack([np.vstack(pair) for pair in images]), cmap="gray")
    place.set(title="Hopfield: shown, recalled", xticks=[], yticks=[])
    figure.savefig(path)
    print(path)


if __name__ == "__main__":
    draw(sys.argv[1] if len(sys.argv) > 1 else "out/classical_cpp.png")
