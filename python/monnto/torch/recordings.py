"""Recordings of networks of the torch dialect are tensors to those who find them."""

from __future__ import annotations

from monnto import _engine, tagged
from monnto.recording import Recording


def show_searches_as_tensors() -> None:
    tagged.after_search = _in_dialect


def _in_dialect(searched, found: list) -> list:
    if _engine.has_torch_dialect(getattr(searched, "network", None)):
        for match in found:
            if isinstance(match, Recording):
                match._is_torch = True
    return found
