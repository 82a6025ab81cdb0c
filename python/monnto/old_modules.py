"""What the modules of the old package held beside what `from PymoNNto import *` gives."""

from __future__ import annotations

from importlib import import_module

# By the last part of a module's name below NetworkBehavior: our module, and its names.
_BASICS = "monnto.behaviors"
_EULER = "monnto.equations"
_MODULES = {
    "BasicHomeostasis": (_BASICS, ("Instant_Homeostasis", "Time_Integration_Homeostasis")),
    "Behavior_Weight_Initialization": (_BASICS, ("CreateWeights",)),
    "Normalization": (
        _BASICS,
        (
            "Synaptic_Normalization",
            "normalize_synapse_attr",
            "normalize_synapse_attr_efferent",
        ),
    ),
    "Normalization_Sparse": (_BASICS, ("normalize_synapse_attr_sparse",)),
    "Nox_diffusion": (_BASICS, ("NOX_Diffusion",)),
    "Refractory": (_BASICS, ("refractory",)),
    "EulerClock": (_EULER, ("Clock",)),
    "Equation": (_EULER, ("Equation",)),
    "Variable": (_EULER, ("Variable", "Syn_Variable")),
    "Syn_Variable": (_EULER, ("Syn_Variable",)),
    "Helper": (_EULER, ()),
}
_FOLDERS = {"Basics": _BASICS, "EulerEquationModules": _EULER}


def names_of(below: list) -> dict:
    """The additional names of ``PymoNNto.<below>``."""
    if not below:
        return {}
    last = below[-1]
    if last in _MODULES:
        module, names = _MODULES[last]
    elif last in _FOLDERS:
        module = _FOLDERS[last]
        names = [name for where, found in _MODULES.values() if where == module for name in found]
    else:
        return {}
    return {name: getattr(import_module(module), name) for name in names}
