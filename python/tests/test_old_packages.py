"""Scripts of the old packages run as they are through `python -m monnto`."""

import re
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

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


def run(tmp_path, text, *arguments, command=(sys.executable, "-m", "monnto"), cwd=None):
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(text))
    words = [*command, str(script), *arguments]
    return subprocess.run(words, capture_output=True, text=True, check=False, cwd=cwd)


RUN = (sys.executable, "-m", "monnto", "run")
PYTHON = (sys.executable,)


@pytest.mark.parametrize("command", [RUN, RUN[:-1]])
def test_a_script_runs_unchanged(tmp_path, command):
    result = run(tmp_path, SCRIPT, "--flag", "7", "--help", "x=1", command=command)
    assert result.returncode == 0, result.stderr
    assert "shape (5, 10) ['--flag', '7', '--help', 'x=1'] __main__" in result.stdout


SAME = """
    import os, sys, pickle, atexit
    class Mine:
        pass
    print(sys.argv, __name__, __file__ == os.path.abspath(__file__), __doc__, __spec__ is None)
    print(sys.path[0], sys.modules['__main__'].Mine is Mine)
    print(type(pickle.loads(pickle.dumps(Mine()))) is Mine)
    atexit.register(lambda: print('at exit', Mine.__name__))
    import beside
    print(beside.VALUE)
"""


@pytest.mark.parametrize(
    "ending",
    [
        "",
        "sys.exit(3)",
        "sys.exit('text')",
        "raise KeyError('mine')",
        "1/0",
        "raise SystemExit",
        "sys.exit(None)",
    ],
)
def test_scripts_see_and_end_what_they_would_with_python(tmp_path, ending):
    (tmp_path / "beside.py").write_text("VALUE = 7\n")
    text = textwrap.dedent(SAME) + ending + "\n"
    ours, theirs = (run(tmp_path, text, "a", "-b", command=c) for c in (RUN, PYTHON))
    assert ours.returncode == theirs.returncode
    assert ours.stdout == theirs.stdout
    assert ours.stderr == theirs.stderr  # tracebacks, too


@pytest.mark.parametrize("text", ["def f(:\n    pass\n", "x = '\n"])
def test_syntax_errors_look_as_with_python(tmp_path, text):
    ours, theirs = (run(tmp_path, text, command=c) for c in (RUN, PYTHON))
    assert (ours.returncode, ours.stderr) == (theirs.returncode, theirs.stderr)


def test_tracebacks_begin_with_the_users_own_line(tmp_path):
    result = run(
        tmp_path,
        """
        from PymoNNto import *
        class Bad(Behavior):
            def iteration(self, neurons):
                neurons.v += neurons.w
        net = Network()
        n = NeuronGroup(net, 10, {3: Bad()}, tag='exc')
        n.v, n.w = n.vector(), n.vector_buffer(3)[:, :4]
        net.initialize(info=False)
        net.simulate_iterations(5)
        """,
    )
    assert result.returncode == 1
    lines = result.stderr.splitlines()
    assert lines[0] == "Traceback (most recent call last):"
    assert lines[1].endswith('script.py", line 10, in <module>')
    assert "neurons.v += neurons.w" in result.stderr
    assert re.search(r"behavior Bad at key 3, iteration 1", result.stderr)


