"""Ctrl-C ends a run between two iterations and keeps what was recorded."""

import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")

MODEL = """
import signal
from monnto import *

# Shells start background jobs with SIGINT ignored, and children inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.alarm(60)  # whatever happens, this process ends

class Count(Behavior):
    def initialize(self, n):
        n.v = n.vector()
        n.both = 0

    def iteration(self, n):
        n.v += 1
        {slow}
        n.both = n.iteration

net = Network()
NeuronGroup(net, 5, {{1: Count(), 9: Recorder("v")}}, "n")
net.initialize(info=False)
print("ready", flush=True)
try:
    net.simulate_iterations(10**9)
except KeyboardInterrupt as error:
    v = net["v", 0]
    assert net.n.both == net.iteration == len(v) == int(v[-1][0]) > 0, (
        net.n.both, net.iteration, len(v))
    assert "recordings are kept" in str(error)
    net.simulate_iterations(3)
    print("kept", len(v) == net.iteration, flush=True)
"""


@pytest.mark.parametrize("slow", ["", "import time; time.sleep(0.001)"], ids=["busy", "sleeping"])
def test_interrupt(slow, tmp_path):
    script = tmp_path / "model.py"
    script.write_text(textwrap.dedent(MODEL.format(slow=slow)))
    run = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        text=True,
        # A shell's background jobs ignore the signal, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert run.stdout.readline() == "ready\n"
    time.sleep(0.3)
    run.send_signal(signal.SIGINT)
    try:
        out, _ = run.communicate(timeout=30)
    finally:
        run.kill()
    assert out == "kept True\n" and run.returncode == 0


def test_the_handler_of_the_program_is_put_back():
    from monnto import Network

    inherited = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        net = Network()
        net.initialize(info=False)
        net.simulate_iterations(3)
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, inherited)


def test_a_program_with_a_handler_of_its_own_keeps_it():
    from monnto import Behavior, Network, NeuronGroup

    heard = []

    class Interrupts(Behavior):
        def iteration(self, n):
            os.kill(os.getpid(), signal.SIGINT)

    inherited = signal.signal(signal.SIGINT, lambda *_: heard.append(1))
    try:
        net = Network()
        NeuronGroup(net, 1, {1: Interrupts()})
        net.initialize(info=False)
        net.simulate_iterations(3)
    finally:
        signal.signal(signal.SIGINT, inherited)
    assert len(heard) == 3 and net.iteration == 3
