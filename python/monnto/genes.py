"""Genes in parameters: ``'[0.5#threshold]'`` is the gene `threshold`, or 0.5 without one."""

from __future__ import annotations

from monnto import _engine
from monnto.tagged import bad_parameter

_genome: dict | None = None


def _genes() -> dict:
    """The genome: at first what an evolution gave on the command line."""
    global _genome
    if _genome is None:
        from monnto.evolution_slave import genome_of_command_line

        _genome = genome_of_command_line()
    return _genome


def set_genome(genome: dict) -> None:
    """The genes that parameters take from now on."""
    global _genome
    _genome = dict(genome)
    if _reports():
        print("#set_genome#")
        for key, value in _genome.items():
            _report(key, value)
        print("#genome_set#")


def get_genome() -> dict:
    """All genes: those that were set, and those that were asked for with a default.

    The genome itself: what a script changes in it, changes.
    """
    return _genes()


def clear() -> None:
    """No genes."""
    global _genome
    _genome = {}


def get_gene(key: str, default=None):
    """The gene of that name; where there is none, the default, which then is the gene.

    A gene is a float where the default is a number, else what was set or given.
    """
    if _reports():
        _report(key, default)
    known = _genes()
    if key not in known:
        if default is None:
            return None
        known[key] = default
    value = known[key]
    return float(value) if type(default) in (int, float) else value


gene = get_gene


def _reports() -> bool:
    from monnto.evolution_slave import get_gene_mode

    return get_gene_mode()


def _report(key, default) -> None:
    print(f"#get_gene#{key}#{default}#{type(default).__name__}#")


def resolve_genes(network) -> None:
    """Before a network initializes: every gene in its parameters is known, and told.

    A script that was started only to tell its genes ends here.
    """
    for behavior in network.all_behaviors():
        for name, value in behavior.init_kwargs.items():
            if isinstance(value, str) and "[" in value:
                with_genes(value, name)
    if _reports():
        raise SystemExit(0)


def with_genes(text: str, name: str) -> str:
    """`text` with every ``[default#key]`` and every ``[key]`` of a known gene replaced."""
    import re

    def default_or_gene(match):
        default, key = match.group(1).strip(), match.group(2).strip()
        if key in _genes() and not _reports():
            return number_text(_genes()[key])
        value = computed(default)
        if value is None:
            raise bad_parameter(name, repr(text), f"the default {default!r} is no number")
        return number_text(get_gene(key, value))

    def known_gene(match):
        # Without a gene of that name it is an index: 'v[0]'.
        key = match.group(1).strip()
        known = _genes()
        return number_text(known[key]) if key in known else match.group(0)

    text = re.sub(r"\[([^\[\]#]*)#([^\[\]#]*)\]", default_or_gene, text)
    return re.sub(r"\[([^\[\]#]*)\]", known_gene, text)


def number_text(value) -> str:
    """Up to 15 decimals, without zeros at the end; a gene that is no number as it is."""
    try:
        value = float(value)
    except ValueError:
        return str(value)
    if value == int(value):
        return str(int(value))
    return f"{value:.15f}".rstrip("0")


def computed(text: str):
    """The number that an arithmetic expression comes to; None where it is something else."""
    import ast

    from monnto.interpreter import BINARY, UNARY

    def value(node):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            return node.value
        if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.Pow | ast.LShift):
            return BINARY[type(node.op)](value(node.left), value(node.right))
        if isinstance(node, ast.UnaryOp):
            return UNARY[type(node.op)](value(node.operand))
        raise ValueError(ast.dump(node))

    try:
        return value(ast.parse(text, mode="eval").body)
    except (SyntaxError, ValueError, TypeError, ZeroDivisionError, RecursionError):
        return None


_engine.set_gene_host(with_genes)  # parameters of behaviors that are C++ ask here as well
