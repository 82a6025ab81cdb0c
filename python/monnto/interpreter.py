"""Expressions of recorders that lie outside the engine's grammar (S25).

Python's own parser gives the tree, and each node is interpreted here on the live objects: nothing
is compiled or executed as code, and names that begin with an underscore are out of reach.
"""

from __future__ import annotations

import ast
import copy
import operator

from monnto.arrays import Array, Scalar
from monnto.tagged import unknown_name

BINARY = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
    ast.MatMult: operator.matmul,
    ast.BitAnd: operator.and_,
    ast.BitOr: operator.or_,
    ast.BitXor: operator.xor,
    ast.LShift: operator.lshift,
    ast.RShift: operator.rshift,
}
UNARY = {
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Invert: operator.invert,
    ast.Not: operator.not_,
}
_COMPARE = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
    ast.In: lambda a, b: a in b,
    ast.NotIn: lambda a, b: a not in b,
}
_BUILTINS = {
    f.__name__: f
    for f in (abs, all, any, bool, dict, enumerate, float, int, len, list, max, min, range)
    + (repr, reversed, round, set, sorted, str, sum, tuple, zip, complex, divmod, isinstance)
}
_parsed: dict[str, ast.expr] = {}


def parse(text: str) -> ast.expr:
    """The tree of an expression; ParseError with the column where it is none."""
    tree = _parsed.get(text)
    if tree is None:
        try:
            tree = ast.parse(text.strip(), mode="eval").body
        except SyntaxError as error:
            raise _parse_error(text, error) from None
        _parsed[text] = tree
    return tree


def _parse_error(text: str, error: SyntaxError) -> Exception:
    from monnto._engine import ParseError

    column = max((error.offset or 1) - 1, 0)
    made = ParseError(f"{error.msg} in '{text}' at column {column + 1}")
    made.source, made.position = text, column
    return made


def sample(obj, recorder, text: str):
    """The value of `text` for one sample of a recorder attached to `obj`."""
    value = Interpreter(_names(obj, recorder), obj).value(parse(text))
    if isinstance(value, (Array, Scalar, bool, int, float)):
        return value
    if _is_numeric(value):
        return value
    recorder._keep_objects(text)
    return copy.copy(value)


def value_on(obj, text: str):
    """The value of `text` on an object, for parameters that are expressions."""
    return Interpreter(_names(obj, None), obj).value(parse(text))


def _is_numeric(value) -> bool:
    """ndarrays and NumPy's scalars of dtypes that the engine knows."""
    import numpy as np

    return (type(value) is np.ndarray or isinstance(value, np.generic)) and (
        value.dtype.kind in "biuf" and value.dtype.itemsize <= 8 and value.dtype.isnative
    )


def _names(obj, recorder) -> dict:
    import numpy as np

    known = getattr(recorder, "_globals", {})
    return {
        **_BUILTINS,
        **_torch_names(obj),
        **known,
        "np": known.get("np", np),
        "copy": copy,
        "self": recorder,
        **dict.fromkeys(("n", "s", "neurons", "synapse", "parent_obj"), obj),
    }


def _torch_names(obj) -> dict:
    """In a network of the torch dialect: `torch`, and its functions by their bare names."""
    from monnto import _engine

    if not _engine.has_torch_dialect(obj):
        return {}
    import monnto.torch as torch

    bare = {name: f for name, f in torch.FUNCTIONS.items() if name not in _BUILTINS}
    return {**bare, "torch": torch}


