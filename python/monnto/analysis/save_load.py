"""Whole networks as files: `save_network(net, 'name')`, `load_network('name')`."""

from __future__ import annotations

import pickle
from pathlib import Path

from monnto import _engine
from monnto.storage.folders import get_data_folder
from monnto.tagged import bad_parameter

_FILE = "network.netstate"


def _path(name, create: bool) -> Path:
    parts = Path(str(name)).parts
    if not parts or ".." in parts or Path(str(name)).is_absolute():
        raise bad_parameter("name", repr(name), "the name of a saved network, without ..")
    return Path(get_data_folder(create)) / "NetworkStates" / str(name) / _FILE


def save_network(network, filename) -> str:
    """Keep a network in ``Data/NetworkStates/<filename>/``; returns the path of the file.

    The network is not changed and runs on. The file is replaced as a whole. Classes of behaviors
    must be importable where it is loaded, or be defined in the script that loads.
    """
    path = _path(filename, create=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        content = pickle.dumps(network)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise _engine.BadState(f"{_culprit(network)}: {error}") from error
    _engine.write_whole(str(path), content)
    return str(path)


def _culprit(network) -> str:
    """Which attribute of which part cannot be kept in a file."""
    for part in (*network.all_objects(), *network.all_behaviors()):
        if type(part).__qualname__ != type(part).__name__:
            return f"{type(part).__name__} is defined inside of a function"
        for name, value in vars(part).items():
            if name[0] != "_" and callable(value) and getattr(value, "__name__", "") == "<lambda>":
                return f"{part!r}.{name} is a lambda, which no file can hold; write a function"
    return "a network with something that no file can hold"


def load_network(filename):
    """The network that was saved under that name; it continues bit for bit where it was.

    Loading runs code of the file: load only what you trust.
    """
    path = _path(filename, create=False)
    if not path.is_file():
        folder = path.parent.parent
        saved = [p.name for p in folder.iterdir()] if folder.is_dir() else []
        nearest = _engine.nearest_name(str(filename), saved)
        hint = f"; did you mean '{nearest}'?" if nearest else ""
        raise _engine.NothingStored(f"no network '{filename}' was saved in {folder}{hint}")
    return pickle.loads(path.read_bytes())


def saved_networks() -> list[str]:
    """Names of all saved networks."""
    folder = _path("any", create=False).parent.parent
    names = [p.parent.name for p in folder.glob(f"*/{_FILE}")] if folder.is_dir() else []
    return sorted(names)
