"""Writes python_trees.hpp: sentences of the grammar and the trees that Python's own parser gives them.

python tests/expression/make_python_trees.py > tests/expression/python_trees.hpp
"""

import ast
import random

SYMBOLS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%",
    ast.MatMult: "@", ast.Pow: "**", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^",
    ast.LShift: "<<", ast.RShift: ">>", ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=",
    ast.Gt: ">", ast.GtE: ">=", ast.And: "and", ast.Or: "or", ast.UAdd: "+", ast.USub: "-",
    ast.Invert: "~", ast.Not: "not",
}  # fmt: skip


class Outside(Exception):
    """A chain of comparisons: Python knows it, the grammar leaves it out."""


def literal(value):
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, float):
        return f"float:{value:g}"
    return "..." if value is ... else str(value)


def calls(head, *parts):
    return "(" + " ".join([head, *parts]) + ")"


def tree(node):
    """The notation of tree_text.hpp."""
    match node:
        case None:
            return "_"
        case ast.Constant(value):
            return literal(value)
        case ast.Name(name):
            return name
        case ast.Attribute(value, name):
            return calls("." + name, tree(value))
        case ast.BinOp(left, operation, right):
            return calls(SYMBOLS[type(operation)], tree(left), tree(right))
        case ast.UnaryOp(operation, operand):
            return calls(SYMBOLS[type(operation)], tree(operand))
        case ast.BoolOp(operation, [first, *others]):
            text = tree(first)
            for other in others:
                text = calls(SYMBOLS[type(operation)], text, tree(other))
            return text
        case ast.Compare(left, [operation], [right]):
            return calls(SYMBOLS[type(operation)], tree(left), tree(right))
        case ast.IfExp(test, then, otherwise):
            return calls("if", tree(test), tree(then), tree(otherwise))
        case ast.Tuple(items):
            return "<" + " ".join(map(tree, items)) + ">"
        case ast.List(items):
            return "[" + " ".join(map(tree, items)) + "]"
        case ast.Subscript(value, index):
            return calls("at", tree(value), tree(index))
        case ast.Slice(start, stop, step):
            return calls("slice", tree(start), tree(stop), tree(step))
        case ast.Call(function, arguments, keywords):
            named = [f"{keyword.arg}={tree(keyword.value)}" for keyword in keywords]
            return calls("call", tree(function), *map(tree, arguments), *named)
    raise Outside(ast.dump(node))


LEAVES = [
    "v",
    "n.u",
    "1",
    "0x1F",
    "1_000",
    "2.5",
    ".5e3",
    "'t'",
    "None",
    "True",
    "...",
    "()",
    "[]",
    "f()",
]
INFIX = "+ - * / // % @ ** & | ^ << >> < <= > >= == !=".split() + [" and ", " or "]


def sentence(rng, depth):
    if depth <= 0:
        return rng.choice(LEAVES)

    def part():
        return sentence(rng, depth - 1 - rng.randrange(2))

    shapes = [
        lambda: rng.choice("-~+") + part(),
        lambda: "not " + part(),
        lambda: f"{part()} if {part()} else {part()}",
        lambda: f"({part()})",
        lambda: f"f({part()}, k={part()})",
        lambda: f"({part()}).T",
        lambda: f"v[{part()}:{rng.choice(['', ':' + part()])}, {part()}]",
        lambda: f"v[{rng.choice(['', part()])}:{rng.choice(['', part()])}]",
        lambda: f"({part()},{rng.choice(['', part()])})",
        lambda: f"[{part()}, {part()}]",
        lambda: f"({part()})[{part()}]",
    ] + 9 * [lambda: part() + rng.choice(INFIX) + part()]
    return rng.choice(shapes)()


def examples(count):
    rng = random.Random(20261120)
    found = {}
    while len(found) < count:
        source = sentence(rng, rng.randrange(1, 6))
        try:
            expected = tree(ast.parse(source, mode="eval").body)
        except (SyntaxError, Outside):
            continue
        if len(source) < 120:
            found[source] = expected
    return found


def main():
    print("// Made by make_python_trees.py; do not edit.")
    print("#pragma once\n\nnamespace monnto::expression::support {\n")
    print("struct PythonTree {\n    const char* source;\n    const char* tree;\n};\n")
    print("// clang-format off\ninline constexpr PythonTree python_trees[] = {")
    for source, expected in examples(600).items():
        print(f'    {{R"~({source})~", R"~({expected})~"}},')
    print("};\n// clang-format on\n\n}  // namespace monnto::expression::support")


if __name__ == "__main__":
    main()
