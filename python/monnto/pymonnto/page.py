"""The table of all names of PymoNNto: ``python -m monnto.pymonnto.page docs/pymonnto_names.md``."""

from __future__ import annotations

import sys
from pathlib import Path

from monnto.pymonnto.table import HOST, NATIVE, REASONS, REFUSED, members, modules, package_names


def _rows(names, where: str) -> list[str]:
    return [f"| `{n.name}` | {where} | {n.state} | {n.reason} |" for n in names]


def table() -> str:
    """The page as Markdown."""
    rows = _rows(package_names(), "`PymoNNto`")
    for path, module in modules().items():
        rows += _rows(module.names, f"`{path}`")
    member_rows = [
        f"| `{n.name}` | {owner} | {n.state} | {n.reason} |"
        for owner, names in members().items()
        for n in names
    ]
    everything = rows + member_rows
    counts = {s: sum(f"| {s} |" in row for row in everything) for s in (NATIVE, HOST, REFUSED)}
    reasons = "\n".join(f"* {reason}." for reason in REASONS.values())
    newline = "\n"
    return f"""# What there is of PymoNNto

Made by `python -m monnto.pymonnto.page`; do not edit. `python -m monnto script.py` maps these modules and names
([migration.md](migration.md)); `from monnto import *` gives the names of `from PymoNNto import *` and some of its own.

* **native** ({counts[NATIVE]} names): computed by the engine, in C++, where C++ programs find it as well.
* **host** ({counts[HOST]} names): Python, on arrays of the engine.
* **refused** ({counts[REFUSED]} names): can be imported, so that scripts get as far as they can; using one raises
  `NotInMonnto`, which says why:

{reasons}

## Names of modules

| name | in | how | why refused |
|---|---|---|---|
{newline.join(rows)}

## Methods and properties

| name | of | how | why refused |
|---|---|---|---|
{newline.join(member_rows)}
"""


def main(arguments: list[str]) -> int:
    if arguments:
        Path(arguments[0]).write_text(table())
    else:
        print(table())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
