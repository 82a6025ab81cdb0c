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
    NothingStored,
    NumberOutOfRange,
    ParseError,
    ShapeMismatch,
    TooManyIndices,
    TypeMismatch,
    UnknownName,
    __version__,
)
from monnto.analysis.resolution import (
    infinite_resolution_1D,
    infinite_resolution_2D,
    infinite_resolution_3D,
)
from monnto.analysis.save_load import load_network, save_network
from monnto.analysis.synapse_matrices import (
    SingleNeuron_attached_SubSGs,
    get_combined_syn_mats,
    get_partitioned_synapse_matrix,
    get_single_neuron_combined_partition_matrix,
    get_unique_non_partitioned_Groups,
    set_partitioned_synapse_matrix,
)
from monnto.analysis_module import AnalysisModule
from monnto.arrays import Array, Scalar, array, asarray
from monnto.behavior import Behavior, Behaviour, EngineBehavior, behavior
from monnto.connections import Projection
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
from monnto.evolution_slave import (
    execute_local_file,
    get_evo_generation,
    get_evo_id,
    get_evo_name,
    get_gene_mode,
    is_evolution_mode,
    set_score,
)
from monnto.genes import gene, get_gene, get_genome, set_genome
from monnto.inputs import DirectCurrent, PoissonInput, SpikeArray, StepCurrent
from monnto.network import Network
from monnto.network_object import NetworkObject
from monnto.neuron_group import NeuronGroup
from monnto.neuron_subgroup import NeuronSubGroup
from monnto.notices import ModelWarning, RenamedWarning
from monnto.partition import Partition
from monnto.plugins import build_plugin, include_dir, load_plugin
from monnto.receptive_fields import (
    Box_Receptive_Fields,
    Circle_Receptive_Fields,
    Receptive_Fields,
    Remove_Autapses,
)
from monnto.recorder import EventRecorder, Recorder
from monnto.recording import ObjectRecording, Recording
from monnto.shared_matrices import ConvolutionMatrix, ProceduralMatrix
from monnto.sparse_matrix import SparseMatrix
from monnto.storage import (
    SimpleStorageManager,
    StorageManager,
    StorageManagerGroup,
    get_data_folder,
    get_root_folder,
    get_settings,
    load_datapoints,
)
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
    "ConvolutionMatrix",
    "DirectCurrent",
    "DxS",
    "EventRecorder",
    "Grid",
    "Network",
    "NeuronDimension",
    "NeuronGrid",
    "NeuronGroup",
    "NeuronSubGroup",
    "Partition",
    "PoissonInput",
    "ProceduralMatrix",
    "Projection",
    "Receptive_Fields",
    "Recorder",
    "Remove_Autapses",
    "SimpleStorageManager",
    "SingleNeuron_attached_SubSGs",
    "SparseMatrix",
    "SpikeArray",
    "StepCurrent",
    "StorageManager",
    "StorageManagerGroup",
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
    "execute_local_file",
    "float32",
    "float64",
    "gene",
    "getGrid",
    "get_combined_syn_mats",
    "get_data_folder",
    "get_evo_generation",
    "get_evo_id",
    "get_evo_name",
    "get_gene",
    "get_gene_mode",
    "get_genome",
    "get_partitioned_synapse_matrix",
    "get_root_folder",
    "get_settings",
    "get_single_neuron_combined_partition_matrix",
    "get_squared_dim",
    "get_unique_non_partitioned_Groups",
    "green",
    "infinite_resolution_1D",
    "infinite_resolution_2D",
    "infinite_resolution_3D",
    "is_evolution_mode",
    "load_datapoints",
    "load_network",
    "np",
    "orange",
    "post",
    "postSynaptic",
    "pre",
    "preSynaptic",
    "purple",
    "red",
    "rotation_matrix",
    "save_network",
    "set_genome",
    "set_partitioned_synapse_matrix",
    "set_score",
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

    def evaluate_on(obj, text):
        from monnto.interpreter import value_on

        return value_on(obj, text)

    def draw(*arguments):
        from monnto.distributions import draw

        return draw(*arguments)

    _engine.set_host_expression(evaluate)
    _engine.set_face_expression(evaluate_on)
    _engine.set_host_distribution(draw)
    _engine.set_recording_wrapper(Recording)


_connect()
