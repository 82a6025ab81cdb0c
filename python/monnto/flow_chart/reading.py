"""What a behavior reads, writes and creates: found in its source, which is not executed."""

from __future__ import annotations

import ast
import inspect
import textwrap
from dataclasses import dataclass, field

_CORE_OBJECTS = ("src", "dst", "BaseNeuronGroup", "network")
_CHANGING_METHODS = frozenset(
    "fill sort put partition itemset zero_ fill_ add_ sub_ mul_ div_ clamp_".split()
)
_PARAMETER_METHODS = frozenset("parameter get_init_attr kwargs args argument".split())
_SYNAPSE_NAMES = frozenset("s syn syns synapse synapses synapse_group sg".split())
_MOST_CALLS = 6  # of methods that call methods


@dataclass
class Module:
    """A behavior as the flow chart shows it. Names are variables of the object that it is attached
    to, or, behind a dot, of another: `GLU.W`, `GLU.src.spike`."""

    inputs: dict[str, None] = field(default_factory=dict)
    outputs: dict[str, None] = field(default_factory=dict)
    created: set[str] = field(default_factory=set)  # in initialize
    read_each_iteration: set[str] = field(default_factory=set)
    attributes: dict[str, object] = field(default_factory=dict)  # with the default in the source
    kind: str = "NeuronGroup"


def read_behavior(behavior) -> Module:
    """Inputs, outputs and parameters of a behavior; its class may name them instead
    (`visualization_module_inputs`, `..._outputs`, `..._attributes`)."""
    module = Module()
    cls = type(behavior)
    for method, is_start in (("initialize", True), ("iteration", False), ("forward", False)):
        _Reader(cls, module, is_start).method(method)
    for name in getattr(behavior, "variables", ()) if hasattr(behavior, "memory_forecast") else ():
        _read_expression(name, module)
    for name in behavior.init_kwargs:
        if name not in ("tag", "behavior_enabled", "variables") and not hasattr(
            behavior, "_recorder"
        ):
            module.attributes.setdefault(name)
    if hasattr(behavior, "_recorder"):
        module.read_each_iteration |= set(module.inputs)
    _override(behavior, module)
    return module


def _override(behavior, module: Module) -> None:
    for part in ("inputs", "outputs", "attributes"):
        given = getattr(behavior, f"visualization_module_{part}", None)
        if given is not None:
            setattr(module, part, dict.fromkeys(given))
    if (
        getattr(behavior, "visualization_module_outputs", None) is not None
        and behavior.initialize_on_init
    ):
        module.created |= set(module.outputs)


def _read_expression(text: str, module: Module) -> None:
    """The variables in a recorder's expression."""
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except SyntaxError:
        return
    own = {"n", "s", "neurons", "synapse", "parent_obj"}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id in own
        ):
            module.inputs.setdefault(node.attr)
        if isinstance(node, ast.Name) and node.id not in own | {"np", "torch", "self", "copy"}:
            module.inputs.setdefault(node.id)


def _tree_of(function):
    try:
        return ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    except (OSError, TypeError, SyntaxError, IndexError):
        return None  # made by exec, or in C++


def _is_core_name(name: str) -> bool:
    from monnto import Network, NeuronGroup, SynapseGroup

    return (
        name[0] == "_"
        or name in ("NeuronGroups", "SynapseGroups")
        or any(hasattr(c, name) for c in (NeuronGroup, SynapseGroup, Network))
    )


