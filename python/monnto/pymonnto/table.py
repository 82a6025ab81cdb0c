"""Every public name of PymoNNto and what stands behind it here.

Each module of the old package, without `PymoNNto.`, in one line: where its names are in monnto, and the names.
A name with `*` is computed by the engine, in C++; one with `!reason` is refused, for that reason.
All other names are Python. Modules also give what `from PymoNNto import *` gives.
"""

from __future__ import annotations

from dataclasses import dataclass

NATIVE, HOST, REFUSED = "native", "host", "refused"

# Why a name is refused, by the short word in the table.
REASONS = {
    "window": "windows of Qt are not part of monnto; simulate with net.simulate_iterations(), look at recordings, "
    "or save a flow chart with group.visualize_module()",
    "evolution": "the evolution of genomes is not in monnto yet; scripts that are started by one are "
    "(get_gene, set_score, execute_local_file)",
    "tensorflow": "tensorflow is not used: write the same behavior with arrays of monnto, which it compiles",
    "unshipped": "it needs classes that were never published with PymoNNto",
    "picture": "plt.hist and monnto.analysis.spike_trains.weight_tiles draw the same",
    "text": "its meaning is not documented, and it needs text generators that were never published",
    "dead": "it never worked: an unfinished rewrite, or an import that blocks",
}

