"""Recorders (S24, S25): what is kept, when, and how it is read."""

import copy
import pickle

import numpy as np
import pytest

import monnto
from monnto import *


class Count(Behavior):
    def initialize(self, n):
        n.v = n.vector()

    def iteration(self, n):
        n.v += 1


def run(variables, steps=5, behaviors=None, size=3, recorder=Recorder, **options):
    net = Network()
    made = recorder(variables, **options)
    NeuronGroup(net, size, {1: Count(), **(behaviors or {}), 9: made}, "n")
    net.initialize(info=False)
    net.simulate_iterations(steps)
    return net, made


def test_a_history_is_a_list_over_time():
    net, _ = run("v")
    v = net["v", 0]
    assert len(v) == 5 and v and [float(x[0]) for x in v] == [1, 2, 3, 4, 5]
    assert v[-1].tolist() == [5, 5, 5] and v[0].tolist() == [1, 1, 1]
    assert v[1:3].shape == (2, 3) and v[:, :2].shape == (5, 2) and v[:, 0].tolist()[-1] == 5
    assert next(reversed(v))[0] == 5
    with pytest.raises(IndexError):
        v[7]
    net.simulate_iteration()
    assert len(v) == 6 and v[-1][0] == 6  # live
    assert net.n["v", 0] is v and net["v"][0] is v


def test_a_history_is_an_array():
    net, _ = run("v")
    v = net["v", 0]
    array = np.asarray(v)
    assert array.shape == (5, 3) and array.dtype == np.float32
    assert np.shares_memory(array, np.asarray(v))  # no copy
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 7
    mine = net["v", 0, "np"]
    mine[:] = 0
    assert v[0][0] == 1
    assert (v * 2)[0].tolist() == [2, 2, 2] and (1 + v).max() == 6 and (v > 3).sum() == 6
    assert np.mean(v) == 3 and v.mean() == 3 and v.T.shape == (3, 5) and v.shape == (5, 3)
    assert np.array(v, dtype=int).dtype == int and v.tolist()[0] == [1, 1, 1]


def test_spellings_of_a_variable_are_one_key():
    net, _ = run(["n.v", "np.mean(v)", "v*2+1", "np.max(v) - np.min(v)"])
    for key in ("v", "n.v", "neurons.v"):
        assert net[key, 0] is net["v", 0]
    for key in ("np.mean(n.v)", "np.mean(v)", "np.mean( v )"):
        assert net[key, 0] is net["np.mean(v)", 0]
    assert net["v*2+1", 0][0].tolist() == [3, 3, 3]
    assert net["np.max(v)-np.min(v)", 0].tolist() == [0] * 5


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("len(v)", 3),
        ("iteration", 5),
        ("n.network.iteration", 5),
        ("n.v>4", [True] * 3),
        ("v > 4", [True] * 3),
        ("np.mean(v,axis=0)", 5),
        ("v[0]", 5),
        ("v[:2]", [5, 5]),
        ("v.sum()", 15),
    ],
)
def test_expressions(text, last):
    net, _ = run(text)
    value = net[text, 0][-1]
    assert (value.tolist() if hasattr(value, "tolist") else value) == last


def test_gapwidth_and_max_length():
    for gap, kept in {
        0: list(range(1, 10)),
        1: list(range(1, 10)),
        2: [2, 4, 6, 8],
        5: [5],
    }.items():
        net, _ = run("v", 9, gapwidth=gap)
        assert net["v", 0][:, 0].tolist() == kept
    net, recorder = run("v", 9, max_length=4, save_as_numpy=True)
    assert net["v", 0][:, 0].tolist() == [6, 7, 8, 9] and recorder.max_length == 4


def test_recording_can_be_switched():
    net, recorder = run("v", 2)
    net.recording_off()
    net.simulate_iterations(2)
    net.recording_on()
    net.simulate_iteration()
    net.simulate_iterations(3, disable_recording=True)
    net.n.recording = False
    net.simulate_iteration()
    assert net["v", 0][:, 0].tolist() == [1, 2, 5]
    recorder.behavior_enabled = False
    net.n.recording = True
    net.simulate_iteration()
    assert len(net["v", 0]) == 3


