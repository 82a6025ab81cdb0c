"""docs/pymonnto_names.md says of every public name of PymoNNto what there is of it, and says so truly."""

import importlib
from pathlib import Path

import pytest

import monnto
from monnto import *
from monnto import _engine
from monnto.analysis import reconstruction
from monnto.pymonnto import modules, page, table
from monnto.pymonnto.refused import NotInMonnto

PAGE = Path(__file__).parents[2] / "docs" / "pymonnto_names.md"
KNOWN = table.modules()
NAMES = [(path, name) for path, module in KNOWN.items() for name in module.names]


def test_the_page_is_up_to_date():
    assert PAGE.read_text() == page.table(), (
        "run: python -m monnto.pymonnto.page docs/pymonnto_names.md"
    )


@pytest.mark.parametrize("path", KNOWN)
def test_modules_have_the_names_of_the_table(path):
    names = modules.names_of(path)
    for name in KNOWN[path].names:
        assert name.name in names
        assert (name.state == table.REFUSED) == bool(name.reason)
    assert names["Network"] is monnto.Network  # as every module of the old package gave it


@pytest.mark.parametrize(
    ("path", "name"),
    [pytest.param(p, n, id=f"{p}.{n.name}") for p, n in NAMES if n.state == table.REFUSED],
)
def test_refused_names_say_why(path, name):
    refused = modules.names_of(path)[name.name]

    class Derived(refused):
        pass

    for cls in (refused, Derived):
        with pytest.raises(NotInMonnto, match=name.name) as error:
            cls("any", argument=1)
        assert error.value.part == name.name and error.value.reason == name.reason
    assert name.reason in refused.__doc__


def test_the_package_gives_every_name():
    given = modules.names_of("")
    for name in table.package_names():
        assert name.name in given
    assert set(monnto.__all__) <= set(given)


def an_object_of(owner):
    net = Network()
    group = NeuronGroup(net, NeuronDimension(width=2), tag="n")
    synapse = SynapseGroup(net, group, group)
    return {
        "Network": lambda: net,
        "every object": lambda: group,
        "NeuronGroup": lambda: group,
        "NeuronSubGroup": lambda: group.subGroup([True, False]),
        "SynapseGroup": lambda: synapse,
        "Behavior": Behavior,
        "AnalysisModule": AnalysisModule,
        "Reconstruct_Analyze_Label_Network": lambda: (
            reconstruction.Reconstruct_Analyze_Label_Network(net)
        ),
        "Recorder": lambda: Recorder("x"),
        "NeuronDimension": lambda: group.shape,
        "StorageManager": lambda: StorageManager("x", print_msg=False),
        "StorageManagerGroup": lambda: StorageManagerGroup("x"),
    }[owner]()


@pytest.mark.filterwarnings("ignore::FutureWarning")
@pytest.mark.parametrize("owner", table.members())
def test_objects_have_their_members(owner, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Data").mkdir()
    thing = an_object_of(owner)
    names = table.members()[owner]
    there = {n.name for n in names if hasattr(thing, n.name)}
    assert there == {n.name for n in names if n.state != table.REFUSED}


# What computes a native name: a class or function of the compiled half. Behaviors of the library are found
# by the name under which the engine knows them.
ENGINE = {
    **{
        name: name
        for name in ("Network", "NeuronGroup", "NeuronSubGroup", "SynapseGroup", "EventRecorder")
    },
    **{"Behavior": "PythonBehavior", "NetworkObject": "Object", "Recorder": "PythonRecorder"},
    **dict.fromkeys(("NeuronDimension", "Grid", "NeuronGrid"), "Grid"),
    **dict.fromkeys(("get_squared_dim", "getGrid"), "squared_grid"),
    **dict.fromkeys(("get_data_folder", "get_root_folder"), "data_folder"),
    **dict.fromkeys(
        ("normalize_synapse_attr", "normalize_synapse_attr_efferent"), "normalize_synapse_attr"
    ),
    **{
        "rotation_matrix": "rotation_matrix",
        "Box_Receptive_Fields": "within_box",
        "Partition": "box_masks",
    },
    **{"Circle_Receptive_Fields": "within_circle", "Remove_Autapses": "off_diagonal"},
}


def test_native_names_are_the_engines():
    for path, name in NAMES:
        if name.state == table.NATIVE:
            value = modules.names_of(path)[name.name]
            known = getattr(value, "engine_name", "") in _engine.behavior_names()
            assert known or hasattr(_engine, ENGINE[name.name]), f"{path}: {name.name}"


@pytest.mark.parametrize("path", ["Exploration", "NetworkBehavior", "NetworkBehavior.Basics", "UI"])
def test_folders_have_the_names_of_their_modules(path):
    names = modules.names_of(path)
    inside = [m for place, m in KNOWN.items() if place.startswith(path + ".")]
    assert all(name.name in names for module in inside for name in module.names)


def test_sources_are_modules_of_monnto():
    for module in KNOWN.values():
        if module.source:
            assert importlib.import_module(module.source)
    assert modules.names_of("Nothing.Of.That") is None
    assert modules.nearest_path("NetworkCore.Netwrok") == "NetworkCore.Network"
