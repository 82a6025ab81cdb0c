"""Recordings of networks of the torch dialect are tensors to those who find them."""

from __future__ import annotations

import weakref

from monnto import _engine, tagged
from monnto.behavior import Behavior
from monnto.recording import Recording

_networks = weakref.WeakSet()


def show_recordings_as_tensors(network) -> None:
    """Also of those that are found from a behavior, which does not know its network."""
    _networks.add(network)
    tagged.after_search = _in_dialect


def _in_dialect(searched, found: list) -> list:
    if any(isinstance(match, Recording) for match in found) and _is_torch(searched):
        for match in found:
            if isinstance(match, Recording):
                match._is_torch = True
    return found


def _is_torch(searched) -> bool:
    if isinstance(searched, Behavior):
        return any(searched in network.all_behaviors() for network in _networks)
    network = getattr(searched, "network", None)
    return network is not None and _engine.has_torch_dialect(network)