def test_ctrl_c_keeps_recordings_and_ends_as_python_does(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        textwrap.dedent("""
        from PymoNNto import *
        class Slow(Behavior):
            def iteration(self, neurons):
                import time
                neurons.t = neurons.iteration
                time.sleep(0.01)
                if neurons.iteration == 3:
                    print('running', flush=True)
        net = Network()
        n = NeuronGroup(net, 1, {1: Slow(), 9: Recorder('t')})
        net.initialize(info=False)
        try:
            net.simulate_iterations(10000)
        except KeyboardInterrupt:
            print('kept', len(net['t', 0]) == net.iteration > 2, flush=True)
            raise
        """)
    )
    process = subprocess.Popen(
        [*RUN, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell's background jobs ignore the signal, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout.readline() == "running\n"
    time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, error = process.communicate(timeout=60)
    assert out == "kept True\n" and process.returncode == -signal.SIGINT
    assert "stopped after iteration" in error


def test_the_script_must_exist(tmp_path):
    for command in (RUN[:-1], RUN):
        result = subprocess.run(
            [*command, "none.py"], capture_output=True, text=True, check=False, cwd=tmp_path
        )
        assert result.returncode == 2 and "none.py': no such file" in result.stderr


def test_every_way_to_import(tmp_path):
    result = run(
        tmp_path,
        """
        import PymoNNto
        import PymoNNto.NetworkCore.Network as module
        from PymoNNto.Exploration.StorageManager.StorageManager import *
        from PymoNNto.NetworkBehavior.Recorder.Recorder import Recorder, EventRecorder
        from PymoNNto.NetworkBehaviour.Structure.Structure import NeuronDimension
        from PymoNNto.NetworkBehavior.Basics import *
        from PymoNNto.NetworkBehavior.EulerEquationModules.EulerClock import Clock
        from PymoNNto.Exploration.HelperFunctions import *
        from PymoNNto.Exploration.HelperFunctions.Save_Load import save_network
        from PymoNNto.Exploration.Visualization.Visualization_Helper import SpikeTrain_ISI
        import monnto
        assert PymoNNto.Network is module.Network is monnto.Network
        assert PymoNNto.NetworkCore.Network is module
        assert StorageManager is monnto.StorageManager and Synaptic_Normalization and Clock
        assert behavior_test_environment and SpikeTrain_ISI([1, 1]) == [1]
        print('all', len(PymoNNto.__all__) > 70)
        """,
    )
    assert result.stdout == "all True\n", result.stderr


def test_names_that_the_package_had_imported_itself(tmp_path):
    result = run(
        tmp_path,
        """
        import sys
        from PymoNNto import *
        assert 'matplotlib.pyplot' not in sys.modules  # not before it is used
        assert isinstance(Network(), TaggableObjectBase) and isinstance(Network(), NetworkObjectBase)
        print(copy.copy([1]), math.floor(1.5), os.sep, time.time() > 0, uniform_gap(1, 0.5).shape)
        plt.switch_backend('Agg')
        plt.plot([1, 2])
        print(plt.gca().lines[0].get_ydata().tolist(), 'plot' in dir(plt))
        """,
    )
    assert result.stdout == "[1] 1 / True (1,)\n[1, 2] True\n", result.stderr


def test_a_module_that_never_was_names_the_nearest(tmp_path):
    result = run(tmp_path, "from PymoNNto.NetworkBehavior.Basics.Refractori import *")
    assert result.returncode == 1
    assert (
        "ModuleNotFoundError: No module named 'PymoNNto.NetworkBehavior.Basics.Refractori'"
        in result.stderr
    )
    assert "did you mean PymoNNto.NetworkBehavior.Basics.Refractory?" in result.stderr


def test_what_is_refused_can_be_imported_and_says_why(tmp_path):
    result = run(
        tmp_path,
        """
        from PymoNNto import *
        from PymoNNto.Exploration.Network_UI import *
        from PymoNNto.Exploration.Network_UI.Basic_Tabs.some_tab import *
        class MyTab(TabBase):
            def update(self, ui):
                pass
        net = Network()
        print('model ran')
        Network_UI(net, modules=[]).show()
        """,
    )
    assert result.returncode == 1 and result.stdout == "model ran\n"
    assert "NotInMonnto: Network_UI: windows of Qt are not part of monnto" in result.stderr


def test_a_project_is_found_by_its_data_folder(tmp_path):
    (tmp_path / "Data").mkdir()
    (tmp_path / "model.py").write_text("VALUE = 3\n")
    inner = tmp_path / "inner"
    inner.mkdir()
    result = run(inner, "from PymoNNto import *\nimport model\nprint(model.VALUE)", cwd=inner)
    assert result.stdout == "3\n", result.stderr
    assert [p.name for p in inner.iterdir()] == ["script.py"]  # no folder is made by importing


def test_scripts_run_inside_of_a_program(tmp_path, capsys):
    from monnto.old_packages import run_script

    before = sys.argv, list(sys.path), sys.modules["__main__"]
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(SCRIPT))
    run_script(script, ["x"])
    assert "shape (5, 10) ['x'] __main__" in capsys.readouterr().out
    assert (sys.argv, sys.path, sys.modules["__main__"]) == before
    assert "PymoNNto" not in sys.modules


def test_outside_of_such_scripts_arrays_are_no_ndarrays():
    import numpy as np

    from monnto import Network, NeuronGroup

    assert not isinstance(NeuronGroup(Network(), 2).vector(), np.ndarray)


# -- the other commands


def monnto(*arguments, cwd=None):
    return subprocess.run(
        [*RUN[:-1], *arguments], capture_output=True, text=True, check=False, cwd=cwd
    )


@pytest.fixture
def project(tmp_path):
    from monnto import StorageManager

    for n, score in ((1, 0.25), (2, 0.125), (11, 1e-7)):
        sm = StorageManager("scan", data_folder=tmp_path / "Data", print_msg=False)
        sm.save_param_dict({"n": n, "score": score})
    StorageManager("other", data_folder=tmp_path / "Data", print_msg=False)
    return tmp_path


def test_runs_are_listed(project):
    assert monnto("runs", cwd=project).stdout == "other  1 run\nscan   3 runs\n"
    listed = monnto("runs", "scan", cwd=project).stdout.splitlines()
    assert [line.split() for line in listed] == [
        ["run", "n", "score"],
        ["scan", "1", "0.25"],
        ["scan_0", "2", "0.125"],
        ["scan_1", "11", "1e-07"],
    ]
    ordered = monnto("runs", "scan", "--sort", "score", "--show", "n", "--csv", cwd=project).stdout
    assert ordered == "run,n\nscan_1,11\nscan_0,2\nscan,1\n"
    some = monnto(
        "runs", "scan", "--where", "n > 1 and score > 0.1", "--show", "n", cwd=project
    ).stdout
    assert some == "run     n\nscan_0  2\n"
    elsewhere = monnto("runs", "--data", str(project / "Data"), cwd="/")
    assert elsewhere.stdout.startswith("other")


def test_mistakes_are_one_line(project, tmp_path):
    wrong = monnto("runs", "scna", cwd=project)
    assert wrong.returncode == 1 and wrong.stderr.count("\n") == 1
    assert "did you mean 'scan'?" in wrong.stderr
    broken = monnto("runs", "scan", "--where", "n >", cwd=project)
    assert broken.returncode == 1 and "invalid syntax" in broken.stderr
    empty = monnto("runs", cwd="/")
    assert empty.returncode == 1 and "there is no folder" in empty.stderr


def test_help_shows_every_command():
    text = monnto("--help").stdout
    assert all(word in text for word in ("monnto run script.py", "monnto runs", "monnto info"))
    assert "examples:" in monnto("runs", "--help").stdout
    assert "tracebacks are the same" in monnto("run", "--help").stdout
    assert monnto().returncode == 2
    assert monnto("--version").stdout.startswith("monnto ")
    assert "executor" in monnto("info").stdout
    assert Path(monnto("info", "--cmake-dir").stdout.strip()).name == "cmake"
