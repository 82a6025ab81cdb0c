"""What does one update of a large matrix across the way it lies cost, however it is written?

The product reads rows of W[source, target]; what spikes of targets change are its columns. Beside
each update runs nothing but noise and that product.
"""

from __future__ import annotations

import numpy as np

UNIT = "us per iteration"
HIGHER_IS_BETTER = False

UPDATES = {
    "masked": "n.W += 0.01 * n.x[:, None] * n.dst[None, :]",
    "picked": "n.W[:, n.dst] += 0.01 * n.x[:, None]",
    "picked and clipped": (
        "n.W[:, n.dst] += 0.01 * n.x[:, None]; n.W[:, n.dst] = np.clip(n.W[:, n.dst], 0, 1)"
    ),
    "listed": "at = np.flatnonzero(n.dst); n.W[:, at] += 0.01 * n.x[:, None]",
    "under a mask": "n.W += 0.01 * n.x[:, None] * n.dst[None, :] * n.enabled",
    "masked afterwards": "n.W += 0.01 * n.x[:, None] * n.dst[None, :]; n.W *= n.enabled",
    "halves": "n.W += 0.01 * n.x[:, None] * n.dst[None, :]",
}


def cases(quick: bool) -> list[dict]:
    sizes = (4_000,) if quick else (4_000, 10_000)
    return [{"n": n, "update": update} for n in sizes for update in UPDATES]


def value(seconds_per_iteration: float) -> float:
    return 1e6 * seconds_per_iteration


class Model:
    threads = 1

    def __init__(self, package, n: int, update: str) -> None:
        code = compile(UPDATES[update], update, "exec")

        class Learning(package.Behavior):
            def initialize(self, n):
                dtype = np.float16 if update == "halves" else np.float32
                every = np.arange(n.size)
                n.W = (n.vector("uniform")[:, None] * n.vector("uniform")[None, :]).astype(dtype)
                n.enabled = (every[:, None] != every[None, :]).astype(dtype)
                n.x = n.vector("uniform")
                n.dst = n.src = n.vector() > 0
                n.current = n.vector()

            def iteration(self, n):
                n.dst = n.vector("uniform") < 0.003
                n.src = n.vector("uniform") < 0.003
                exec(code, {"np": np, "n": n})  # noqa: S102  the updates above
                n.current = (n.src @ n.W).astype(np.float32)

        self.net = package.Network(seed=1, settings={"threads": self.threads})
        self.group = package.NeuronGroup(net=self.net, size=n, behavior={1: Learning()})
        self.net.initialize(info=False)
        self.run(20)

    def run(self, iterations: int) -> None:
        self.net.simulate_iterations(iterations, batch_size=-1, measure_block_time=False)

    def check(self) -> None:
        assert np.isfinite(np.asarray(self.group.current)).all()
