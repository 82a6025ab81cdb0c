"""Settings of a network: checked, completed, and with a seed."""

from __future__ import annotations

import sys

from monnto.constants import DxS, SxD
from monnto.notices import nearest_hint, warn
from monnto.tagged import bad_parameter

_KNOWN = ("dtype", "syn_dim", "seed", "threads", "dt", "dialect", "synapses")
_STORAGES = ("dense", "sparse")
_DIALECTS = ("numpy", "torch")


def engine_settings(settings, keywords: dict) -> dict:
    """What the engine needs, from the `settings` dict and keywords of a Network."""
    given = {**(settings or {}), **keywords}
    for name in given:
        if name == "synapse_mode":
            # Published scripts say this, run as DxS, and rely on it.
            warn("settings: 'synapse_mode' is ignored; the setting is called 'syn_dim'", level=4)
        elif name not in _KNOWN:
            warn(f"settings: '{name}' is unknown{nearest_hint(name, _KNOWN)}", level=4)
    order = given.get("syn_dim", DxS)
    if order not in (SxD, DxS):
        raise bad_parameter("syn_dim", order, "SxD or DxS")
    dialect = given.get("dialect", "numpy")
    if dialect not in _DIALECTS:
        raise bad_parameter("dialect", repr(dialect), "'numpy' or 'torch'")
    storage = given.get("synapses", "dense")
    if storage not in _STORAGES:
        raise bad_parameter("synapses", repr(storage), "'dense' or 'sparse'")
    seed = given.get("seed")
    return {
        "synapses": storage,
        "dialect": dialect,
        "dtype": given.get("dtype", "float32"),
        "syn_dim": int(order),
        "seed": draw_seed(dialect) if seed is None else int(seed) % 2**64,
        "threads": int(given.get("threads") or 0),
        "dt": float(given.get("dt") or 1.0),
    }


def draw_seed(dialect: str = "numpy") -> int:
    """A seed from np.random, or from torch's generator, so that theirs fix networks too."""
    if dialect == "torch":
        from monnto.torch.foreign import draw_seed as from_torch

        return from_torch()
    # A generator that nobody has touched is seeded from the system; so is our seed then.
    if "numpy.random" not in sys.modules:
        import os

        return int.from_bytes(os.urandom(4), "little")
    import numpy as np

    return int(np.random.randint(0, 2**32, dtype=np.uint64))
