"""StorageManager, groups of runs, the Data folder, saved networks: section 4 and 7.3."""

import configparser
import multiprocessing
import pickle
import sys
from pathlib import Path

import numpy as np
import pytest

from monnto import *
from monnto.storage import folder_run, folder_store


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    (tmp_path / "Data").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Counter(Behavior):
    def initialize(self, neurons):
        self.inc = self.parameter("inc", 1.0)
        neurons.count = neurons.vector()

    def iteration(self, neurons):
        neurons.count += self.inc


# -- where


def test_runs_of_one_name_are_numbered(project, capsys):
    names = [StorageManager("exp").folder_name for _ in range(3)]
    assert names == ["exp", "exp_0", "exp_1"]
    folder = project / "Data" / "StorageManager" / "exp"
    assert sorted(p.name for p in folder.iterdir()) == sorted(names)
    assert str(folder / "exp_1") in capsys.readouterr().out
    StorageManager("exp", print_msg=False)
    assert capsys.readouterr().out == ""


def test_folders_are_chosen(project):
    base = str(project / "Data" / "StorageManager")
    assert StorageManager("e", folder_name="r").absolute_path == f"{base}/e/r/"
    assert StorageManager({"a": 1, "b": [2, 3]}).folder_name == "a=1_b=[2,3]"
    assert StorageManager("e", random_nr=42).folder_name == "e42"
    np.random.seed(1)
    expected = f"e{int(np.random.RandomState(1).rand() * 10000)}"
    assert StorageManager("e", random_nr=True).folder_name == expected
    again = StorageManager("e", folder_name="r", add_new_when_exists=False)
    assert again.folder_name == "r"
    assert StorageManager("e", folder_name="r").folder_name == "r_0"
    last = StorageManager("e", folder_name="r", add_new_when_exists=False, last=True)
    assert last.folder_name == "r_0"
    first = StorageManager("f", add_new_when_exists=False, last=True)
    assert first.folder_name == "f" and first.load_param("time") > 1e9
    elsewhere = StorageManager("e", data_folder=project / "other")
    assert elsewhere.get_path() == f"{project}/other/StorageManager/e/e/"
    with pytest.raises(ValueError, match=r"without \.\."):
        StorageManager("../../outside")


def test_the_data_folder_is_the_nearest_above(project, monkeypatch):
    inner = project / "a" / "b"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    assert get_data_folder() == str(project / "Data")
    assert get_root_folder() == str(project)
    (project / "Data").rmdir()
    assert get_data_folder(create_when_not_found=False) == str(inner / "Data")
    assert not (inner / "Data").exists()
    assert get_data_folder() == str(inner / "Data") and (inner / "Data").is_dir()


def test_importing_makes_no_folder(tmp_path):
    import subprocess

    empty = tmp_path / "empty"
    empty.mkdir()
    subprocess.run([sys.executable, "-c", "import monnto"], cwd=empty, check=True)
    assert list(empty.iterdir()) == []


def make_runs(count):
    return [StorageManager("race", print_msg=False).folder_name for _ in range(count)]


def test_parallel_runs_get_folders_of_their_own():
    with multiprocessing.get_context("fork").Pool(4) as pool:
        names = [name for part in pool.map(make_runs, [20] * 4) for name in part]
    assert len(set(names)) == 80


# -- parameters


@pytest.mark.parametrize(
    "value",
    [1, -7, 2.5, 1e-5, 1e300, 0.1 + 0.2, True, False, None, "text", "50%", "a = b", "[not a list"]
    + [[1, 2.5, "x"], (1,), {"a": [None]}, {1, 2}, "two\nlines", "", "1.2.3", "ü", float("inf")],
)
def test_parameters_come_back_as_they_were(value):
    sm = StorageManager("exp")
    sm.save_param("key", value)
    loaded = sm.load_param("key")
    assert loaded == value and type(loaded) is type(value)


