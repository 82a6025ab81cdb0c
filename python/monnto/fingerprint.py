"""Whether one of the process's generators draws, found out without copying its state."""

from __future__ import annotations

import ctypes
import pickle
import random
import sys

_MT19937_BYTES = 625 * 4  # 624 words, and how many of them are used up


def generator_fingerprint() -> str:
    """Changes when np.random, random or torch draw."""
    parts = [hash(random.getstate())]
    if "numpy.random" in sys.modules:
        parts.append(_of_numpy(sys.modules["numpy.random"]))
    if (torch := real_torch()) is not None:
        parts.append(hash(pickle.dumps(torch.get_rng_state().clone())))
    if "monnto.torch" in sys.modules:
        parts.append(hash(pickle.dumps(sys.modules["monnto.torch"].get_rng_state())))
    return repr(parts)


def real_torch():
    module = sys.modules.get("torch")  # under `python -m monnto` that may be our stand-in
    return module if hasattr(module, "_C") else None


def _of_numpy(numpy_random) -> int:
    get_bit_generator = getattr(numpy_random, "get_bit_generator", None)  # since NumPy 1.24
    generator = get_bit_generator() if get_bit_generator is not None else None
    if isinstance(generator, numpy_random.MT19937):
        # Asking for its state takes longer than an iteration of a small network. A second normal
        # number that lies ready is not part of it, but the pair of the next iteration is.
        return hash(ctypes.string_at(generator.ctypes.state_address, _MT19937_BYTES))
    return hash(pickle.dumps(numpy_random.get_state(legacy=False)))
