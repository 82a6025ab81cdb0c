"""Scripts of the old package run as they are through `python -m monnto`."""

import subprocess
import sys
import textwrap

SCRIPT = """
    import sys
    from PymoNNto import *
    from PymoNNto.NetworkCore.Behavior import Behavior as B
    import numpy as np

    class Basic(B):
        def initialize(self, neurons):
            neurons.voltage = neurons.vector('uniform')
            assert isinstance(neurons.voltage, np.ndarray)
            assert type(neurons.voltage) == np.ndarray

        def iteration(self, neurons):
            neurons.voltage *= 0.9

    net = Network()
    NeuronGroup(net=net, tag='n', size=10, behavior={1: Basic(), 9: Recorder('voltage')})
    net.initialize()
    net.simulate_iterations(5)
    print('shape', net['voltage', 0, 'np'].shape, sys.argv[1:], __name__)
"""


def run(tmp_path, text, *arguments):
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(text))
    command = [sys.executable, "-m", "monnto", *arguments[:1], str(script), *arguments[1:]]
    return subprocess.run([c for c in command if c], capture_output=True, text=True, check=False)


def test_a_script_runs_unchanged(tmp_path):
    for command in ("", "run"):
        result = run(tmp_path, SCRIPT, command, "--flag", "7")
        assert result.returncode == 0, result.stderr
        assert "shape (5, 10) ['--flag', '7'] __main__" in result.stdout


def test_the_script_must_exist():
    result = subprocess.run(
        [sys.executable, "-m", "monnto", "none.py"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 2 and "none.py': no such file" in result.stderr


def test_outside_of_such_scripts_arrays_are_no_ndarrays():
    import numpy as np

    from monnto import Network, NeuronGroup

    assert not isinstance(NeuronGroup(Network(), 2).vector(), np.ndarray)


def test_modules_of_the_old_package_have_their_names(tmp_path):
    result = run(
        tmp_path,
        """
        from PymoNNto import *
        from PymoNNto.NetworkBehavior.Basics.BasicHomeostasis import *
        from PymoNNto.NetworkBehavior.Basics.Normalization import *
        from PymoNNto.NetworkBehavior.Basics.Refractory import refractory
        from PymoNNto.NetworkBehavior.Basics.Nox_diffusion import NOX_Diffusion
        from PymoNNto.NetworkBehavior.Basics.Behavior_Weight_Initialization import CreateWeights
        from PymoNNto.NetworkBehavior.EulerEquationModules.EulerClock import *
        from PymoNNto.NetworkBehavior.EulerEquationModules.Variable import *
        from PymoNNto.NetworkBehavior.EulerEquationModules.Equation import *

        net = Network()
        NeuronGroup(net, 10, tag='my_neurons', behavior={
            1: Clock(step='0.1*ms'), 2: Variable(eq='v=1*mV'), 3: Variable(eq='tau=100*ms'),
            4: Equation(eq='dv/dt=(0*mV-v)/tau'), 9: Recorder(['v', 't'])})
        net.initialize(info=False)
        net.simulate_iterations('1000*ms', measure_block_time=False)
        print('end', net['v', 0, 'np'][-1, 0], Instant_Homeostasis, normalize_synapse_attr)
        """,
        "",
    )
    assert result.returncode == 0, result.stderr
    assert "end 4.52" in result.stdout