def test_parameters_of_numpy_are_plain_numbers():
    sm = StorageManager("exp")
    sm.save_param("a", np.float32(0.5))
    sm.save_param("b", [np.int64(3), np.float64(0.25)])
    sm.save_param("c", NeuronGroup(Network(), 3).vector(2).mean())
    assert sm.load_param("a") == 0.5 and sm.load_param("b") == [3, 0.25]
    assert sm.load_param("c") == 2.0 and type(sm.load_param("c")) is float


def test_parameters_are_loaded_by_name_section_and_default():
    sm = StorageManager("exp")
    sm.save_param_dict({"a": 1, "B": 2})
    sm.save_param("a", 5, section="Other")
    assert sm.load_param("a") == 1 and sm.load_param("a", section="Other") == 5
    assert sm.load_param("b") == 2  # old files have lower case only
    assert sm.load_param("none") is None and sm.load_param("none", default=3) == 3
    assert sm.load_param("a", return_string=True) == "1"
    assert sm.load_param_list(["a", "none"], default=0) == [1, 0]
    assert sm.load_param_list(["a", "B"], return_dict=True) == {"a": 1, "B": 2}
    everything = sm.get_all_params()
    assert everything["b"] == 2 and everything["B"] == 2 and set(everything) == {"time", "a", "B"}


def test_genes_that_differ_in_case_do_not_collide():
    sm = StorageManager("exp")
    sm.save_param_dict({"A": 1, "a": 2})
    assert (sm.load_param("A"), sm.load_param("a")) == (1, 2)


def test_texts_are_never_executed(project):
    sm = StorageManager("exp")
    sm.save_param("evil", "__import__('pathlib').Path('made').touch()")
    assert sm.load_param("evil").startswith("__import__")
    assert not (project / "made").exists()


def test_files_of_the_old_package_are_read_and_ours_by_configparser(project):
    folder = project / "Data" / "StorageManager" / "old" / "old"
    folder.mkdir(parents=True)
    parser = configparser.ConfigParser()
    parser["Parameters"] = {"Score": "0.5", "note": "50percent"}
    with (folder / "config.ini").open("w") as file:
        parser.write(file)
    sm = StorageManager("old", add_new_when_exists=False)
    assert sm.load_param("Score") == 0.5 and sm.load_param("note") == "50percent"
    sm.save_param("rate", "50%")
    sm.save_param("lines", "a\nb")
    parser = configparser.ConfigParser()
    parser.read(folder / "config.ini")
    assert parser["Parameters"]["rate"] == "50%" and parser["Parameters"]["lines"] == "a\nb"


