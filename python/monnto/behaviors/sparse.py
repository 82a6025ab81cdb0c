"""Normalization of SciPy's sparse matrices, which are attributes that the engine does not read."""

from __future__ import annotations

from monnto.constants import afferent


def normalize_synapse_attr_sparse(src_attr, target_attr, target_value, neurons, synapse_type):
    """`normalize_synapse_attr` for SciPy matrices (destination, source) of any format.

    Only groups tagged ``sparse`` besides `synapse_type` take part. Neurons without input stay as
    they are.
    """
    import numpy as np
    import scipy.sparse

    groups = [s for s in neurons.synapses(afferent, synapse_type) if "sparse" in s.tags]
    if not groups:
        return
    total = sum(np.asarray(abs(getattr(s, src_attr)).sum(axis=1)).ravel() for s in groups)
    ratio = total / np.asarray(target_value)
    factor = 1.0 / np.where(ratio == 0.0, 1.0, ratio)
    for synapse in groups:
        weights = getattr(synapse, target_attr)
        scaled = scipy.sparse.diags(factor.astype(weights.dtype)) @ weights
        setattr(synapse, target_attr, scaled.asformat(weights.format))