_TABLE = """
NetworkCore.Network | monnto | Network*
NetworkCore.Neuron_Group | monnto | NeuronGroup* NeuronSubGroup*
NetworkCore.Synapse_Group | monnto | SynapseGroup*
NetworkCore.Behavior | monnto | Behavior* Behaviour
NetworkCore.Behaviour | monnto | Behaviour
NetworkCore.Analysis_Module | monnto | AnalysisModule
NetworkCore.Base | monnto.pymonnto.bases | NetworkObject* NetworkObjectBase
NetworkCore.Base_Tagable_Object | monnto.pymonnto.bases | TaggableObject TaggableObjectBase
NetworkCore.Base_Attachable_Modules | monnto.pymonnto.bases | NetworkObject* lognormal_real_mean lognormal_rm uniform_gap
NetworkBehavior.Recorder.Recorder | monnto | Recorder* EventRecorder*
NetworkBehavior.Structure.Structure | monnto | NeuronDimension* Grid* NeuronGrid* get_squared_dim* getGrid* vec_to_mat vec_to_mat_transposed rotation_matrix*
NetworkBehavior.Structure.Receptive_Fields | monnto | Receptive_Fields Box_Receptive_Fields* Circle_Receptive_Fields* Remove_Autapses*
NetworkBehavior.Structure.Partition | monnto | Partition*
NetworkBehavior.Basics.BasicHomeostasis | monnto.behaviors | Instant_Homeostasis* Time_Integration_Homeostasis*
NetworkBehavior.Basics.Behavior_Weight_Initialization | monnto.behaviors | CreateWeights*
NetworkBehavior.Basics.Normalization | monnto.behaviors | Synaptic_Normalization* normalize_synapse_attr* normalize_synapse_attr_efferent*
NetworkBehavior.Basics.Normalization_Sparse | monnto.behaviors | normalize_synapse_attr_sparse
NetworkBehavior.Basics.Normalization_Tensorflow | | Synaptic_Normalization_TF!tensorflow
NetworkBehavior.Basics.Nox_diffusion | monnto.behaviors | NOX_Diffusion*
NetworkBehavior.Basics.Refractory | monnto.behaviors | refractory*
NetworkBehavior.EulerEquationModules.EulerClock | monnto.equations | Clock*
NetworkBehavior.EulerEquationModules.Equation | monnto.equations | Equation*
NetworkBehavior.EulerEquationModules.VariableInitializer | monnto.equations | Variable* Syn_Variable*
NetworkBehavior.EulerEquationModules.Variable | monnto.equations | Variable* Syn_Variable*
NetworkBehavior.EulerEquationModules.Syn_Variable | monnto.equations | Syn_Variable*
NetworkBehavior.EulerEquationModules.Helper | monnto |
Exploration.StorageManager.StorageManager | monnto | StorageManager StorageManagerGroup SimpleStorageManager get_data_folder* get_root_folder* get_settings load_datapoints
Exploration.StorageManager.SM2 | | StorageManager2!dead
Exploration.StorageManager.Storage_Manager_Dir_Select_Dialog | | Storage_Manager_Dir_Select_Dialog!window
Exploration.StorageManager.User_Input_SM_Writer | | User_Input_SM_Writer!dead
Exploration.Evolution.Interface_Functions | monnto | get_gene gene get_genome set_genome set_score is_evolution_mode get_gene_mode get_evo_name get_evo_id get_evo_generation execute_local_file
Exploration.Evolution.Evolution | | Evolution!evolution
Exploration.Evolution.Evolution_Individual | | Evolution_individual!evolution
Exploration.Evolution.Breed_And_Selection_Module | | Default_Breed_And_Select!evolution
Exploration.Evolution.communication | | socket_send!evolution Genome_Exchanger_Socket!evolution
Exploration.Evolution.EvolutionPlots | | InteractiveScatter!window
Exploration.Evolution.Evolution_UI | | Evolution_UI!window
Exploration.Evolution.Single_Evolution_UI | | Single_Evolution_UI!window
Exploration.Evolution.common_UI | | Execution_Manager_UI_Base!window
Exploration.Evolution.PlotQTObjects | | InteractiveScatter!window
Exploration.Execute_UI | | Execute_UI!window
Exploration.Behavior_UI | | Behavior_UI!window
Exploration.Overview_UI | | Overview_UI!window
Exploration.UI_Base | | UI_Base!window TabBase!window
Exploration.HelperFunctions.Synapses_And_Weights | monnto | get_combined_syn_mats get_partitioned_synapse_matrix set_partitioned_synapse_matrix SingleNeuron_attached_SubSGs get_single_neuron_combined_partition_matrix get_unique_non_partitioned_Groups
Exploration.HelperFunctions.IteratorFunctions | monnto | infinite_resolution_1D infinite_resolution_2D infinite_resolution_3D
Exploration.HelperFunctions.Testing | monnto | behavior_test_environment
Exploration.HelperFunctions.Save_Load | monnto | save_network load_network
Exploration.HelperFunctions.Reconstruction | monnto.analysis.reconstruction | compute_temporal_reconstruction generate_text_from_recon_mat
Exploration.AnalysisModules.Static_Classification | monnto.analysis.weight_classes | Static_Classification
Exploration.AnalysisModules.Weight_Classifier_Base | monnto.analysis.weight_classes |
Exploration.AnalysisModules.Weight_Classifier_Pre | monnto.analysis.weight_classes | Weight_Classifier_Pre
Exploration.AnalysisModules.Weight_Classifier_Post | monnto.analysis.weight_classes | Weight_Classifier_Post
Exploration.Visualization.Module_visualizer | monnto.flow_chart | Module_visualizer
Exploration.Visualization.Visualization_Helper | monnto.analysis.spike_trains | SpikeTrain_ISI weight_tiles plot_histogram!picture plot_3D_histogram!picture get_bins!picture get_distribution_markers!picture get_RGB_neuron_weight_image!picture get_RGB_neuron_weight_image_pattern!picture get_whole_Network_weight_image!picture get_group_block_mat_reconstruction_image!picture get_reconstruction_activations!picture dif_width_vstack!picture upscale!picture vsplit!picture
Exploration.Visualization.Analysis_Plots | monnto.analysis.spike_trains | get_t_vs_tp1_mat plot_t_vs_tp1 inhibition_excitation_scatter
Exploration.Visualization.Reconstruct_Analyze_Label.Reconstruct_Analyze_Label | monnto.analysis.reconstruction | Reconstruct_Analyze_Label_Network
Exploration.Visualization.Pyplot_visualizer | | Pyplot_visualizer!dead
Exploration.Visualization.SORN_visualization | | SORN_visualization!unshipped
Exploration.Network_UI.Network_UI | | Network_UI!window
Exploration.Network_UI.TabBase | | TabBase!window
Exploration.Network_UI.Neuron_Classification_Colorizer | | Neuron_Classification_Colorizer!window
Exploration.Network_UI | | Network_UI!window TabBase!window get_default_UI_modules!window get_advanced_UI_modules!window get_my_default_UI_modules!window get_modules_dict!window Analytics_Results_Select_ComboBox!window UI_sidebar_network_selector!window UI_sidebar_neuron_grid_module!window UI_sidebar_activity_module!window sidebar_fast_forward_module!window sidebar_save_load_module!window sidebar_module_quick_access!window multi_group_plot_tab!window spiketrain_tab!window weight_tab!window partition_tab!window PCA_tab!window isi_tab!window hist_tab!window single_group_plot_tab!window stability_tab!window fourier_tab!window Analysis_Module_tab!window info_tab!window code_execution_tab!window classifier_bar_tab!window event_tab!window individual_weight_tab!window module_visualizer_tab!window
Exploration.Network_UI.Advanced_Tabs | | scatter_tab!window similarity_matrix_tab!window criticality_tab!window stdp_buffer_tab!window buffer_tab!window afferent_syn_attr_plot_tab!window
Exploration.Network_UI.Sequence_Activation_Tabs | | sidebar_grammar_module_new!window sun_gravity_plot_tab!window reconstruction_tab!window character_activation_tab!window chain_tab!window sidebar_image_module!window sidebar_music_module!window sidebar_drumbeat_module!window
Exploration.Network_UI.Basic_Tabs | | multi_group_plot_tab!window spiketrain_tab!window weight_tab!window
UI.CLI | | Behavior_UI!window Execute_UI!window Overview_UI!window Evolution_UI!window
"""