def test_reset_detaches_and_clear_empties():
    net, recorder = run("v", 3)
    before = net["v", 0]
    recorder.reset()
    assert len(before) == 3 and len(net["v", 0]) == 0
    net.simulate_iterations(2)
    after = net["v", 0]
    assert len(after) == 2 and len(before) == 3
    net.clear_recorder()
    assert len(after) == 0 and len(net["v", 0]) == 0
    net.simulate_iterations(4)
    recorder.cut_length(2)
    assert net["v", 0][:, 0].tolist() == [8, 9]
    assert recorder.is_new_data_available() and not recorder.is_new_data_available()
    assert recorder.swaped("v").shape == (3, 2)
    assert list(recorder.variables) == ["v"] and recorder.variables["v"] is net["v", 0]


def test_variables_may_appear_in_the_first_iteration():
    class Late(Behavior):
        def iteration(self, n):
            n.late = n.vector(2)

    net, _ = run("late", behaviors={2: Late()})
    assert net["late", 0].shape == (5, 3)


def test_a_name_that_does_not_exist_is_an_error_at_the_first_sample():
    with pytest.raises(monnto.UnknownName, match="did you mean 'voltage'") as caught:

        class V(Behavior):
            def initialize(self, n):
                n.voltage = n.vector()

        run("votlage", behaviors={2: V()})
    assert "Recorder at key 9, iteration 1" in str(caught.value)


@pytest.mark.parametrize("text", ["v +", "np.mean(v", "v v"])
def test_bad_syntax_is_an_error_where_the_recorder_is_made(text):
    with pytest.raises(monnto.ParseError):
        Recorder(text)


def my_function(values, by=1):
    return values * by


factor = 3


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("my_function(v)", [5, 5]),
        ("my_function(n.v, by=factor)", [15, 15]),
        ("[float(x)*factor for x in v if x > 0]", [15.0, 15.0]),
        ("sum(x for x in v)", 10),
        ("v.to_numpy()", [5, 5]),
        ("n.items[-1]", 5),
        ("np.fft.fft(v)[0].real", 10),
        ("{'a': 1}['a']", 1),
        ("(lambda: 1)", None),
    ],
)
def test_s25_python_beyond_the_grammar(text, last):
    class Items(Behavior):
        def initialize(self, n):
            n.items = []

        def iteration(self, n):
            n.items.append(n.iteration)

    if last is None:
        with pytest.raises(monnto.Error, match="Lambda"):
            run(text, size=2)
        return
    net, _ = run(text, size=2, behaviors={2: Items()})
    value = net[text, 0][-1]
    assert (value.tolist() if hasattr(value, "tolist") else value) == last


def test_s25_nothing_private_is_reached():
    with pytest.raises(monnto.UnknownName, match="__class__"):
        run("my_function(v).__class__")


def test_lists_texts_and_complex_numbers_are_recorded():
    class Odd(Behavior):
        def initialize(self, n):
            n.items, n.text = [], "a"
            n.wave = np.zeros(2, dtype=complex)

        def iteration(self, n):
            n.items.append(n.iteration)
            n.text += "b"
            n.wave += 1j

    net, recorder = run(["items", "text", "wave", "v"], 3, {2: Odd()})
    assert list(net["items", 0]) == [[1], [1, 2], [1, 2, 3]]
    assert list(net["text", 0]) == ["ab", "abb", "abbb"]
    assert np.asarray(net["wave", 0]).shape == (3, 2) and net["wave", 0][-1][0] == 3j
    assert net["v", 0].shape == (3, 3)
    before = net["items", 0]
    recorder.reset()
    net.simulate_iteration()
    assert len(before) == 3 and len(net["items", 0]) == 1


