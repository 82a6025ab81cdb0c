"""Reads the code of a behavior's iteration, with the objects at hand that it works on."""

from __future__ import annotations

import ast
import builtins
import inspect
from functools import cache
from pathlib import Path

from monnto.behavior import Behavior
from monnto.static_proof.allowed import METHODS, MODULES, is_harmless_function
from monnto.static_proof.parts import Parts
from monnto.static_proof.source import tree_of
from monnto.static_proof.values import PLAIN, NotProven, is_network_part, is_ours, is_safe

_DEEPEST = 8  # functions that call each other
_OF_VALUES = (ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_OF_MEMORY = {"base", "ctypes", "data", "flags", "strides"}  # where an Array lies, for all we know


class Walker:
    """Expressions give the value that a name stands for, or `PLAIN` for computed ones."""

    def __init__(self, behavior, owner, parts: Parts, proof):
        self.behavior = behavior
        self.owner = owner
        self.parts = parts
        self.guards = proof.guards
        self.premises = proof.premises
        self.proof = proof
        self.function = None
        self.locals: dict = {}
        self.depth = 0

    # -- functions

    def call(self, function, arguments: list, depth: int):
        """Walks through the body of a plain function."""
        if depth > _DEEPEST:
            raise NotProven(f"{function.__name__} calls itself")
        definition = tree_of(function)
        if definition is None:
            raise NotProven(f"the source of {function.__name__} cannot be read")
        spec = definition.args
        if spec.vararg or spec.kwarg or spec.kwonlyargs or spec.posonlyargs:
            raise NotProven(f"{function.__name__} takes arguments of its own kind", definition)
        names = [each.arg for each in spec.args]
        kept = self.function, self.locals, self.depth
        self.function, self.depth = function, depth
        # Defaults are computed once, when the function was defined.
        self.locals = dict.fromkeys(names, PLAIN) | dict(zip(names, arguments, strict=False))
        for default in function.__defaults__ or ():
            self.need_safe(default, definition, "a default argument")
        self.locals |= dict.fromkeys(_stored_names(definition), PLAIN)
        self.block(definition.body)
        self.function, self.locals, self.depth = kept
        return PLAIN

    def file(self) -> str:
        """Of the function that it is in."""
        return Path(self.function.__code__.co_filename).name

    # -- statements

    def block(self, statements: list) -> None:
        for statement in statements:
            walk = getattr(self, f"do_{type(statement).__name__.lower()}", None)
            if walk is None:
                raise NotProven(
                    f"'{type(statement).__name__.lower()}' is not looked through", statement
                )
            walk(statement)

    def do_pass(self, node):
        pass

    do_break = do_continue = do_pass

    def do_expr(self, node):
        self.see(node.value)

    def do_return(self, node):
        if node.value is not None:
            self.see(node.value)

    def do_assign(self, node):
        self.see(node.value)
        for target in node.targets:
            self.store(target)

    def do_annassign(self, node):
        if node.value is not None:
            self.see(node.value)
            self.store(node.target)

    def do_augassign(self, node):
        self.see(node.value)
        if not isinstance(node.target, ast.Name):
            self.see(node.target)
        self.store(node.target)

    def do_if(self, node):
        self.see(node.test)
        self.block(node.body)
        self.block(node.orelse)

    def do_for(self, node):
        self.see(node.iter)
        self.store(node.target)
        self.block(node.body)
        self.block(node.orelse)

    def store(self, target) -> None:
        if isinstance(target, ast.Name):
            return  # a local: what it holds is plain, or see() had refused it
        if isinstance(target, (ast.Tuple, ast.List)):
            for each in target.elts:
                self.store(each)
        elif isinstance(target, ast.Subscript):
            self.see(target.value)
            self.see(target.slice)
        elif isinstance(target, ast.Attribute):
            self.store_attribute(target)
        else:
            raise NotProven("an assignment that is not looked through", target)

    def store_attribute(self, target) -> None:
        base = self.value_of(target.value)
        if base is self.behavior or is_network_part(base):
            is_special = self.guards.class_member(type(base), target.attr) is not None
        else:
            is_special = self.parts.have_member(target.attr)
            self.premises.note_stored(target.attr)
        if base is not self.behavior:
            self.need_safe(base, target)
        if is_special:
            raise NotProven(f"sets '{target.attr}'", target, lasts=False)

    # -- expressions

    def see(self, node):
        """The value of an expression, which must be safe to compute with."""
        value = self.value_of(node)
        self.need_safe(value, node)
        return value

    def need_safe(self, value, node, what: str = "", lasts: bool = True) -> None:
        if value is self.behavior:
            raise NotProven("hands itself on", node)
        if not is_safe(value):
            what = what or (ast.unparse(node) if isinstance(node, ast.expr) else "something")
            raise NotProven(f"{what} is a {type(value).__name__}", node, lasts)

    def value_of(self, node):
        look = getattr(self, f"of_{type(node).__name__.lower()}", None)
        if look is None:
            raise NotProven(f"'{type(node).__name__.lower()}' is not looked through", node)
        return look(node)

    def all_of(self, *nodes):
        for node in nodes:
            if node is not None:
                self.see(node)
        return PLAIN

    def of_constant(self, node):
        return node.value

    def of_binop(self, node):
        return self.all_of(node.left, node.right)

    def of_unaryop(self, node):
        return self.all_of(node.operand)

    def of_boolop(self, node):
        return self.all_of(*node.values)

    def of_compare(self, node):
        if not all(isinstance(each, _OF_VALUES) for each in node.ops):
            self.proof.is_of_all = False  # two names of one array may part in the first iteration
        return self.all_of(node.left, *node.comparators)

    def of_ifexp(self, node):
        return self.all_of(node.test, node.body, node.orelse)

    def of_subscript(self, node):
        return self.all_of(node.value, node.slice)

    def of_slice(self, node):
        return self.all_of(node.lower, node.upper, node.step)

    def of_tuple(self, node):
        return self.all_of(*node.elts)

    of_list = of_tuple

    def of_listcomp(self, node):
        for each in node.generators:
            self.all_of(each.iter, *each.ifs)
        return self.all_of(node.elt)

    of_generatorexp = of_listcomp

    def of_name(self, node):
        if node.id in self.locals:
            return self.locals[node.id]
        function = self.function
        if node.id in function.__code__.co_freevars:
            at = function.__code__.co_freevars.index(node.id)
            value = self.guards.cell_value(function.__closure__[at])
            self.premises.are_of_one_network |= is_network_part(value)
            return value
        if node.id in function.__globals__:
            return self.guards.global_value(function.__globals__, node.id)
        if hasattr(builtins, node.id):
            self.guards.no_global(function.__globals__, node.id)
            return self.guards.global_value(vars(builtins), node.id)
        raise NotProven(f"nothing is called {node.id}", node)

    def of_attribute(self, node):
        base = self.value_of(node.value)
        if base is self.behavior:
            return self.behavior_attribute(node)
        if inspect.ismodule(base):
            return self.module_attribute(base, node)
        self.need_safe(base, node.value)
        if node.attr in _OF_MEMORY:
            self.proof.is_of_all = False
        if is_network_part(base):
            value = self.parts.attribute_of(base, node.attr)
            is_owner = base is self.owner
            if is_owner:
                self.premises.note_owner(node.attr, value)
            self.need_safe(value, node, lasts=is_owner)
            return value
        self.need_safe(self.parts.unsafe_value(node.attr), node, lasts=False)
        self.premises.note_safe(node.attr)
        return PLAIN

    def behavior_attribute(self, node):
        name, cls = node.attr, type(self.behavior)
        member = self.guards.class_member(cls, name)
        if isinstance(member, property) or hasattr(member, "__set__"):
            raise NotProven(f"self.{name} is a property", node)
        if name in vars(self.behavior):
            value = getattr(self.behavior, name)  # watched by the engine
            self.premises.note_behavior(name, value)
            return value
        self.premises.note_behavior(name)
        if not hasattr(self.behavior, name):
            raise NotProven(f"self.{name} is not there yet", node)
        return getattr(cls, name)

    def module_attribute(self, module, node):
        if module.__name__ not in MODULES:
            raise NotProven(f"{ast.unparse(node)} is of the module {module.__name__}", node)
        return getattr(module, node.attr)

    # -- calls

    def of_call(self, node):
        for each in node.args:
            self.see(each)
        for each in node.keywords:
            if each.arg is None:
                raise NotProven("a call with ** is not looked through", node)
            self.see(each.value)
        target = node.func
        if isinstance(target, ast.Attribute):
            if _is_super(target.value):
                return self.inherited_call(node)
            base = self.value_of(target.value)
            if base is not self.behavior and not inspect.ismodule(base):
                return self.method(base, node)
        function = self.value_of(target)
        if inspect.isfunction(function):
            return self.own_call(function, node)
        if not _hashable(function) or not is_harmless_function(function):
            raise NotProven(f"calls {ast.unparse(target)}", node)
        return PLAIN

    def method(self, base, node):
        self.need_safe(base, node.func.value)
        if node.func.attr not in METHODS or isinstance(base, type):
            raise NotProven(f"calls {ast.unparse(node.func)}", node)
        # Of any part, although the object may be known: methods are seldom hidden by variables.
        if self.parts.have_variable(node.func.attr):
            raise NotProven(f"calls {node.func.attr}, a variable of a group", node, lasts=False)
        self.premises.note_method(node.func.attr)
        return PLAIN

    def inherited_call(self, node):
        """`super().iteration(n)`: of a class of the script, of the library, or the empty one."""
        name, classes = node.func.attr, type(self.behavior).__mro__
        at = self.function.__code__.co_freevars.index("__class__")
        above = classes[classes.index(self.function.__closure__[at].cell_contents) + 1 :]
        owner = next((cls for cls in above if name in vars(cls)), None)
        if owner is Behavior:
            return PLAIN
        if owner is not None and name == "iteration" and self.guards.class_value(owner, "static"):
            return PLAIN
        if owner is None or is_ours(owner):
            raise NotProven(f"calls {ast.unparse(node.func)}", node)
        function = self.guards.class_member(owner, name)
        return self.call(function, [self.behavior], self.depth + 1)

    def own_call(self, function, node):
        """A method of the behavior or a function of the script: its body is looked through."""
        is_method = isinstance(node.func, ast.Attribute)
        if _is_ours_by_name(function):
            raise NotProven(f"calls {ast.unparse(node.func)}", node)
        arguments = [self.behavior] if is_method else []
        return self.call(function, arguments, self.depth + 1)


def _is_ours_by_name(function) -> bool:
    return (function.__module__ or "").partition(".")[0] == "monnto"


def _is_super(node) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "super"
        and not node.args
    )


@cache
def _stored_names(definition: ast.FunctionDef) -> frozenset:
    names = [node for node in ast.walk(definition) if isinstance(node, ast.Name)]
    return frozenset(node.id for node in names if isinstance(node.ctx, (ast.Store, ast.Del)))


def _hashable(value) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True
