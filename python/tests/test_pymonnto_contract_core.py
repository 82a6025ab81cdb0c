"""The core as the old package documents it (section 1), its own unit tests (8.1), and its defects (9.1)
in their intended meaning. Tests of single rules are in the files that bear their names."""

import warnings
from pathlib import Path

import numpy as np
import pytest

import monnto
from monnto import *
from monnto.notices import ModelWarning


class Counter(Behavior):
    def initialize(self, neurons):
        self.inc = self.parameter("inc", 1)
        neurons.count = neurons.vector()

    def iteration(self, neurons):
        neurons.count += self.inc


class Order(Behavior):
    log: list = []  # noqa: RUF012

    def initialize(self, obj):
        self.name = f"{self.parameter('name')}{self.parameter('key')}"

    def iteration(self, obj):
        Order.log.append(self.name)


@pytest.fixture(autouse=True)
def no_genes():
    set_genome({})
    yield
    set_genome({})


# -- the unit tests that were published with it (8.1)


def sample_network(as_list):
    sm = StorageManager("test", print_msg=False)
    net = Network()
    behaviors = [Counter(inc="[2#I]"), Recorder("count")]
    group = NeuronGroup(
        *(net, 100),
        tag="my_neurons",
        behavior=behaviors if as_list else {1: behaviors[0], 2: behaviors[1]},
    )
    synapse = SynapseGroup(net, src=group, dst=group, tag="GLUTAMATE")
    net.initialize(info=False, storage_manager=sm)
    return net, group, synapse


def test_basics_of_the_published_tests():
    net = Network()
    first = NeuronGroup(net, 100, tag="neurons", behavior={})
    second = NeuronGroup(net, 50, tag="other", behavior={})
    synapse = SynapseGroup(net, src="neurons", dst="other", tag="syn_tag")
    assert net.neurons is first and net.other is second and net.syn is synapse is net.syn_tag
    for make, shape in ((first.vector, (100,)), (synapse.matrix, (50, 100))):
        assert make().shape == shape and not make().any()
        assert (make(1) == 1).all() and (make(-10) == -10).all()
        assert make(bool).dtype == bool and np.issubdtype(make(int).dtype, np.integer)
        for mode in ("uniform", "random"):
            values = make(mode)
            assert values.shape == shape and values.min() >= 0 and values.max() <= 1
        for mode in (
            "lognormal(mean=1,sigma=1)",
            "normal(loc=1,scale=1)",
            "normal(0.9,0.1)",
            "lognormal",
        ):
            assert make(mode).shape == shape


