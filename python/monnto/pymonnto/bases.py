"""Bases that scripts test against, and the distributions that were plain functions."""

from __future__ import annotations

from monnto.network_object import NetworkObject
from monnto.tagged import Tagged

NetworkObjectBase = NetworkObject
TaggableObject = TaggableObjectBase = Tagged


def lognormal_real_mean(mean=1.0, sigma=0.5, size=1):
    """Log-normal numbers, shifted as the old package did: mu = ln(mean) - sigma**2."""
    import numpy as np

    return np.random.lognormal(np.log(mean) - sigma**2, sigma, size)


lognormal_rm = lognormal_real_mean


def uniform_gap(mean=0.5, gap=0.1, size=1):
    """Uniform numbers in mean - mean*gap ... mean + mean*gap."""
    import numpy as np

    return np.random.uniform(mean - mean * gap, mean + mean * gap, size)
