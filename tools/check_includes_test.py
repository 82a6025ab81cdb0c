"""The include check finds what it is there to find: violations planted in a small tree."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

TOOL = Path(__file__).parent / "check_includes.py"
SPEC = importlib.util.spec_from_file_location("check_includes", TOOL)
check_includes = importlib.util.module_from_spec(SPEC)
sys.modules["check_includes"] = check_includes  # dataclass looks its module up there
SPEC.loader.exec_module(check_includes)


@pytest.fixture
def tree(tmp_path):
    """A tree without a fault: base <- array <- core, with one private header."""
    plant(tmp_path, "include/monnto/base/error.hpp", "#include <string>")
    plant(tmp_path, "include/monnto/array/array.hpp", "#include <monnto/base/error.hpp>")
    plant(tmp_path, "src/array/node.hpp", "#include <vector>")
    plant(tmp_path, "src/array/array.cpp", '#include "node.hpp"\n#include <fmt/format.h>')
    plant(tmp_path, "src/core/network.cpp", "#include <monnto/array/array.hpp>")
    return tmp_path


def plant(root, path, text):
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text + "\n")


def test_a_clean_tree_has_no_violation(tree):
    assert check_includes.check(tree) == []


@pytest.mark.parametrize(
    ("path", "text", "complaint"),
    [
        ("src/base/error.cpp", "#include <monnto/array/array.hpp>", "but not 'array'"),
        ("include/monnto/array/net.hpp", "#include <monnto/core/network.hpp>", "but not 'core'"),
        ("src/jit/jit.cpp", "  #  include <monnto/core/network.hpp>", "but not 'core'"),
        ("src/core/group.cpp", '#include "node.hpp"', "no private header"),
        ("src/core/group.cpp", '#include "../array/node.hpp"', "no private header"),
        ("include/monnto/array/a.hpp", '#include "node.hpp"', "cannot reach"),
        ("include/monnto/array/a.hpp", "#include <fmt/format.h>", "may not have this library"),
        ("src/core/group.cpp", "#include <monnto/monnto.hpp>", "for programs of users"),
        ("src/surprise/a.cpp", "#include <vector>", "missing in ARROWS"),
        ("python/bindings/b.cpp", "#include <monnto/array/gone.hpp>", "no public header"),
    ],
)
def test_a_planted_violation_is_found(tree, path, text, complaint):
    plant(tree, path, "// a line before it\n" + text)
    problems = check_includes.check(tree)
    assert len(problems) == 1
    assert complaint in problems[0]
    if "ARROWS" not in complaint:
        assert problems[0].startswith(f"{path}:2: ")


def test_a_circle_of_arrows_is_refused():
    with pytest.raises(ValueError, match="a -> b -> a"):
        check_includes.reachable({"a": ("b",), "b": ("a",)})
