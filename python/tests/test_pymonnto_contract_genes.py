"""Genes in models and the side of a script that an evolution starts: sections 1.8, 5.1, 5.2."""

import subprocess
import sys
import textwrap

import pytest

import monnto
from monnto import *
from monnto import evolution_slave
from monnto.behaviors import LeakyIntegrateAndFire
from monnto.equations import Clock, Equation, Variable


@pytest.fixture(autouse=True)
def no_genes(monkeypatch):
    monkeypatch.setattr(evolution_slave, "_identity", None)
    monkeypatch.setattr(sys, "argv", ["script.py"])
    set_genome({})
    yield
    set_genome({})
    evolution_slave._identity = None


class Counter(Behavior):
    def initialize(self, neurons):
        self.inc = self.parameter("inc", 1.0)


def value_of(text, **genome):
    set_genome(genome)
    behavior = Counter(inc=text)
    net = Network()
    NeuronGroup(net, 1, {1: behavior})
    net.initialize(info=False)
    return behavior.inc


def test_gene_strings_are_the_gene_or_the_default():
    assert value_of("[0.5#key]", key=0.25) == 0.25
    assert value_of("[0.5#key]") == 0.5
    assert value_of("[1/3#t]") == 0.333333333333333
    assert value_of("[key]", key=7) == 7.0
    assert value_of("10+[5#a]") == 15.0
    assert value_of("10+[5#a]", a=1) == 11.0


def test_several_genes_make_a_distribution():
    class Spread(Behavior):
        def initialize(self, neurons):
            neurons.v = self.parameter("v", 0.0, neurons)

    net = Network(seed=1)
    group = NeuronGroup(net, 1000, {1: Spread(v="normal([0.5#m],[0.1#s])")})
    net.initialize(info=False)
    assert abs(group.v.mean() - 0.5) < 0.02 and abs(group.v.std() - 0.1) < 0.02
    assert get_genome() == {"m": 0.5, "s": 0.1}


def test_an_index_is_no_gene():
    net = Network()
    group = NeuronGroup(net, 2, {9: Recorder("v[0]")})
    group.v = group.vector(3)
    net.initialize(info=False)
    net.simulate_iterations(2)
    assert net["v[0]", 0, "np"].tolist() == [3, 3]


def leaky_network(**parameters):
    net = Network(dt=1.0)
    group = NeuronGroup(net, 1, {1: LeakyIntegrateAndFire(**parameters)})
    return net, group


def v_after_one_step(net, group):
    net.initialize(info=False)
    group.v.fill(-55.0)
    net.simulate_iterations(1)
    return float(group.v[0])


def decayed(tau):
    return pytest.approx(-65 + 10 * np.exp(-1 / tau), abs=1e-4)


def test_genes_of_the_library_count_when_a_network_is_initialized():
    set_genome({"tau": 5.0})
    net, group = leaky_network(tau="[20#tau]", reset="-70+[0#shift]")
    assert get_genome() == {"tau": 5.0}  # nothing was asked for yet
    set_genome({"tau": 12})
    assert v_after_one_step(net, group) == decayed(12)
    assert get_genome() == {"tau": 12, "shift": 0}
    set_genome({"tau": "3"})
    assert v_after_one_step(net, group) == decayed(3)  # initialized once more
    set_genome({})
    assert v_after_one_step(net, group) == decayed(20)


def test_genes_of_the_library_need_no_default():
    net, group = leaky_network(tau="[tau]")
    set_genome({"tau": 7})
    assert v_after_one_step(net, group) == decayed(7)
    net, group = leaky_network(tau="[nothing]")
    with pytest.raises(ValueError, match=r"tau.*\[nothing\]"):
        net.initialize(info=False)


def test_genes_reach_extended_classes_equations_and_behaviors_made_by_name():
    class Slower(LeakyIntegrateAndFire):
        def iteration(self, n):
            super().iteration(n)

    net = Network(dt=1.0)
    groups = [
        NeuronGroup(net, 1, {1: Slower(tau="[20#tau]")}),
        NeuronGroup(net, 1, {1: monnto.behavior("LeakyIntegrateAndFire", tau="[20#tau]")}),
    ]
    clocked = NeuronGroup(
        net,
        1,
        {
            1: Clock(step="[1#step]*ms"),
            2: Variable(eq="w=[1#start]*mV"),
            3: Equation(eq="dw/dt=-w/([10#tau]*ms)"),
        },
    )
    set_genome({"tau": 2, "start": 4})
    net.initialize(info=False)
    for group in groups:
        group.v.fill(-55.0)
    net.simulate_iterations(1)
    for group in groups:
        assert float(group.v[0]) == decayed(2)
    assert clocked.w_new.tolist() == [2.0]
    assert get_genome() == {"tau": 2, "start": 4, "step": 1}


def test_genes_make_distributions_in_the_library():
    net = Network(seed=1, dt=1.0)
    group = NeuronGroup(net, 1000, {1: LeakyIntegrateAndFire(rest="normal([0.5#m],[0.1#s])")})
    set_genome({"m": -60})
    net.initialize(info=False)
    assert abs(group.v.mean() + 60) < 0.02 and abs(group.v.std() - 0.1) < 0.02