def test_files_are_replaced_as_a_whole(project, monkeypatch):
    sm = StorageManager("exp")
    sm.save_np("w", np.arange(3))
    monkeypatch.setattr(pickle, "dumps", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        sm.save_obj("w", 1)
    assert sm.load_np("w").tolist() == [0, 1, 2]
    assert sorted(p.name for p in Path(sm.absolute_path).iterdir()) == ["config.ini", "w.npy"]


# -- data


def test_arrays_objects_and_texts_come_back():
    sm = StorageManager("exp")
    group = NeuronGroup(Network(seed=1), 4)
    group.v = group.vector("uniform")
    for values in (
        np.arange(6.0).reshape(2, 3),
        group.v,
        np.array(["a", "bc"]),
        np.array([1 + 2j]),
    ):
        sm.save_np("x", values)
        loaded = sm.load_np("x")
        assert type(loaded) is np.ndarray and loaded.dtype == values.dtype
        assert np.array_equal(loaded, values)
    sm.save_np("list", [[1, 2], [3, 4]])
    assert sm.load_np("list").tolist() == [[1, 2], [3, 4]]
    assert np.array_equal(np.load(f"{sm.absolute_path}list.npy"), [[1, 2], [3, 4]])
    assert not sm.has_obj("o")
    sm.save_obj("o", {"a": [1]})
    assert sm.has_obj("o") and sm.load_obj("o") == {"a": [1]}
    sm.save_str("s", "text ü")
    assert sm.load_str("s") == "text ü"
    with pytest.raises(FileNotFoundError, match=r"'none\.npy' is stored in"):
        sm.load_np("none")


def test_recorders_are_one_array_per_variable():
    sm = StorageManager("exp")
    net = Network()
    recorder = Recorder(["count", "np.mean(count)", "count/2"])
    NeuronGroup(net, 3, {1: Counter(), 9: recorder})
    net.initialize(info=False)
    net.simulate_iterations(4)
    sm.save_recorder("r_", recorder)
    assert sm.load_np("r_count").shape == (4, 3)
    assert sm.load_np("r_np.mean(count)").tolist() == [1, 2, 3, 4]
    assert sm.load_np("r_count%2F2").shape == (4, 3)
    sm.save_recorder("only_", recorder, keys=["count"])
    assert not (Path(sm.absolute_path) / "only_np.mean(count).npy").exists()


def test_frames_are_pictures():
    from matplotlib.image import imread

    sm = StorageManager("exp")
    picture = np.zeros((2, 3, 3), dtype=np.uint8)
    picture[0, 1] = (255, 128, 0)
    sm.save_frame(picture, "f")
    sm.save_frame(np.array([[0.0, 0.5, 1.0]]), "f")
    assert np.array_equal((imread(f"{sm.absolute_path}f0.png") * 255).round(), picture)
    assert (imread(f"{sm.absolute_path}f1.png") * 255).round().tolist() == [[0, 128, 255]]
    assert sm.get_next_frame_name("f") == f"{sm.absolute_path}f2.png"
    assert SimpleStorageManager(sm.absolute_path).get_next_frame_name("f").endswith("f2.png")


def test_videos_come_from_ffmpeg_without_a_shell(project, monkeypatch):
    sm = StorageManager("exp", folder_name="a $(touch made); b")
    sm.save_frame(np.zeros((3, 3)), "f")
    (project / "bin").mkdir()
    fake = project / "bin" / "ffmpeg"
    fake.write_text('#!/bin/sh\nfor last; do :; done\nprintf "%s\\n" "$@" > "$last"\n')
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ValueError, match="ffmpeg = missing"):
        sm.render_video("f", delete_images=True)
    monkeypatch.setenv("PATH", f"{project}/bin:/bin:/usr/bin")
    video = sm.render_video("f", delete_images=True)
    arguments = Path(video).read_text().splitlines()
    assert f"{sm.absolute_path}f%d.png" in arguments and "libx264" in arguments
    assert not (project / "made").exists()
    assert not (Path(sm.absolute_path) / "f0.png").exists()
    fake.write_text("#!/bin/sh\necho broken >&2\nexit 3\n")
    with pytest.raises(RuntimeError, match="code 3:\nbroken"):
        sm.render_video("f", delete_images=False)


def test_sources_are_kept(project, monkeypatch):
    import zipfile

    sm = StorageManager("exp")
    (project / "script.py").write_text("print(1)")
    (project / ".git").mkdir()
    (project / ".git" / "config").write_text("secret")
    monkeypatch.setattr(sys, "argv", [str(project / "script.py")])
    sm.backup_execued_file()
    assert (Path(sm.absolute_path) / "script.py").read_text() == "print(1)"
    (project / "model").mkdir()
    (project / "model" / "a.py").write_text("1")
    sm.backup(project / "model")
    assert (Path(sm.absolute_path) / "model" / "a.py").is_file()
    sm.copy_project_files(project)
    with zipfile.ZipFile(f"{sm.absolute_path}backup.zip") as archive:
        assert archive.namelist() == ["model/a.py", "script.py"]


def test_simple_managers_work_in_any_folder(project):
    sm = SimpleStorageManager(f"{project}/mine/")
    sm.save_param("a", 1)
    assert sm.load_param("a") == 1 and sm.absolute_path == f"{project}/mine/"


def test_settings_are_values(project):
    assert get_settings("txt_coloration") == {}
    (project / "Data" / "settings.ini").write_text("[txt_coloration]\nnumber = (255, 0, 0)\nx=1\n")
    assert get_settings("txt_coloration") == {"number": (255, 0, 0), "x": 1}


# -- groups of runs


def two_runs():
    first, second = StorageManager("test"), StorageManager("test")
    second.save_param_dict({"k": 0, "k1": 1})
    first.save_param_dict({"k": 101, "k1": 102})
    return StorageManagerGroup("test")


