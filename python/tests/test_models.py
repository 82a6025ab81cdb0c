"""Free-form models as people write them, with NumPy as oracle (S13, S27)."""

import numpy as np
import pytest

from monnto import *

SIZE, STEPS = 50, 200
rng = np.random.default_rng(0)
START = rng.random((SIZE, SIZE)).astype(np.float32)
NOISE = rng.random((STEPS, SIZE)).astype(np.float32) * np.float32(0.3)


class Neurons(Behavior):
    """Adaptive threshold, refractory time, a trace of spikes."""

    def initialize(self, n):
        n.v = n.vector()
        n.spike = n.vector("bool")
        n.before = n.spike
        n.trace = n.vector()
        n.threshold = n.vector(0.5)
        n.rest = n.vector(0)

    def iteration(self, n):
        n.before = n.spike
        n.v += NOISE[n.iteration - 1]
        n.spike = (n.v > n.threshold) & (n.rest <= 0)
        n.v[n.spike] = 0
        n.rest[n.spike] = 2
        n.rest -= 1
        n.v *= 0.95
        n.trace = np.clip(n.trace * 0.9 + n.spike, 0, 2)
        n.threshold += (n.spike.mean() - 0.1) * 0.01


class Plastic(Behavior):
    """Delivery by the columns of spiking sources; pair-based learning; normalized rows."""

    def initialize(self, s):
        s.W = START.copy()
        s.W /= np.sum(s.W, axis=1)[:, None]

    def iteration(self, s):
        s.dst.v += np.sum(s.W[:, s.src.spike], axis=1) * 0.3
        grow = s.dst.spike[:, None] * s.src.trace[None, :] * 0.01
        shrink = s.dst.trace[:, None] * s.src.before[None, :] * 0.005
        s.W += grow - shrink
        np.clip(s.W, 0, 1, out=s.W)
        s.W /= np.maximum(s.W.sum(axis=1, keepdims=True), 1e-6)


def in_numpy():
    real = np.float32
    v, trace, rest = np.zeros(SIZE, real), np.zeros(SIZE, real), np.zeros(SIZE, real)
    threshold, spike = np.full(SIZE, 0.5, real), np.zeros(SIZE, bool)
    weights = START.copy()
    weights /= np.sum(weights, axis=1)[:, None]
    voltages, counts = [], []
    for step in range(STEPS):
        before = spike
        v += NOISE[step]
        spike = (v > threshold) & (rest <= 0)
        v[spike] = 0
        rest[spike] = 2
        rest -= 1
        v *= 0.95
        trace = np.clip(trace * 0.9 + spike, 0, 2)
        threshold += (spike.mean() - 0.1) * 0.01
        v += np.sum(weights[:, spike], axis=1) * 0.3
        weights += spike[:, None] * trace[None, :] * 0.01 - trace[:, None] * before[None, :] * 0.005
        np.clip(weights, 0, 1, out=weights)
        weights /= np.maximum(weights.sum(axis=1, keepdims=True), 1e-6)
        voltages.append(v.copy())
        counts.append(spike.sum())
    return np.array(voltages), np.array(counts), weights


@pytest.mark.parametrize("where", ["synapse", "network"])
def test_plastic_network_gives_numpys_numbers(where):
    net = Network()
    n = NeuronGroup(net, SIZE, {1: Neurons(), 9: Recorder(["v", "np.sum(spike)"])}, "n")
    s = SynapseGroup(net, n, n, "GLU")
    if where == "synapse":
        s.add_behavior(2, Plastic(), initialize=False)
    else:

        class All(Behavior):
            def initialize(self, network):
                self.parts = [(Plastic(), s) for s in network["GLU"]]
                for part, synapses in self.parts:
                    part.initialize(synapses)

            def iteration(self, network):
                for part, synapses in self.parts:
                    part.iteration(synapses)

        net.add_behavior(2, All(), initialize=False)
    net.initialize(info=False)
    net.simulate_iterations(STEPS)
    voltages, counts, weights = in_numpy()
    assert counts.sum() > 500  # the model does something
    assert (net["np.sum(spike)", 0] == counts).all()
    # Sums differ in their order of addition only.
    np.testing.assert_allclose(net["v", 0], voltages, rtol=0, atol=1e-5)
    np.testing.assert_allclose(s.W, weights, rtol=0, atol=1e-6)
    assert s.W.dtype == n.v.dtype == n.trace.dtype == np.float32


def test_elementwise_models_are_bit_exact():
    """No sums here: every bit is NumPy's."""

    class Izhikevich(Behavior):
        def initialize(self, n):
            n.v, n.u = n.vector(-65.0), n.vector(-13.0)
            n.drive = np.linspace(0, 15, SIZE, dtype=np.float32)

        def iteration(self, n):
            fired = n.v >= 30
            n.v[fired] = -65.0
            n.u[fired] += 8.0
            for _ in range(2):
                n.v += 0.5 * (0.04 * n.v**2 + 5 * n.v + 140 - n.u + n.drive)
            n.u += 0.02 * (0.2 * n.v - n.u)

    net = Network()
    NeuronGroup(net, SIZE, {1: Izhikevich(), 2: Recorder(["v", "u"])})
    net.initialize(info=False)
    net.simulate_iterations(300)

    real = np.float32
    v, u = np.full(SIZE, -65, real), np.full(SIZE, -13, real)
    drive = np.linspace(0, 15, SIZE, dtype=real)
    for step in range(300):
        fired = v >= 30
        v[fired] = -65.0
        u[fired] += 8.0
        for _ in range(2):
            v += 0.5 * (0.04 * v**2 + 5 * v + 140 - u + drive)
        u += 0.02 * (0.2 * v - u)
        assert (np.asarray(net["v", 0])[step] == v).all(), step
        assert (np.asarray(net["u", 0])[step] == u).all(), step


def test_delays_with_a_buffer_of_past_spikes():
    class Delayed(Behavior):
        def initialize(self, n):
            n.x = n.vector()
            n.x[0] = 1
            n.past = n.vector_buffer(3)

        def iteration(self, n):
            n.buffer_roll(n.past, n.x)
            n.x = np.roll(n.past[2], 1)

    net = Network()
    n = NeuronGroup(net, 4, {1: Delayed(), 2: EventRecorder("x")})
    net.initialize(info=False)
    net.simulate_iterations(9)
    assert net["x", 0].tolist() == [[3, 1], [6, 2], [9, 3]]
    assert n.x.tolist() == [0, 0, 0, 1]
