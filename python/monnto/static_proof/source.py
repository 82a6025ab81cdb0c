"""The syntax tree of a function, if it is known to be the one that runs."""

from __future__ import annotations
import __future__

import ast
import inspect
from itertools import combinations

_trees: dict = {}  # by code object; None where there is no tree to trust


def tree_of(function) -> ast.FunctionDef | None:
    """The definition of a plain function, or None: no source, or another one than was compiled.

    A file may have been edited since it was imported, so what the source compiles to is compared
    with the code that runs.
    """
    code = function.__code__
    if code not in _trees:
        _trees[code] = _read(function)
    return _trees[code]


def _read(function) -> ast.FunctionDef | None:
    try:
        text = inspect.getsource(function)
    except (OSError, TypeError):
        return None
    for imported in _subsets(_names_of_modules(function)):
        definition = _definition(function.__code__, text, imported)
        if definition is not None:
            is_plain = isinstance(definition, ast.FunctionDef) and not definition.decorator_list
            return definition if is_plain else None
    return None


def _names_of_modules(function) -> list[str]:
    names = function.__code__.co_names
    return [name for name in names if inspect.ismodule(function.__globals__.get(name))][:4]


def _subsets(names: list) -> list:
    """Calls through a name that its file imports compile to other code, so all cases are tried."""
    return [chosen for count in range(len(names) + 1) for chosen in combinations(names, count)]


def _definition(code, text: str, imported) -> ast.stmt | None:
    """The statement of `text`, with the lines of its file, where it compiles to `code`.

    What is indented gets an enclosing function, whose arguments are the names of its closure.
    """
    before = "".join(f"import {name}\n" for name in imported)
    if text[:1].isspace():
        before += f"def _outer({', '.join(code.co_freevars)}):\n"
    try:
        tree = ast.parse(before + text)
        flags = code.co_flags & __future__.annotations.compiler_flag
        module = compile(tree, code.co_filename, "exec", dont_inherit=True, flags=flags)
    except SyntaxError:
        return None
    compiled = _nested(_nested(module, "_outer") or module, code.co_name)
    if compiled is None or not _are_equal(code, compiled):
        return None
    ast.increment_lineno(tree, code.co_firstlineno - 1 - before.count("\n"))
    last = tree.body[-1]
    return last.body[0] if text[:1].isspace() else last


def _nested(code, name: str):
    return next((c for c in code.co_consts if inspect.iscode(c) and c.co_name == name), None)


def _are_equal(code, compiled) -> bool:
    parts = ("co_code", "co_names", "co_varnames", "co_freevars", "co_cellvars")
    return all(getattr(compiled, part) == getattr(code, part) for part in parts) and (
        _same_constants(compiled.co_consts, code.co_consts)
    )


def _same_constants(a: tuple, b: tuple) -> bool:
    return len(a) == len(b) and all(
        type(x) is type(y) and (_are_equal(x, y) if inspect.iscode(x) else repr(x) == repr(y))
        for x, y in zip(a, b, strict=True)
    )
