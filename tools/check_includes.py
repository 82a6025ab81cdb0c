#!/usr/bin/env python3
"""Checks that modules include only what the architecture allows (docs/architecture.md).

    tools/check_includes.py [ROOT]

Reads the #include lines of include/monnto, src and python/bindings; prints one line per violation
and ends with code 1 if there is any.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

# Module: the modules just below it. What those may include, it may include too.
ARROWS: dict[str, tuple[str, ...]] = {
    "base": (),
    "array": ("base",),
    "jit": ("array",),
    "synapse": ("array",),
    "expression": ("array",),
    "core": ("expression", "synapse"),
    "structure": ("core",),
    "behaviors": ("structure",),
    "inputs": ("core",),
    "equations": ("core",),
    "recorders": ("core",),
    "storage": ("recorders",),
    "server": ("storage",),
    "evolution": ("base",),
}
INCLUDE = re.compile(r'^\s*#\s*include\s*(?:<([^>]+)>|"([^"]+)")')
SUFFIXES = {".hpp", ".cpp", ".h"}


@dataclass(frozen=True)
class Include:
    file: Path
    line: int
    target: str
    is_private: bool


def reachable(arrows: dict[str, tuple[str, ...]]) -> dict[str, set[str]]:
    """Every module with all that lies below it; ValueError where the arrows form a circle."""
    below: dict[str, set[str]] = {}

    def visit(module: str, above: tuple[str, ...]) -> set[str]:
        if module in above:
            raise ValueError("circle of modules: " + " -> ".join((*above, module)))
        if module not in below:
            found: set[str] = set()
            for used in arrows[module]:
                found |= {used} | visit(used, (*above, module))
            below[module] = found
        return below[module]

    for module in arrows:
        visit(module, ())
    return below


def includes_of(file: Path) -> list[Include]:
    found = []
    for number, text in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if match := INCLUDE.match(text):
            found.append(Include(file, number, match[1] or match[2], match[2] is not None))
    return found


def sources(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES)


def check_module(root: Path, module: str, below: dict[str, set[str]]) -> list[str]:
    """Violations of the public headers and the sources of one module."""
    public = root / "include" / "monnto" / module
    private = root / "src" / module
    if module not in below:
        return [f"module '{module}' is missing in ARROWS of tools/check_includes.py"]
    problems = []
    for file in sources(public) + sources(private):
        is_header_of_public = file.is_relative_to(public)
        for include in includes_of(file):
            problem = (
                private_problem(include, private, is_header_of_public)
                if include.is_private
                else public_problem(include, module, below, is_header_of_public)
            )
            if problem:
                place = file.relative_to(root)
                problems.append(f"{place}:{include.line}: {problem}")
    return problems


def private_problem(include: Include, private: Path, is_public: bool) -> str | None:
    if is_public:
        return f'"{include.target}": an installed header cannot reach a private one'
    places = (include.file.parent / include.target, private / include.target)
    if not any(p.is_file() and p.resolve().is_relative_to(private.resolve()) for p in places):
        return f'"{include.target}" is no private header of its own module'
    return None


def public_problem(
    include: Include, module: str, below: dict[str, set[str]], is_public: bool
) -> str | None:
    if not include.target.startswith("monnto/"):
        if is_public and re.search(r"[./]", include.target):
            return f"<{include.target}>: users of the package may not have this library"
        return None
    parts = include.target.split("/")
    if len(parts) == 2:
        return f"<{include.target}> includes every module; it is for programs of users"
    if parts[1] != module and parts[1] not in below[module]:
        allowed = ", ".join(sorted(below[module])) or "no other module"
        return f"'{module}' may include {allowed}, but not '{parts[1]}'"
    return None


def check(root: Path, arrows: dict[str, tuple[str, ...]] = ARROWS) -> list[str]:
    """Every violation below `root`, as `file:line: what is wrong`."""
    below = reachable(arrows)
    folders = [*(root / "src").glob("*/"), *(root / "include" / "monnto").glob("*/")]
    modules = sorted({folder.name for folder in folders if sources(folder)})
    problems = [problem for module in modules for problem in check_module(root, module, below)]
    for file in sources(root / "python" / "bindings"):
        for include in includes_of(file):
            target = root / "include" / include.target
            if include.target.startswith("monnto/") and not target.is_file():
                place = file.relative_to(root)
                problems.append(f"{place}:{include.line}: <{include.target}> is no public header")
    return problems


def main() -> int:
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent).resolve()
    problems = check(root)
    print("\n".join(problems) if problems else "Every module includes only what lies below it.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