class _Reader(ast.NodeVisitor):
    """Walks one method. `objects` are the local names of parts of the network with the prefix that
    their variables get, `aliases` local names of variables."""

    def __init__(self, cls, module: Module, is_start: bool, depth: int = 0):
        self.cls, self.module, self.is_start, self.depth = cls, module, is_start, depth
        self.objects: dict[str, str] = {}
        self.aliases: dict[str, str] = {}
        self.me = "self"

    def method(self, name: str, prefixes: list | None = None, after=None) -> None:
        """Reads a method of the class (or of its bases behind `after`)."""
        places = self.cls.__mro__
        if after is not None:
            places = places[places.index(after) + 1 :]
        owner = next((c for c in places if name in c.__dict__), None)
        if owner is None or owner.__module__ == "monnto.behavior" or self.depth > _MOST_CALLS:
            return
        tree = _tree_of(owner.__dict__[name])
        if not isinstance(tree, ast.FunctionDef) or not tree.args.args:
            return
        self.owner = owner
        self.me, *others = (argument.arg for argument in tree.args.args)
        for argument, prefix in zip(others, prefixes if prefixes is not None else [""]):
            if prefix is not None:
                self.objects[argument] = prefix
            if prefix == "" and argument.lower() in _SYNAPSE_NAMES and self.depth == 0:
                self.module.kind = "SynapseGroup"
        for statement in tree.body:
            self.visit(statement)

    # -- what a node stands for

    def prefix_of(self, node):
        """The prefix of variables of the object that `node` is; None where it is no object."""
        if isinstance(node, ast.Name):
            return self.objects.get(node.id)
        if isinstance(node, ast.Attribute):
            inner = self.prefix_of(node.value)
            if inner is not None and node.attr in _CORE_OBJECTS:
                return inner if node.attr == "BaseNeuronGroup" else f"{inner}{node.attr}."
            return None
        if isinstance(node, ast.Subscript):
            return self.member_prefix(node.value) or self.search_prefix(node)
        return None

    def search_prefix(self, node):
        """``n['GLU', 0]``: the object found by that tag."""
        inner, key = self.prefix_of(node.value), node.slice
        if isinstance(key, ast.Tuple) and key.elts:
            key = key.elts[0]
        is_tag = isinstance(key, ast.Constant) and isinstance(key.value, str)
        return f"{key.value}." if inner is not None and is_tag else None

    def member_prefix(self, node):
        """The prefix of the members of a list of objects: what a loop over `node` binds."""
        function = node.func if isinstance(node, ast.Call) else None
        if isinstance(function, ast.Attribute) and function.attr == "synapses":
            known = self.prefix_of(function.value) is not None
            return f"{self.tag_in(node.args[1:], 'synapses')}." if known else None
        if isinstance(node, ast.Subscript):
            base = node.value
            if isinstance(base, ast.Attribute) and base.attr.endswith("ferent_synapses"):
                return f"{self.tag_in([node.slice], 'synapses')}."
            return self.search_prefix(node)
        if isinstance(node, ast.Attribute) and self.prefix_of(node.value) is not None:
            return {"SynapseGroups": "synapses.", "NeuronGroups": "neurons."}.get(node.attr)
        return None

    @staticmethod
    def tag_in(arguments, otherwise: str) -> str:
        first = arguments[0] if arguments else None
        if (
            isinstance(first, ast.Constant)
            and isinstance(first.value, str)
            and first.value != "All"
        ):
            return first.value
        return otherwise

    def variable_of(self, node):
        """The variable that `node` names; None where it is something else."""
        if isinstance(node, ast.Name):
            return self.aliases.get(node.id)
        if not isinstance(node, ast.Attribute):
            return None
        prefix = self.prefix_of(node.value)
        if prefix is None or node.attr in _CORE_OBJECTS or _is_core_name(node.attr):
            return None
        return prefix + node.attr

    # -- what happens to it

    def reads(self, name: str) -> None:
        # What this behavior has just made itself comes from nobody else.
        if not (self.is_start and name in self.module.created):
            self.module.inputs.setdefault(name)
        if not self.is_start:
            self.module.read_each_iteration.add(name)

    def writes(self, name: str, whole: bool) -> None:
        if not whole:
            self.reads(name)
        self.module.outputs.setdefault(name)
        if self.is_start and whole:
            self.module.created.add(name)

    def target(self, node) -> None:
        if isinstance(node, (ast.Tuple, ast.List)):
            for item in node.elts:
                self.target(item)
        elif isinstance(node, ast.Attribute) and (name := self.variable_of(node)):
            self.writes(name, whole=True)
        elif isinstance(node, ast.Subscript):
            self.visit(node.slice)
            if name := self.variable_of(node.value):
                self.writes(name, whole=False)
        else:
            self.visit(node)

    def visit_Assign(self, node):  # noqa: N802
        self.visit(node.value)
        for item in node.targets:
            if isinstance(item, ast.Name):
                self.bind(item.id, node.value)
            else:
                self.target(item)

    def visit_AnnAssign(self, node):  # noqa: N802
        if node.value is not None:
            self.visit(node.value)
            self.target(node.target)

    def bind(self, local: str, value) -> None:
        self.objects.pop(local, None)
        self.aliases.pop(local, None)
        if (prefix := self.prefix_of(value)) is not None:
            self.objects[local] = prefix
        elif name := self.variable_of(value):
            self.aliases[local] = name

    def visit_AugAssign(self, node):  # noqa: N802
        self.visit(node.value)
        place = node.target.value if isinstance(node.target, ast.Subscript) else node.target
        if name := self.variable_of(place):
            self.writes(name, whole=False)

    def loop(self, target, source) -> None:
        self.visit(source)
        prefix = self.member_prefix(source)
        if prefix is not None and isinstance(target, ast.Name):
            self.objects[target.id] = prefix

    def visit_For(self, node):  # noqa: N802
        self.loop(node.target, node.iter)
        for statement in node.body + node.orelse:
            self.visit(statement)

    def visit_ListComp(self, node):  # noqa: N802
        for generator in node.generators:
            self.loop(generator.target, generator.iter)
        self.generic_visit(node)

    visit_GeneratorExp = visit_SetComp = visit_DictComp = visit_ListComp  # noqa: N815

    def visit_Attribute(self, node):  # noqa: N802
        if name := self.variable_of(node):
            self.reads(name)
        self.visit(node.value)

    def visit_Call(self, node):  # noqa: N802
        function = node.func
        for keyword in node.keywords:
            if keyword.arg == "out" and (name := self.variable_of(keyword.value)):
                self.writes(name, whole=False)
        if isinstance(function, ast.Attribute):
            self.method_call(node, function)
        elif isinstance(function, ast.Name) and function.id in ("setattr", "getattr", "hasattr"):
            self.attribute_call(node, function.id)
        self.generic_visit(node)

    def method_call(self, node, function) -> None:
        if (name := self.variable_of(function.value)) and function.attr in _CHANGING_METHODS:
            self.writes(name, whole=False)
        prefixes = [self.prefix_of(argument) for argument in node.args]
        if isinstance(function.value, ast.Name) and function.value.id == self.me:
            if function.attr in _PARAMETER_METHODS:
                self.parameter(node)
            elif any(prefix is not None for prefix in prefixes):
                reader = _Reader(self.cls, self.module, self.is_start, self.depth + 1)
                reader.method(function.attr, prefixes)
        elif (
            isinstance(function.value, ast.Call)
            and getattr(function.value.func, "id", "") == "super"
        ):
            reader = _Reader(self.cls, self.module, self.is_start, self.depth + 1)
            reader.method(function.attr, prefixes, after=self.owner)

    def parameter(self, node) -> None:
        name = self.tag_in(node.args, "")
        default = node.args[1] if len(node.args) > 1 else None
        if name and not name.startswith("arg_"):
            is_plain = isinstance(default, ast.Constant)
            self.module.attributes.setdefault(name, default.value if is_plain else None)

    def attribute_call(self, node, function: str) -> None:
        if len(node.args) < 2 or (prefix := self.prefix_of(node.args[0])) is None:
            return
        name = self.tag_in([node.args[1]], "")
        if name and not _is_core_name(name):
            self.writes(prefix + name, whole=True) if function == "setattr" else self.reads(
                prefix + name
            )