@pytest.mark.parametrize("as_list", [True, False])
def test_behavior_and_tagging_of_the_published_tests(as_list, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    set_genome({"I": 1})
    net, group, synapse = sample_network(as_list)
    net.simulate_iterations(1000)
    net.deactivate_behaviors("Counter")
    net.simulate_iterations(10)
    net.activate_behaviors("Counter")
    net.simulate_iterations(20)
    net.recording_off()
    net.simulate_iterations(30)
    assert net.iteration == 1060 and np.mean(net.my_neurons.count) == 1050
    assert synapse.src is group and synapse.dst is group
    assert group.synapses(afferent, "GLUTAMATE") == [synapse]
    assert group.synapses(efferent, "GLUTAMATE") == [synapse]
    assert len(net.all_objects()) == 3 and net["my_neurons"] == [group]
    assert len(net["count", 0]) == net.iteration - 30
    net.clear_recorder()
    assert len(net["count", 0]) == 0
    assert net.tag_shortcuts["my_neurons"] == net["my_neurons"]


def test_storage_of_the_published_tests(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    first = StorageManager("test", random_nr=False, print_msg=False)
    assert (tmp_path / "Data" / "StorageManager" / "test" / "test" / "config.ini").is_file()
    first.save_param("k1", 1)
    first.save_param_dict({"k2": 2, "k3": 3})
    assert first.load_param("k1") == 1
    assert first.load_param_list(["k1", "k2"]) == [1, 2]
    second = StorageManager("test", print_msg=False)
    first.save_param("k", 0)
    second.save_param_dict({"k": 101, "k1": 102})
    group = StorageManagerGroup("test")
    group.sort_by("k")
    assert group.get_param_list("k") == [0, 101]
    managers, k, k1 = group.get_multi_param_list(["#SM#", "k", "k1"])
    assert [m.absolute_path for m in managers] == [first.absolute_path, second.absolute_path]
    assert list(k) == [0, 101] and list(k1) == [1, 102]


def test_adding_and_removing_of_the_published_tests():
    net = Network()
    group = NeuronGroup(net, 10, {1: Counter(), 2: Recorder("count")}, tag="n")
    net.initialize(info=False)
    group.remove_behavior("Counter")
    net.simulate_iterations(5)
    assert group.count.mean() == 0
    group.add_behavior(0.5, Counter(inc="2"))
    net.simulate_iterations(10)
    assert group.count.mean() == 20
    group.remove_behavior("Counter")
    group.add_behavior(4, Counter(), initialize=False)
    assert group.count.mean() == 20


# -- 1.0 to 1.3


def test_every_name_of_the_package_is_there():
    names = """Network NeuronGroup NeuronSubGroup SynapseGroup Behavior Behaviour AnalysisModule Recorder
    EventRecorder NeuronDimension Grid NeuronGrid get_squared_dim getGrid vec_to_mat vec_to_mat_transposed
    rotation_matrix Partition Receptive_Fields Box_Receptive_Fields Circle_Receptive_Fields Remove_Autapses
    StorageManager StorageManagerGroup SimpleStorageManager get_data_folder get_root_folder get_settings
    load_datapoints get_gene gene get_genome set_genome set_score is_evolution_mode np float32 float64 SxD DxS
    afferent pre preSynaptic dendrite efferent post postSynaptic axon blue red green yellow purple aqua orange
    black white get_combined_syn_mats get_partitioned_synapse_matrix set_partitioned_synapse_matrix
    SingleNeuron_attached_SubSGs get_single_neuron_combined_partition_matrix get_unique_non_partitioned_Groups
    behavior_test_environment infinite_resolution_1D infinite_resolution_2D infinite_resolution_3D""".split()
    assert set(names) <= set(monnto.__all__)
    assert (SxD, DxS) == (0, 1) and afferent == pre == preSynaptic == dendrite == 0
    assert efferent == post == postSynaptic == axon == 1
    assert blue == (0, 0, 255, 255) and green == (0, 200, 0, 255) and orange == (255, 150, 0, 255)


def test_tags_are_made_by_the_rule():
    net = Network(tag="mynet")
    a, b = NeuronGroup(net, 1, tag="a"), NeuronGroup(net, 1, tag="b")
    assert a.tags == ["a", "NeuronGroup", "ng"]
    assert SynapseGroup(net, a, b, tag="S,GLU").tags == [
        "S",
        "GLU",
        "SynapseGroup",
        "syn",
        "a_to_b",
    ]
    assert net.tags == ["mynet", "Network"] and Network().tags == ["Network"]
    assert NeuronGroup(net, 1, tag="t1, t2").tags[:2] == ["t1", " t2"]
    assert (
        NeuronGroup(net, 1).tag == "NeuronGroup_4"
        and SynapseGroup(net, a, b).tag == "SynapseGroup_2"
    )


def test_first_tags_of_groups_become_unique():
    net = Network()
    groups = [NeuronGroup(net, 1, tag="x") for _ in range(4)]
    with pytest.warns(ModelWarning) as said:
        net.initialize(info=False)
    assert len(said) == 3
    assert [g.tag for g in groups] == ["x", "xb", "xc", "xd"]
    assert net["xb"] == [groups[1]]


def test_progress_comes_after_each_full_batch(capsys):
    net = Network()
    seen = []
    net.simulate_iterations(
        250, batch_progress_update_func=lambda percent, n: seen.append((percent, n))
    )
    assert seen == [(50.0, net), (100.0, net)] and net.iteration == 250
    assert net.simulate_iterations(10) is None
    assert net.simulate_iterations(100) > 0
    assert net.simulate_iterations(100, measure_block_time=False) is None
    assert capsys.readouterr().out == ""  # a terminal shows progress, a file does not


def test_behaviors_run_by_key_over_the_whole_network():
    def named(name, *keys):
        return {key: Order(name=name, key=key) for key in keys}

    Order.log.clear()
    net = Network(behavior=named("net", 1, 5))
    NeuronGroup(net, 1, named("a", 5, 1, 2, 3))
    NeuronGroup(net, 1, named("b", 1, 0.5, -1))
    SynapseGroup(net, net.NeuronGroups[0], net.NeuronGroups[1], behavior=named("s", 1, 4))
    net.initialize(info=False)
    net.simulate_iteration()
    assert Order.log == "b-1 b0.5 net1 a1 b1 s1 a2 a3 s4 net5 a5".split()
    assert net.behavior_timesteps == [-1, 0.5, 1, 2, 3, 4, 5]


def test_buffers_roll():
    group = NeuronGroup(Network(), 1)
    assert group.buffer_roll(np.array([1, 2, 3]), new=9).tolist() == [9, 1, 2]
    assert group.buffer_roll(np.array([1, 2, 3]), new=9, counter=True).tolist() == [2, 3, 9]
    assert (
        group.get_buffer_mat(4, 2).shape == (2, 4) and group.get_nparray((2, 2)).dtype == np.float32
    )


def test_parameters_are_cast_to_their_default():
    def cast(value, default):
        return Behavior(a=value).parameter("a", default)

    assert cast("2.5", 1) == 2.5 and cast("2", 1) == 2 and type(cast("2", 1)) is int
    assert cast("1e-3", 1.0) == 0.001 and cast("abc", "x") == "abc" and cast("50%", 1.0) == 0.5
    assert cast("50%", 1) == 0.5
    with pytest.warns(ModelWarning, match="counts as True"):
        assert cast("False", True) is True
    with pytest.raises(ValueError, match="a percentage or a distribution"):
        cast("abc", 1)


# -- defects of 9.1, in their intended meaning (others: structure, storage, genes)


def test_behavior_is_optional():
    assert NeuronGroup(Network(), 3).behavior == {}


def test_searches_are_never_stale():
    net = Network()
    assert net["late"] == []
    group = NeuronGroup(net, 3, {1: Counter(), 9: EventRecorder("count")}, tag="late")
    net.initialize(info=False)
    assert net["late"] == [group]
    net.simulate_iterations(2)
    assert len(net["count", 0]) == 6 == len(group["count", 0])
    net.simulate_iterations(2)
    assert len(net["count", 0]) == 12 == len(group["count", 0])
    group.remove_behavior("Counter")
    assert net["Counter"] == [] and net["Counter", 0] is None


def test_search_by_class_and_calls_of_many():
    net = Network()
    group = NeuronGroup(net, 3, {1: Counter()}, tag="n")
    assert net[Counter] == [group.behavior[1]] and net[NeuronGroup] == [group]
    assert group[Counter] == [group.behavior[1]] and group[Recorder] == []
    assert net.call_tag_functions("n", "vector", mode=2)[0].tolist() == [2, 2, 2]
    net.set_tag_attrs("n", "rate", 4)
    assert group.rate == 4 and net.has_module("Counter") and not net.has_module("none")


def test_objects_may_answer_searches_themselves():
    class Answers(Behavior):
        def find_objects(self, key):
            return [self.rate] if key == "rate" else []

    net = Network()
    group = NeuronGroup(net, 3, {1: Answers()}, tag="n")
    group.behavior[1].rate = 7
    assert net["rate"] == [7] and group["rate", 0] == 7 and net["other"] == []
    assert net["Answers"] == [group.behavior[1]]


def test_modes_take_any_arithmetic():
    group = NeuronGroup(Network(seed=1), 1000)
    assert group.vector("2*uniform(0,1)+1").min() >= 1
    assert group.vector("abs(normal(0,1))").min() >= 0
    assert group.vector("2+(uniform(0,1))").max() <= 3
    assert group.vector("normal(0,1)*ones()").std() > 0.9
    assert (group.vector("5") == 5).all()
    product = group.vector("uniform()*uniform()")
    assert product.dtype == np.float32 and abs(product.mean() - 0.25) < 0.03
    sparse = group.vector("uniform", density=np.float32(0.1))
    assert 60 < np.count_nonzero(sparse) < 140


def test_distributions_have_their_documented_mean():
    group = NeuronGroup(Network(seed=1), 100_000)
    gap = group.vector("uniform_gap(10, 0.2)")
    assert 8 <= gap.min() < 8.01 and 11.99 < gap.max() <= 12
    # lognormal_rm keeps the original's shift, which makes the mean 2 exp(-sigma^2/2).
    assert abs(group.vector("lognormal_rm(2, 0.5)").mean() - 2 * np.exp(-0.125)) < 0.02


def test_other_behaviors_are_searched_for_parameters():
    class Asks(Behavior):
        def initialize(self, neurons):
            neurons.rate = self.parameter("inc", 0, neurons, search_other_behaviors=True)

    net = Network()
    group = NeuronGroup(net, 2, {1: Counter(inc=7), 2: Asks()})
    net.initialize(info=False)
    assert group.rate == 7


def test_subclasses_of_groups_are_diversified():
    class Mine(NeuronGroup):
        pass

    class Spread(Behavior):
        def initialize(self, neurons):
            neurons.v = self.parameter("v", 0.0, neurons)

    net = Network(seed=1)
    group = Mine(net, 50, {1: Spread(v="uniform(1, 2)")})
    net.initialize(info=False)
    assert group.v.shape == (50,) and group.tags[1:] == ["Mine", "ng"]


def test_behaviors_added_while_measuring_have_times():
    net = Network()
    group = NeuronGroup(net, 2, {1: Counter()})
    net.initialize(info=False)
    assert set(net.simulate_iteration(measure_behavior_execution_time=True)) == {1}
    group.add_behavior(7, Order(name="x", key=7))
    times = net.simulate_iteration(measure_behavior_execution_time=True)
    assert set(times) == {1, 7} and all(t >= 0 for t in times.values())


def test_unknown_synapses_are_an_empty_list():
    group = NeuronGroup(Network(), 2)
    assert group.synapses(afferent) == [] == group.synapses(efferent, "none")
    with pytest.warns(ModelWarning, match="'GLU'"):
        group.require_synapses("GLU")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        group.require_synapses("GLU", warning=False)


def test_old_mechanism_names_work():
    net = Network()
    group = NeuronGroup(net, 2, {1: Counter()})
    net.initialize(info=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        group.set_mechanisms("Counter", False)
        net.deactivate_mechanisms("Counter")
        net.simulate_iterations(2)
        assert group.count.sum() == 0
        net.activate_behaviours("Counter")
    net.simulate_iterations(2)
    assert group.count.sum() == 4


def test_recorders_of_arrays_can_be_cleared_and_cut():
    net = Network()
    group = NeuronGroup(
        *(net, 2),
        {
            1: Counter(),
            8: Recorder("count", save_as_numpy=True, max_length=3),
            9: EventRecorder("count>2"),
        },
    )
    net.initialize(info=False)
    net.simulate_iterations(5)
    assert net["count", 0, "np"][:, 0].tolist() == [3, 4, 5]
    assert net["count>2", 0, "np"].shape == (6, 2)
    net.clear_recorder()
    assert len(net["count", 0]) == 0 and len(net["count>2", 0]) == 0
    assert group.count[0] == 5


def test_defaults_are_not_shared_between_instances():
    first, second = Network(), Network()
    NeuronGroup(first, 2).add_behavior(1, Counter())
    assert first.behavior is not second.behavior and first.settings is not second.settings
    assert NeuronGroup(second, 2).behavior == {}


def test_importing_needs_no_plots_and_changes_no_path():
    import subprocess
    import sys

    code = (
        "import sys; p = list(sys.path); import monnto; assert sys.path == p; print(*sys.modules)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    loaded = set(result.stdout.split())
    assert not loaded & {"matplotlib", "scipy", "PIL", "sympy", "PyQt5", "torch"}
    assert Path(monnto.__file__).exists()


def test_inputs_are_switched_between_training_and_testing():
    class InputStimulus(Behavior):
        def initialize(self, neurons):
            self.stimulus = self.parameter("stimulus")
            self.index = 0
            neurons.v = neurons.vector()

        def iteration(self, neurons):
            neurons.v.fill(self.stimulus[self.index])
            self.index += 1

    net = Network()
    NeuronGroup(
        net,
        2,
        tag="n",
        behavior={
            1: InputStimulus(tag="train", stimulus=[1, 2, 3]),
            2: InputStimulus(tag="test", stimulus=[10, 20]),
            9: Recorder(tag="rec", variables=["n.v"]),
        },
    )
    net.initialize(info=False)
    for _ in range(2):
        net.activate_behaviors("train")
        net.deactivate_behaviors("test")
        net.train.index = 0
        net.simulate_iterations(3)
        trained = net["n.v", 0]
        net.rec.reset()
        net.deactivate_behaviors("train")
        net.activate_behaviors("test")
        net.test.index = 0
        net.simulate_iterations(2)
        tested = net["n.v", 0]
        net.rec.reset()
        assert trained[:, 0].tolist() == [1, 2, 3] and tested[:, 0].tolist() == [10, 20]


# -- what scripts of others turned out to use


def test_the_default_dtype_is_a_type_that_makes_numbers():
    group = NeuronGroup(Network(settings={"dtype": float64}), 2)
    assert group.def_dtype is np.float64 and NeuronGroup(Network(), 2).def_dtype is np.float32
    assert type(group.def_dtype(3)) is np.float64 and group.vector().dtype == group.def_dtype
    assert np.zeros(2, group.def_dtype).dtype == np.float64


def test_recordings_are_printed_as_lists_and_arrays():
    class Spikes(Behavior):
        def initialize(self, neurons):
            neurons.spike = neurons.vector("bool")
            neurons.v = neurons.vector(0.5)

        def iteration(self, neurons):
            neurons.spike = neurons.id < neurons.iteration

    net = Network()
    behavior = {1: Spikes(), 2: Recorder(["v", "np.sum(n.spike)"]), 3: EventRecorder("spike")}
    NeuronGroup(net, 2, behavior)
    net.initialize(info=False)
    assert str(net["np.sum(n.spike)", 0]) == "[]"
    net.simulate_iterations(2)
    assert str(net["np.sum(n.spike)", 0]) == "[1, 2]"
    assert str(net["v", 0]) == "[[0.5 0.5]\n [0.5 0.5]]" and f"{net['spike.t', 0]}" == "[1 2 2]"
    assert repr(net["v", 0]).startswith("<Recording of 'v': 2 samples")


def test_times_are_told_for_every_key():
    class Step(Behavior):
        def iteration(self, neurons):
            neurons.v = neurons.vector()

    net = Network(behavior={20: Step(behavior_enabled=False)})
    NeuronGroup(net, 1, {0.5: Behavior(), 1: Step()})
    net.initialize(info=False)
    times = net.simulate_iteration(measure_behavior_execution_time=True)
    assert list(times) == [0.5, 1, 20] and times[1] > 0 == times[20] == times[0.5]


def test_the_genome_is_the_one_that_counts():
    set_genome({"a": 1.0})
    get_genome()["a"] = 2.0
    assert get_gene("a", 0) == 2.0
    set_genome({})
    assert get_genome() == {}
