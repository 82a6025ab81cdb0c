"""Scan a parameter, keep each run in its own folder, then compare them.

Run it with  python examples/compare_runs.py  and look at the runs with  monnto runs thresholds
"""

import sys
import tempfile

from monnto import *


class LeakyNeurons(Behavior):
    def initialize(self, neurons):
        self.threshold = self.parameter("threshold", 0.5)
        neurons.voltage = neurons.vector()

    def iteration(self, neurons):
        neurons.spike = neurons.voltage > self.threshold
        neurons.voltage[neurons.spike] = 0.0
        neurons.voltage *= 0.9
        neurons.voltage += neurons.vector("uniform", density=0.1)


def run(threshold: float, folder: str, steps: int) -> None:
    storage = StorageManager("thresholds", data_folder=folder, print_msg=False)
    net = Network(seed=1)
    behaviors = {1: LeakyNeurons(threshold=threshold), 9: Recorder("np.mean(spike)")}
    NeuronGroup(net, 1000, behaviors, tag="neurons")
    net.initialize(info=False, storage_manager=storage)
    net.simulate_iterations(steps)
    rate = net["np.mean(spike)", 0, "np"]
    storage.save_param_dict({"threshold": threshold, "rate": rate.mean()})
    storage.save_np("rate over time", rate)


# Your own runs go to the nearest folder `Data`; this example leaves nothing behind.
with tempfile.TemporaryDirectory() as folder:
    for threshold in infinite_resolution_1D(0.2, 1.2, max_resolution=1):
        run(threshold, folder, 20 if "--quick" in sys.argv else 500)

    runs = StorageManagerGroup("thresholds", data_folder=folder)
    runs.sort_by("threshold")
    thresholds, rates = runs.get_multi_param_list(["threshold", "rate"])
    for threshold, rate in zip(thresholds, rates):
        print(f"threshold {threshold:.1f}: {rate:.4f} spikes per neuron and step")
    print("silent:", [sm.folder_name for sm in runs["rate == 0"]])
    print("samples:", runs.get_np_list("rate over time")[0].shape)