def test_groups_sort_and_list():
    group = two_runs()
    assert len(group) == 2 and [sm.folder_name for sm in group] == ["test", "test_0"]
    group.sort_by("k")
    assert group.get_param_list("k") == [0, 101]
    managers = group.StorageManagerList
    rows = group.get_multi_param_list(["#SM#", "k", "k1"])
    assert rows.tolist() == [managers, [0, 101], [1, 102]]
    numbers = group.get_multi_param_list(["k", "k1"])
    assert numbers.tolist() == [[0, 101], [1, 102]] and numbers.dtype.kind == "i"
    mixed = group.get_multi_param_list(["k", "time"])
    assert type(mixed[0, 0]) is int and type(mixed[1, 0]) is float
    assert group.get_multi_param_dict(["k"])["k"].tolist() == [0, 101]


def test_missing_values_come_first_and_are_left_out():
    group = two_runs()
    third = StorageManager("test")
    assert len(group) == 2
    group.refresh()
    group.sort_by("k")
    assert group.get_param_list("k") == [None, 0, 101]
    assert group.get_param_list("k", remove_None=True) == [0, 101]
    assert group.get_multi_param_list(["k", "k1"]).shape == (2, 2)
    kept = group.get_multi_param_list(["k", "k1"], remove_None=False)
    assert kept.tolist() == [[None, 0, 101], [None, 1, 102]]
    assert group.StorageManagerList[0].folder_name == third.folder_name


def test_queries_select_runs():
    group = two_runs()
    names = {text: [sm.load_param("k") for sm in group[text]] for text in ("k>1", "k == 0", "k")}
    assert names == {"k>1": [101], "k == 0": [0], "k": [101]}
    assert group["missing > 1"] == []
    assert len(group["k1 > k or k == 101"]) == 2
    for manager in group:
        manager.save_param("learning rate", 0.5)
    assert len(group["learning rate > 0.1 and K >= 0"]) == 2
    group.add_virtual_multi_parameter("index", [4, 5])
    assert [sm.folder_name for sm in group["index == 5"]] == ["test_0"]
    with pytest.raises(ValueError, match="invalid syntax"):
        group["k >"]


def test_columns_that_are_not_stored_follow_their_runs():
    group = two_runs()
    group.add_virtual_multi_parameter("constant", 3)
    group.add_virtual_multi_parameter("index", [0, 1])
    assert group.get_param_list("constant") == [3, 3]
    group.sort_by("k")
    assert group.get_param_list("index") == [1, 0]
    assert set(group.get_all_params()) == {"time", "k", "k1", "constant", "index"}
    assert "index" not in group.get_all_params(include_virtual_parameters=False)
    with pytest.raises(ValueError, match="3 values for 2 runs"):
        group.add_virtual_multi_parameter("bad", [1, 2, 3])


def test_duplicates_are_evaluated_together():
    group = two_runs()
    x, y = group.remove_duplicates_get_eval((10, 10, 20), (1, 2, 3))
    assert x.tolist() == [10, 20] and y.tolist() == [1.5, 3]
    _, largest = group.remove_duplicates_get_eval((10, 10, 20), (1, 2, 3), "np.max(a)")
    assert largest.tolist() == [2, 3]


def test_data_of_all_runs():
    group = two_runs()
    for i, sm in enumerate(group):
        sm.save_np("w", np.full(2, i))
        sm.save_obj("o", i)
    assert [w.tolist() for w in group.get_np_list("w")] == [[0, 0], [1, 1]]
    assert group.get_obj_list("o") == [0, 1]
    StorageManager("test")
    group.refresh()
    with pytest.raises(FileNotFoundError):
        group.get_np_list("w")
    assert len(group.get_np_list("w", remove_None=True)) == 2
    assert group.get_obj_list("o", remove_None=True) == [0, 1]


def test_runs_are_numbered_in_the_order_of_numbers():
    for _ in range(12):
        StorageManager("many", print_msg=False)
    names = [sm.folder_name for sm in StorageManagerGroup("many")]
    assert names == ["many", *(f"many_{i}" for i in range(11))]