class Interpreter:
    """Walks a tree. `names` are visible as they are, attributes of `obj` by their bare name."""

    def __init__(self, names: dict, obj, bound: dict | None = None):
        self.names = names
        self.obj = obj
        self.bound = bound or {}  # by comprehensions

    def value(self, node):
        method = getattr(self, f"_{type(node).__name__}", None)
        if method is None:
            raise _not_possible(node)
        return method(node)

    def _Constant(self, node):  # noqa: N802
        return node.value

    def _Name(self, node):  # noqa: N802
        if node.id in self.bound:
            return self.bound[node.id]
        # Variables of the object go before names of the script, as in the engine's grammar.
        if node.id in vars(self.obj) and not node.id.startswith("_"):
            return vars(self.obj)[node.id]
        if node.id in self.names:
            return self.names[node.id]
        if hasattr(self.obj, node.id) and not node.id.startswith("_"):
            return getattr(self.obj, node.id)
        from monnto._engine import nearest_name

        # Variables before names of the script, which would fill the message with whatever it imports.
        variables = self.obj._core.variable_names()
        nearest = nearest_name(node.id, variables) or nearest_name(node.id, [*self.names])
        raise unknown_name("variable", node.id, self.obj._core.description(), nearest, variables)

    def _Attribute(self, node):  # noqa: N802
        if node.attr.startswith("_"):
            raise unknown_name("attribute", node.attr, "an expression", "")
        return getattr(self.value(node.value), node.attr)

    def _Subscript(self, node):  # noqa: N802
        return self.value(node.value)[self.value(node.slice)]

    def _Slice(self, node):  # noqa: N802
        return slice(
            *(
                None if part is None else self.value(part)
                for part in (node.lower, node.upper, node.step)
            )
        )

    def _Call(self, node):  # noqa: N802
        function = self.value(node.func)
        arguments = []
        for argument in node.args:
            if isinstance(argument, ast.Starred):
                arguments.extend(self.value(argument.value))
            else:
                arguments.append(self.value(argument))
        keywords = {}
        for keyword in node.keywords:
            value = self.value(keyword.value)
            keywords.update(value if keyword.arg is None else {keyword.arg: value})
        return function(*arguments, **keywords)

    def _BinOp(self, node):  # noqa: N802
        return BINARY[type(node.op)](self.value(node.left), self.value(node.right))

    def _UnaryOp(self, node):  # noqa: N802
        return UNARY[type(node.op)](self.value(node.operand))

    def _BoolOp(self, node):  # noqa: N802
        stops_at = isinstance(node.op, ast.Or)
        for part in node.values:
            value = self.value(part)
            if bool(value) is stops_at:
                return value
        return value

    def _Compare(self, node):  # noqa: N802
        left, result = self.value(node.left), True
        for op, part in zip(node.ops, node.comparators, strict=True):
            right = self.value(part)
            result = _COMPARE[type(op)](left, right)
            if len(node.ops) > 1 and not result:
                return result
            left = right
        return result

    def _IfExp(self, node):  # noqa: N802
        return self.value(node.body if self.value(node.test) else node.orelse)

    def _Tuple(self, node):  # noqa: N802
        return tuple(self.value(item) for item in node.elts)

    def _List(self, node):  # noqa: N802
        return [self.value(item) for item in node.elts]

    def _Set(self, node):  # noqa: N802
        return {self.value(item) for item in node.elts}

    def _Dict(self, node):  # noqa: N802
        return {self.value(k): self.value(v) for k, v in zip(node.keys, node.values, strict=True)}

    def _JoinedStr(self, node):  # noqa: N802
        return "".join(str(self.value(part)) for part in node.values)

    def _FormattedValue(self, node):  # noqa: N802
        form = "" if node.format_spec is None else self.value(node.format_spec)
        return format(self.value(node.value), form)

    # -- comprehensions

    def _ListComp(self, node):  # noqa: N802
        return [scope.value(node.elt) for scope in self._scopes(node.generators)]

    def _SetComp(self, node):  # noqa: N802
        return {scope.value(node.elt) for scope in self._scopes(node.generators)}

    def _GeneratorExp(self, node):  # noqa: N802
        return iter(self._ListComp(node))

    def _DictComp(self, node):  # noqa: N802
        return {
            scope.value(node.key): scope.value(node.value)
            for scope in self._scopes(node.generators)
        }

    def _scopes(self, generators):
        if not generators:
            yield self
            return
        first, *rest = generators
        for item in self.value(first.iter):
            scope = Interpreter(self.names, self.obj, dict(self.bound))
            scope._bind(first.target, item)
            if all(scope.value(condition) for condition in first.ifs):
                yield from scope._scopes(rest)

    def _bind(self, target, item):
        if isinstance(target, ast.Name):
            self.bound[target.id] = item
            return
        for part, value in zip(target.elts, item, strict=True):
            self._bind(part, value)


def _not_possible(node) -> Exception:
    return unknown_name("syntax", type(node).__name__, "an expression of a recorder", "")