# Of what `from PymoNNto import *` gives: what has no module above.
_REST_OF_PACKAGE = """np float32 float64 SxD DxS afferent pre preSynaptic dendrite efferent post postSynaptic axon
blue red green yellow purple aqua orange black white"""

# Methods and properties, by class; the same marks.
_MEMBERS = """
Network | all_objects all_behaviors initialize* simulate_iteration* simulate_iterations* set_behaviors* activate_behaviors* deactivate_behaviors* recording_off* recording_on* clear_recorder clear_tag_cache NeuronGroups SynapseGroups iteration* behavior_timesteps sorted_behavior_execution_list* def_dtype* transposed_synapse_matrix_mode* behavior analysis_modules recording* add_behaviors_to_object add_behaviors_to_objects time_measures*
every object | tag* tags* add_tag* has_module set_tag_attrs call_tag_functions find_objects get clear_cache tag_shortcuts* add_behavior* add_behaviors* remove_behavior* add_analysis_module get_all_analysis_module_results buffer_roll get_buffer_mat get_nparray add_behaviour add_behaviours remove_behaviour set_behaviours set_mechanisms activate_behaviours deactivate_behaviours activate_mechanisms deactivate_mechanisms
NeuronGroup | size* network BaseNeuronGroup mask id afferent_synapses efferent_synapses synapses* require_synapses vector* vec* array* get_neuron_vec* vector_buffer* get_neuron_vec_buffer* subGroup* group_without_subGroup mask_var get_combined_synapse_shape connected_NG_param_list partition_masks* split_grid_into_sub_group_blocks* partition_size* get_subgroup_receptive_field_mask* get_masked_dict visualize_module
NeuronSubGroup | size* id_mask* mask* BaseNeuronGroup mask_var* group_without_subGroup subGroup* get_masked_dict
SynapseGroup | src dst enabled* group_weighting* matrix* mat* get_synapse_mat* matrix_dim* get_synapse_mat_dim* ignore_transpose_mode* set_var get_random_synapse_mat_fixed get_synapse_group_size_factor get_distance_mat get_ring_mat get_max_receptive_field_size* get_sub_synapse_group visualize_module
Behavior | initialize iteration parameter get_init_attr kwargs args argument set_parameters_as_variables set_init_attrs_as_variables init_kwargs behavior_enabled* used_attr_keys empty_iteration_function check_unused_attrs visualize_module visualization_module_inputs visualization_module_outputs visualization_module_attributes get_UI_Tabs get_UI_Preview_Plots initialize_on_init* initialize_last*
AnalysisModule | initialize execute exec parameter execution_arguments is_executable result last_call_result get_results remove_result clear_results save_result save_results generate_current_key set_update_notifier remove_update_notifier add_progress_update_function update_progress result_storage
Recorder | variables* add_variables* add_varable* reset* clear* clear_recorder* swaped swap cut_length* is_new_data_available* gapwidth* max_length*
NeuronDimension | move scale noise rotate* stretch_to_equal_size get_area_mask* set_positions* apply_pattern_transformation_function
StorageManager | save_param* save_param_dict* load_param* load_param_list get_all_params* save_np* load_np save_obj load_obj has_obj* save_str load_str save_recorder save_frame* get_next_frame_name render_video backup backup_execued_file copy_project_files get_path absolute_path folder_name
Reconstruct_Analyze_Label_Network | zero_recon propagation label_and_group_neurons!text visualize_label_and_group_neurons!text get_synapse_transition_dict!text get_transition_classes!text get_transition_frequencies!text plot_bars!text plot_transition_frequencies!text get_network_responses!text get_random_network_responses!text
StorageManagerGroup | refresh sort_by get_param_list get_multi_param_list get_multi_param_dict get_np_list get_obj_list remove_duplicates_get_eval add_virtual_multi_parameter get_all_params StorageManagerList
"""


@dataclass(frozen=True)
class Name:
    name: str
    state: str
    reason: str = ""


@dataclass(frozen=True)
class Module:
    """A module of the old package: its path without `PymoNNto.`, and where its names are now."""

    path: str
    source: str
    names: tuple[Name, ...]


def _name(text: str) -> Name:
    if "!" in text:
        name, _, reason = text.partition("!")
        return Name(name, REFUSED, REASONS[reason])
    return Name(text.rstrip("*"), NATIVE if text.endswith("*") else HOST)


def _rows(table: str):
    for line in table.strip().splitlines():
        *head, names = (part.strip() for part in line.split("|"))
        yield head, tuple(_name(text) for text in names.split())


def modules() -> dict[str, Module]:
    """Modules of the old package by path."""
    return {path: Module(path, source, names) for (path, source), names in _rows(_TABLE)}


def package_names() -> list[Name]:
    """What `from PymoNNto import *` gives beside the names of modules."""
    return [_name(text) for text in _REST_OF_PACKAGE.split()]


def members() -> dict[str, tuple[Name, ...]]:
    """Methods and properties by class."""
    return {owner: names for (owner,), names in _rows(_MEMBERS)}
