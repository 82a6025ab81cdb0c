"""Bugs planted on purpose, one at a time, to show that a test catches them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Bug:
    """One replacement in one source file; the text must occur exactly once."""

    claim: str
    path: str
    text: str
    planted: str

    def occurrences(self, tree: Path = ROOT) -> int:
        return (tree / self.path).read_text().count(self.text)

    def source(self, tree: Path = ROOT) -> str:
        """The file with the bug in it."""
        if self.occurrences(tree) != 1:
            raise ValueError(f"{self.path} does not contain exactly once: {self.text}")
        return (tree / self.path).read_text().replace(self.text, self.planted)


def report(bugs: Iterable[Bug], catch: Callable[[Bug], str]) -> int:
    """Prints one line per bug; `catch` says how a bug was caught, or nothing. 1 if one survives."""
    caught = count = 0
    for bug in bugs:
        how = catch(bug)
        count += 1
        caught += bool(how)
        print(f"{'caught  ' if how else 'SURVIVED'}  {bug.claim}  {how}".rstrip(), flush=True)
    print(f"{caught} of {count} planted bugs caught")
    return int(caught != count)
