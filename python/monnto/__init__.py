"""monnto: a modular neural network simulator.

A model is a `Network` of `NeuronGroup`s and `SynapseGroup`s; all dynamics live in `Behavior`s.
"""

from __future__ import annotations

import numpy as np
from numpy import float32, float64

from monnto import _engine
from monnto._engine import (
    AxisOutOfRange,
    BadParameter,
    BadState,
    Error,
    IndexMismatch,
    IndexOutOfRange,
    InternalError,
    NumberOutOfRange,
    ParseError,
    ShapeMismatch,
    TooManyIndices,
    TypeMismatch,
    UnknownName,
    __version__,
)
from monnto.analysis_module import AnalysisModule
from monnto.arrays import Array, Scalar, array, asarray
from monnto.behavior import Behavior, Behaviour, EngineBehavior, behavior
from monnto.constants import (
    DxS,
    SxD,
    afferent,
    aqua,
    axon,
    black,
    blue,
    dendrite,
    efferent,
    green,
    orange,
    post,
    postSynaptic,
    pre,
    preSynaptic,
    purple,
    red,
    white,
    yellow,
)
from monnto.dimension import (
    Grid,
    NeuronDimension,
    NeuronGrid,
    get_squared_dim,
    getGrid,
    rotation_matrix,
    vec_to_mat,
    vec_to_mat_transposed,
)
from monnto.genes import gene, get_gene, get_genome, set_genome
from monnto.network import Network
from monnto.network_object import NetworkObject
from monnto.neuron_group import NeuronGroup
from monnto.neuron_subgroup import NeuronSubGroup
from monnto.notices import ModelWarning, RenamedWarning
from monnto.plugins import build_plugin, include_dir, load_plugin
from monnto.receptive_fields import (
    Box_Receptive_Fields,
    Circle_Receptive_Fields,
    Receptive_Fields,
    Remove_Autapses,
)
from monnto.recorder import EventRecorder, Recorder
from monnto.recording import ObjectRecording, Recording
from monnto.synapse_group import SynapseGroup
from monnto.testing import behavior_test_environment

# What `from monnto import *` gives: the names that scripts expect, and nothing that would hide
# something of theirs.
__all__ = [
    "AnalysisModule",
    "Array",
    "Behavior",
    "Behaviour",
    "Box_Receptive_Fields",
    "Circle_Receptive_Fields",
    "DxS",
    "EventRecorder",
    "Grid",
    "Network",
    "NeuronDimension",
    "NeuronGrid",
    "NeuronGroup",
    "NeuronSubGroup",
    "Receptive_Fields",
    "Recorder",
    "Remove_Autapses",
    "SxD",
    "SynapseGroup",
    "afferent",
    "aqua",
    "axon",
    "behavior_test_environment",
    "black",
    "blue",
    "dendrite",
    "efferent",
    "float32",
    "float64",
    "gene",
    "getGrid",
    "get_gene",
    "get_genome",
    "get_squared_dim",
    "green",
    "np",
    "orange",
    "post",
    "postSynaptic",
    "pre",
    "preSynaptic",
    "purple",
    "red",
    "rotation_matrix",
    "set_genome",
    "vec_to_mat",
    "vec_to_mat_transposed",
    "white",
    "yellow",
]


def _connect() -> None:
    """Give the engine what it needs of Python: names outside its grammar, NumPy's distributions."""

    def evaluate(obj, recorder, text):
        from monnto.interpreter import sample

        return sample(obj, recorder, text)

    def draw(*arguments):
        from monnto.distributions import draw

        return draw(*arguments)

    _engine.set_host_expression(evaluate)
    _engine.set_host_distribution(draw)
    _engine.set_recording_wrapper(Recording)


_connect()
