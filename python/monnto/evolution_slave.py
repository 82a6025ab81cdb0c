"""The side of a script that an evolution starts: who it is, its genes, and the score it reports.

Such a script is started as ``script.py __evo_name__=name __evo_id__=7 __evo_generation__=3 gene=0.5``.
"""

from __future__ import annotations

import sys

from monnto import genes

_FLAG = "__get_gene_mode__"
_OWN = ("__evo_name__", "__evo_id__", "__evo_generation__")
_identity: dict[str, str] | None = None


def _arguments() -> dict[str, str]:
    """What the command line says: name=value, where the value may hold anything."""
    pairs = (text.partition("=") for text in sys.argv[1:] if "=" in text and text[0] not in "-=")
    return {name: value.strip("\"'") for name, _, value in pairs}


def identity() -> dict[str, str]:
    """Name, id and generation that the evolution gave to this script; empty without one."""
    global _identity
    if _identity is None:
        given = _arguments()
        _identity = {name: given[name] for name in _OWN if name in given}
    return _identity


def genome_of_command_line() -> dict[str, str]:
    """The genes among the arguments."""
    return {name: value for name, value in _arguments().items() if name not in _OWN}


def is_evolution_mode() -> bool:
    """Whether an evolution started this script."""
    return "__evo_name__" in identity()


def get_evo_name():
    return identity().get("__evo_name__")


def get_evo_id():
    return _whole(identity().get("__evo_id__"))


def get_evo_generation():
    return _whole(identity().get("__evo_generation__"))


def _whole(text):
    return None if text is None else int(text)


def get_gene_mode() -> bool:
    """Whether the script was started only to tell its genes and their defaults."""
    return _FLAG in sys.argv


def run_folder():
    """(main folder, folder) of the results of this individual; None outside of evolutions."""
    name = get_evo_name()
    return None if name is None else (name, f"{name} id{get_evo_id()}")


def set_score(score, info=None, sm=None) -> None:
    """Report how good this individual is, with its genes and `info`.

    Everything goes into the StorageManager `sm`, or into that of the evolution. Genome and id are
    forgotten afterwards. Without an evolution and without `sm` it is only printed.
    """
    info = dict(info or {})
    if sm is None and is_evolution_mode():
        from monnto.storage import StorageManager

        sm = StorageManager(get_evo_name(), print_msg=False, add_new_when_exists=False)
    if sm is not None:
        own = {"evo_name": get_evo_name(), "id": get_evo_id(), "generation": get_evo_generation()}
        known = {name: value for name, value in own.items() if value is not None}
        sm.save_param_dict({"score": score, **known, **genes.get_genome(), **info})
    print(f"score set to: {score} {info}")
    forget()


def forget() -> None:
    """No longer an individual of an evolution."""
    global _identity
    _identity = {}
    genes.clear()


def execute_local_file(
    file,
    evo_name,
    evo_id,
    evo_generation=0,
    genome=None,
    static_genome=None,
    get_gene_mode=False,
    get_output=False,
):
    """Run a script as an individual of an evolution and wait for it.

    Returns what it printed where `get_output` says so. A script that fails is an error that shows
    the end of what it printed. No shell takes part, so genes may hold any character.
    """
    import subprocess

    from monnto._engine import BadState

    values = {"__evo_name__": evo_name, "__evo_id__": evo_id, "__evo_generation__": evo_generation}
    values |= {**(genome or {}), **(static_genome or {})}
    command = [sys.executable, "-m", "monnto", "run", str(file)]
    command += [f"{name}={value}" for name, value in values.items()]
    command += [_FLAG] if get_gene_mode else []
    result = subprocess.run(command, capture_output=get_output, text=True, check=False)
    if result.returncode != 0:
        last = "\n".join((result.stderr or "").splitlines()[-10:])
        raise BadState(f"{file} ended with code {result.returncode}\n{last}".rstrip())
    return result.stdout if get_output else None