def test_events_are_rows_of_time_and_index():
    class Spikes(Behavior):
        def iteration(self, n):
            n.spike = (n.v % 2 == 0) & (n.id > 0)

    net, recorder = run("spike", 4, {2: Spikes()}, recorder=EventRecorder, tag="events")
    assert net["spike", 0].tolist() == [[2, 1], [2, 2], [4, 1], [4, 2]]
    assert net["spike.t", 0].tolist() == [2, 2, 4, 4] and net["n.spike.i", 0].tolist() == [1, 2] * 2
    times = net["spike.t", 0]
    assert times.dtype == np.int64 and (times > 2).sum() == 2 and len(net["spike.i", 0, "np"]) == 4
    net.simulate_iterations(2)
    assert len(net["spike.t", 0]) == len(times) == 6  # never stale
    recorder.clear_recorder()
    assert len(net["spike.t", 0]) == 0 and net["spike", 0].shape == (0, 2)


def test_events_before_the_first_one_are_empty():
    net = Network()
    NeuronGroup(net, 2, {1: EventRecorder("spike")})
    assert len(net["spike.t", 0]) == 0 and net["spike.i", 0, "np"].shape == (0,)


def test_recorders_sit_on_networks_and_synapses_too():
    net = Network(behavior={10: Recorder("iteration")})
    n = NeuronGroup(net, 2, {1: Count()}, "n")
    s = SynapseGroup(net, n, n, "s", {11: Recorder(["W", "s.src.v"])})
    s.W = s.matrix(2)
    net.initialize(info=False)
    net.simulate_iterations(2)
    assert net["iteration", 0].tolist() == [1, 2]
    assert net["W", 0].shape == (2, 2, 2) and net["s.src.v", 0][:, 0].tolist() == [1, 2]


def test_a_recorder_written_by_the_user():
    class Twice(Recorder):
        def iteration(self, obj):
            super().iteration(obj)
            super().iteration(obj)

    net, _ = run("v", 2, recorder=Twice)
    assert net["v", 0][:, 0].tolist() == [1, 1, 2, 2]


def test_matplotlib_draws_histories():
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    net, _ = run(["v", "np.mean(v)"])
    lines = plt.plot(net["v", 0])
    assert len(lines) == 3 and lines[0].get_ydata().tolist() == [1, 2, 3, 4, 5]
    (line,) = plt.plot(net["np.mean(v)", 0], color="black")
    assert line.get_ydata().tolist() == [1, 2, 3, 4, 5]
    plt.close("all")


def test_histories_copy_and_pickle_as_plain_arrays():
    net, _ = run("v")
    v = net["v", 0]
    assert type(pickle.loads(pickle.dumps(v))) is np.ndarray
    assert copy.deepcopy(v).tolist() == v.tolist()


def test_a_million_samples_are_no_million_objects():
    net, recorder = run("np.mean(v)", 10)
    forecast = recorder.memory_forecast(net.n, 1_000_000)
    assert forecast == 4_000_000


def test_a_failing_behavior_loses_no_recording():
    class Fails(Behavior):
        def iteration(self, n):
            if n.iteration == 4:
                raise ValueError("boom")

    with pytest.raises(ValueError, match="boom"):
        net, made = Network(), Recorder("v")
        NeuronGroup(net, 3, {1: Count(), 2: Fails(), 9: made}, "n")
        net.initialize(info=False)
        net.simulate_iterations(10)
    assert net["v", 0][:, 0].tolist() == [1, 2, 3]
    assert net.n.v.tolist() == [4, 4, 4] and net.iteration == 4
    net.simulate_iterations(2)
    assert net["v", 0][:, 0].tolist() == [1, 2, 3, 5, 6]


def test_an_unknown_name_is_answered_with_the_variables_of_the_group():
    net = Network(seed=1)
    n = NeuronGroup(net, 3, {9: Recorder("qq")})
    n.voltage, n.rate = n.vector(), n.vector()
    net.initialize(info=False)
    with pytest.raises(monnto.UnknownName, match=r"no variable 'qq'; it has: rate, voltage"):
        net.simulate_iteration()
