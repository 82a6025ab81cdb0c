"""How much memory does a network take, as a multiple of the matrices that it has?

300 iterations of networks with one matrix of float32, written naively; the peak of the process above
that of the same script with 10 neurons. 1 would be the matrix alone.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import subprocess
import sys
from pathlib import Path

UNIT = "x its matrices"
HIGHER_IS_BETTER = False
BENCH = Path(__file__).resolve().parents[1]
ITERATIONS = 300
SMALL = 10


def cases(quick: bool) -> list[dict]:
    names = ("lif_stdp", "izhikevich_stdp", "basic_network")
    return [{"network": name, "n": 3000 if quick else 10_000} for name in names]


def value(figure: float) -> float:
    return figure


def load(name: str):
    file = next(BENCH.glob(f"*/{name}_bench.py"))
    spec = importlib.util.spec_from_file_location(name, file)
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    return bench


def network_of(name: str, package, n: int):
    """The network of that bench, without the copies from which the bench starts anew."""
    bench = load(name)
    if not hasattr(bench, "behaviors"):
        return bench.Model(package, n=n).net
    neurons, synapses = bench.behaviors(package, False, False)
    net = package.Network(settings={"threads": 1})
    package.NeuronGroup(net=net, tag="n", size=n, behavior={1: neurons})
    package.SynapseGroup(net=net, src="n", dst="n", tag="GLUTAMATE", behavior={2: synapses})
    net.initialize(info=False)
    return net


def peak_of_this_process() -> int:
    """Bytes that were resident at once, at most."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("this system does not tell the peak of a process")


def peak(name: str, package: str, n: int, hold_a_copy: bool = False) -> int:
    """That of a process of its own."""
    arguments = [sys.executable, __file__, name, package, str(n), "copy" if hold_a_copy else ""]
    done = subprocess.run(arguments, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    return json.loads(done.stdout.splitlines()[-1])


def multiple(name: str, package: str, n: int, hold_a_copy: bool = False) -> float:
    above = peak(name, package, n, hold_a_copy) - peak(name, package, SMALL, hold_a_copy)
    return above / (4 * n * n)


class Model:
    threads = 1

    def __init__(self, package, network: str, n: int) -> None:
        self.arguments = (network, package.__name__, n)

    def measured(self) -> list[float]:
        return [multiple(*self.arguments) for _ in range(2)]

    def check(self) -> None:
        pass


def main() -> None:
    name, package, n, copies = sys.argv[1:]
    net = network_of(name, importlib.import_module(package), int(n))
    net.simulate_iterations(1)
    if copies:  # for the test that this is noticed
        net.SynapseGroups[0].another = net.SynapseGroups[0].W.copy() + 1.0
    net.simulate_iterations(ITERATIONS - 1)
    print(json.dumps(peak_of_this_process()))


if __name__ == "__main__":
    main()