def test_a_default_that_is_no_number_is_refused():
    with pytest.raises(ValueError, match="is no number"):
        value_of("[__import__('os')#key]")


def test_genes_are_asked_for_with_a_default():
    assert get_gene("a", 1.5) == 1.5 and get_genome() == {"a": 1.5}
    assert type(get_gene("whole", 3)) is float and get_genome()["whole"] == 3
    set_genome({"a": "0.25", "b": "text"})
    assert get_gene("a", 1) == 0.25 and get_gene("a", "x") == "0.25" and gene("b", "y") == "text"
    assert get_gene("unknown") is None and "unknown" not in get_genome()


def test_the_genome_is_printed_and_nothing_is_without_one(capsys):
    value_of("[0.5#key]")
    capsys.readouterr()
    set_genome({"key": 2.0})
    net = Network()
    NeuronGroup(net, 1, {1: Counter(inc="[0.5#key]")})
    net.initialize()
    assert "{'key': 2.0}" in capsys.readouterr().out
    set_genome({})
    Network().initialize()
    assert "genome" not in capsys.readouterr().out


def as_slave(monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["script.py", *arguments])
    evolution_slave._identity = None
    monkeypatch.setattr("monnto.genes._genome", None)


def test_the_command_line_says_who_a_script_is(monkeypatch):
    assert not is_evolution_mode() and get_evo_name() is None and get_evo_id() is None
    as_slave(
        monkeypatch, '__evo_name__="evo"', "__evo_id__=7", "__evo_generation__=3", "a=0.5", "b=x=y"
    )
    assert is_evolution_mode()
    assert (get_evo_name(), get_evo_id(), get_evo_generation()) == ("evo", 7, 3)
    assert get_genome() == {"a": "0.5", "b": "x=y"}
    assert get_gene("a", 1.0) == 0.5 and get_gene("b", "") == "x=y"
    assert not get_gene_mode()


def test_scores_are_stored_with_their_genes(monkeypatch, tmp_path, capsys):
    (tmp_path / "Data").mkdir()
    monkeypatch.chdir(tmp_path)
    as_slave(monkeypatch, "__evo_name__=evo", "__evo_id__=7", "__evo_generation__=3", "a=0.5")
    assert StorageManager("mine").absolute_path.endswith("/evo/evo id7/")
    get_gene("a", 1.0)
    set_score(2.5, info={"spikes": 10})
    assert "score set to: 2.5 {'spikes': 10}" in capsys.readouterr().out
    assert get_genome() == {} and not is_evolution_mode()
    [run] = StorageManagerGroup("evo")
    stored = run.get_all_params()
    expected = {"score": 2.5, "evo_name": "evo", "id": 7, "generation": 3, "a": 0.5, "spikes": 10}
    assert expected.items() <= stored.items()
    set_score(1)  # no evolution: only printed
    assert len(StorageManagerGroup("evo")) == 1


SLAVE = """
    from PymoNNto import *
    class Counter(Behavior):
        def initialize(self, n):
            n.count = n.vector()
            self.inc = self.parameter('inc', 1.0)
        def iteration(self, n):
            n.count += self.inc
    net = Network()
    NeuronGroup(net, 10, {1: Counter(inc='[2.0#a]')}, tag='n')
    offset = get_gene('b', 1)
    net.initialize(info=False)
    net.simulate_iterations(100)
    set_score(float(net.n.count.mean()) + offset, sm=StorageManager('alone') if 0 else None)
"""


@pytest.fixture
def slave(tmp_path, monkeypatch):
    (tmp_path / "Data").mkdir()
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "slave.py"
    file.write_text(textwrap.dedent(SLAVE))
    return file


def test_slaves_are_run_without_a_shell(slave):
    output = execute_local_file(
        slave, "evo", 1, 2, {"a": 0.5}, {"text": "$(touch made); 'x' = y"}, get_output=True
    )
    assert "score set to: 51.0" in output
    [run] = StorageManagerGroup("evo")
    assert run.folder_name == "evo id1" and run.load_param("score") == 51.0
    assert run.load_param("text") == "$(touch made); 'x' = y"
    assert not (slave.parent / "made").exists()


def test_gene_mode_tells_all_genes_and_ends(slave):
    output = execute_local_file(slave, "evo", 1, get_gene_mode=True, get_output=True)
    lines = [line for line in output.splitlines() if line.startswith("#")]
    assert "#get_gene#a#2.0#float#" in lines and "#get_gene#b#1#int#" in lines
    assert "score" not in output


def test_slaves_that_fail_say_so(tmp_path):
    file = tmp_path / "slave.py"
    file.write_text("raise KeyError('mine')")
    with pytest.raises(RuntimeError, match=r"(?s)code 1.*KeyError: 'mine'"):
        execute_local_file(file, "evo", 1, get_output=True)


def test_plain_python_starts_slaves_too(slave):
    text = slave.read_text().replace("from PymoNNto", "from monnto")
    slave.write_text(text)
    command = [sys.executable, str(slave), '__evo_name__="evo"', "__evo_id__=2", 'a="0.1"']
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "score set to: 11.0" in result.stdout
