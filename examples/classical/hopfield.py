"""A Hopfield network (1982, doi 10.1073/pnas.79.8.2554) of 28 x 28 neurons that learns four digits
and completes what it sees to one of them.

As in the published script, W is scaled to a sum of 1 after each image, which then weighs less than the next one: what was seen
last wins.

python examples/classical/hopfield.py [--quick]
"""

from monnto import *

# Strokes as lines of a 7 x 7 grid, drawn four pixels thick.
GLYPHS = {
    7: ("       ", " ##### ", "     # ", "    #  ", "   #   ", "   #   ", "       "),
    2: ("  ###  ", " #   # ", "     # ", "   ##  ", "  #    ", " ##### ", "       "),
    1: ("   #   ", "  ##   ", "   #   ", "   #   ", "   #   ", "  ###  ", "       "),
    0: ("  ###  ", " #   # ", " #   # ", " #   # ", " #   # ", "  ###  ", "       "),
}
PERIOD = 100  # iterations of learning, then of recall
GLIMPSE = 20  # iterations between two noisy images while it recalls


def digits():
    """The four images, scaled to -1 ... 1, one per row."""
    rows = [np.array([[c == "#" for c in line] for line in glyph]) for glyph in GLYPHS.values()]
    return np.stack([np.kron(r, np.ones((4, 4))).ravel() * 2 - 1 for r in rows]).astype(np.float32)


class Phase(Behavior):
    """Learning and recall take turns; learning comes first."""

    def initialize(self, n):
        n.learning = True

    def iteration(self, n):
        if n.iteration % PERIOD == 0:
            n.learning = not n.learning


class Images(Behavior):
    def initialize(self, n):
        self.images = digits()
        self.mean = float(self.images.mean())
        n.v = n.vector()
        n.shown = -1

    def iteration(self, n):
        if not n.learning and n.iteration % GLIMPSE != 0:
            return
        n.shown = np.random.randint(len(self.images))
        n.v = n.vector() + (self.images[n.shown] - self.mean)
        if not n.learning:
            n.v += (n.vector("uniform", density=0.5) - 0.5) * 2


class Hopfield(Behavior):
    def initialize(self, n):
        for s in n.synapses(afferent, "GLUTAMATE"):
            s.W = s.matrix()
            s.enabled = 1 - np.eye(n.size, dtype=np.float32)
        n.energy = 0.0

    def iteration(self, n):
        for s in n.synapses(afferent, "GLUTAMATE"):
            n.energy = -0.5 * n.v.dot(s.W.dot(n.v))
            if n.learning:
                s.W += np.outer(n.v, n.v) / 1000
                s.W *= s.enabled
                s.W /= np.sum(np.abs(s.W))
            else:
                n.v = (9 * n.v + np.sign(s.W.dot(n.v))) / 10


def build(recorders=True, **settings):
    net = Network(**settings)
    behavior = {1: Phase(), 2: Images(), 3: Hopfield()}
    if recorders:
        behavior[9] = Recorder(["v", "energy", "shown"])
    NeuronGroup(
        net=net, tag="neurons", size=NeuronDimension(width=28, height=28), behavior=behavior
    )
    SynapseGroup(net=net, src="neurons", dst="neurons", tag="GLUTAMATE")
    net.initialize(info=False)
    return net


def recalled(net):
    """For the end of each glimpse: the largest |correlation| with a stored image."""
    v, images = net["v", 0, "np"], digits()
    ends = [t for t in range(PERIOD + GLIMPSE - 1, 2 * PERIOD, GLIMPSE) if t <= len(v)]
    return [max(abs(np.corrcoef(v[t - 1], image)[0, 1]) for image in images) for t in ends]


def figure(net, path):
    import matplotlib.pyplot as plt

    v = net["v", 0, "np"]
    fig, axes = plt.subplots(2, 5, figsize=(9, 4))
    for column in range(5):
        start = PERIOD - 1 + column * GLIMPSE
        for row, t in enumerate((start, min(start + GLIMPSE - 1, len(v) - 1))):
            axes[row, column].imshow(v[t].reshape(28, 28), cmap="gray")
            axes[row, column].set(title=f"iteration {t + 1}", xticks=[], yticks=[])
    fig.tight_layout()
    fig.savefig(path, dpi=100)


if __name__ == "__main__":
    from common import options, saved

    options(__doc__)
    np.random.seed(1)
    net = build()
    net.simulate_iterations(2 * PERIOD - 1)
    weights = net.GLUTAMATE.W
    print(f"sum of |W| {float(np.sum(np.abs(weights))):.6f}, trace {float(np.trace(weights)):.1g}")
    print("|correlation| with a stored image after each glimpse:", np.round(recalled(net), 2))
    print(f"energy at the end of the last: {float(net.neurons.energy):.3f}")
    figure(net, saved("hopfield"))