def test_points_of_a_clone(project):
    clone = project / "Data" / "Plot_Project_Clones" / "scan" / "Data"
    for value in (2, 1):
        sm = StorageManager("scan", data_folder=clone, print_msg=False)
        sm.save_param_dict({"x": value, "score": value * 10})
    assert load_datapoints(["x", "score"], "scan").tolist() == [[2, 1], [20, 10]]
    points = load_datapoints(["x", "score"], "scan", sort_by_param="x", return_dict=True)
    assert points["score"].tolist() == [10, 20]


def test_stores_are_an_interface(project):
    store = folder_store(str(project / "runs"))
    run = store.create("group", "run")
    run.set("Parameters", [("a", "1")])
    assert store.groups() == ["group"] and store.names("group") == ["run"]
    assert run.get("Parameters", "a") == "1" and run.files() == ["config.ini"]
    assert folder_run(run.location).all("Parameters") == [("a", "1")]


# -- networks


def test_networks_are_saved_and_go_on():
    net = Network(seed=3)
    group = NeuronGroup(net, 4, {1: Counter(inc=0.5), 9: Recorder("count")}, tag="n")
    synapse = SynapseGroup(net, "n", "n", tag="S")
    synapse.W = synapse.matrix("uniform")
    net.initialize(info=False)
    net.simulate_iterations(5)
    save_network(net, "state")
    loaded = load_network("state")
    assert loaded.iteration == 5 and len(loaded["count", 0]) == 5
    assert np.array_equal(loaded["S", 0].W, synapse.W)
    loaded.simulate_iterations(5)
    assert (loaded.iteration, net.iteration) == (10, 5)
    assert loaded.n.count.mean() == 5.0 and group.count.mean() == 2.5
    net.simulate_iterations(5)
    assert np.array_equal(net["count", 0, "np"], loaded["count", 0, "np"])


def test_what_no_file_can_hold_is_named():
    net = Network()
    group = NeuronGroup(net, 2, {1: Counter()}, tag="n")
    group.rule = lambda x: x
    with pytest.raises(RuntimeError, match=r"\.rule is a lambda"):
        save_network(net, "state")
    del group.rule

    class Local(Counter):
        pass

    group.add_behavior(2, Local(), initialize=False)
    with pytest.raises(RuntimeError, match="Local is defined inside of a function"):
        save_network(net, "state")
    assert not Path("Data/NetworkStates/state/network.netstate").exists()


def test_networks_of_scripts_are_saved(project):
    import subprocess

    (project / "script.py").write_text("""
from PymoNNto import *
from PymoNNto.Exploration.HelperFunctions.Save_Load import *
class Count(Behavior):
    def initialize(self, n):
        n.c = n.vector()
    def iteration(self, n):
        n.c += 1
net = Network()
NeuronGroup(net, 3, {1: Count(), 9: Recorder('c')}, tag='n')
net.initialize(info=False)
net.simulate_iterations(3)
save_network(net, 'state')
loaded = load_network('state')
loaded.simulate_iterations(2)
print(loaded.iteration, loaded.n.c.tolist(), len(loaded['c', 0]), type(loaded.n.Count) is Count)
""")
    command = [sys.executable, "-m", "monnto", "script.py"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == "5 [5.0, 5.0, 5.0] 5 True\n", done.stderr


def test_networks_that_were_not_saved_are_named():
    save_network(Network(), "first")
    with pytest.raises(FileNotFoundError, match="did you mean 'first'"):
        load_network("frist")
    with pytest.raises(ValueError, match=r"without \.\."):
        save_network(Network(), "../outside")


def test_initialize_keeps_summary_and_genome():
    set_genome({"I": 2.0})
    try:
        sm = StorageManager("test")
        net = Network()
        NeuronGroup(net, 3, {1: Counter(inc="[5#I]")})
        net.initialize(info=True, storage_manager=sm)
    finally:
        set_genome({})
    assert "NeuronGroup" in sm.load_param("info")
    assert sm.load_param("I") == 2.0 and sm.load_param("evolution_params") == {"I": 2.0}
