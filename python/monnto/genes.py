"""Genes in parameters: ``'[0.5#threshold]'`` is the gene `threshold`, or 0.5 without one."""

from __future__ import annotations

from monnto.tagged import bad_parameter

_genome: dict[str, float] = {}


def set_genome(genome: dict) -> None:
    """The genes that parameters take from now on."""
    _genome.clear()
    _genome.update(genome)


def get_genome() -> dict:
    return dict(_genome)


def get_gene(key: str, default=None):
    """The gene of that name, or `default`."""
    return _genome.get(key, default)


gene = get_gene


def with_genes(text: str, name: str) -> str:
    """`text` with every ``[default#key]`` and every ``[key]`` of a known gene replaced."""
    import re

    def default_or_gene(match):
        default, key = match.group(1).strip(), match.group(2).strip()
        if key in _genome:
            return number_text(_genome[key])
        value = computed(default)
        if value is None:
            raise bad_parameter(name, repr(text), f"the default {default!r} is no number")
        return number_text(value)

    def known_gene(match):
        # Without a gene of that name it is an index: 'v[0]'.
        key = match.group(1).strip()
        return number_text(_genome[key]) if key in _genome else match.group(0)

    text = re.sub(r"\[([^\[\]#]*)#([^\[\]#]*)\]", default_or_gene, text)
    return re.sub(r"\[([^\[\]#]*)\]", known_gene, text)


def number_text(value) -> str:
    """Up to 15 decimals, without zeros at the end."""
    if float(value) == int(value):
        return str(int(value))
    return f"{float(value):.15f}".rstrip("0")


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
