"""What a module of the old package holds."""

from __future__ import annotations

from importlib import import_module

from monnto.pymonnto.refused import refuse
from monnto.pymonnto.table import REFUSED, Module, modules

# Modules whose names the package gave, too, beside those that monnto gives.
_IN_PACKAGE = (
    "NetworkCore.Base",
    "NetworkCore.Base_Tagable_Object",
    "NetworkCore.Base_Attachable_Modules",
    "Exploration.HelperFunctions.Reconstruction",
    "Exploration.Visualization.Reconstruct_Analyze_Label.Reconstruct_Analyze_Label",
)


def package_names() -> dict:
    """What `from PymoNNto import *` gives, and every module of it, too."""
    import monnto
    from monnto.pymonnto.leaked import leaked_names

    names = leaked_names() | {name: getattr(monnto, name) for name in monnto.__all__}
    known = modules()
    for path in _IN_PACKAGE:
        names |= own_names(known[path])
    return names


def own_names(module: Module) -> dict:
    """The names that one module adds to those of the package."""
    found = {}
    for name in module.names:
        if name.state == REFUSED:
            found[name.name] = refuse(name.name, name.reason)
        else:
            found[name.name] = getattr(import_module(module.source), name.name)
    return found


def names_of(path: str) -> dict | None:
    """The names of ``PymoNNto.<path>``; None where the old package had no such module.

    A folder has the names of all modules in it.
    """
    path = path.replace("NetworkBehaviour", "NetworkBehavior")  # its spelling until 2022
    known = modules()
    if not path:
        return package_names()
    inside = [m for place, m in known.items() if place == path or place.startswith(path + ".")]
    if not inside:
        return _names_of_a_part(path, known)
    names = package_names()
    for module in inside:
        names |= own_names(module)
    return names


def _names_of_a_part(path: str, known: dict):
    """Files of a module that is refused as a whole (tabs of a window) are refused like it."""
    folder, _, last = path.rpartition(".")
    while folder:
        if folder in known and all(n.state == REFUSED for n in known[folder].names):
            reason = known[folder].names[0].reason
            return package_names() | own_names(known[folder]) | {last: refuse(last, reason)}
        folder = folder.rpartition(".")[0]
    return None


def nearest_path(path: str) -> str:
    """The module of the old package that is called most alike; empty where none is."""
    from monnto._engine import nearest_name

    known = list(modules())
    folders = {place.rpartition(".")[0] for place in known}
    return nearest_name(path, [*known, *filter(None, folders)])
