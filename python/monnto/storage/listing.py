"""Runs as a table, for the command line."""

from __future__ import annotations

import sys
from pathlib import Path

from monnto import _engine
from monnto.storage.folders import get_data_folder
from monnto.storage.group import StorageManagerGroup


def _folder(data) -> Path:
    folder = Path(data or get_data_folder(create_when_not_found=False))
    if not folder.is_dir():
        raise _engine.NothingStored(
            f"there is no folder {folder}; it is made by the first StorageManager('experiment')"
        )
    return folder


def print_experiments(data=None) -> None:
    """Each experiment with the number of its runs."""
    store = _engine.folder_store(str(_folder(data) / "StorageManager"))
    groups = store.groups()
    if not groups:
        print("no experiments yet: StorageManager('name') in a script makes the first run")
    width = max((len(name) for name in groups), default=0)
    for name in groups:
        count = len(store.names(name))
        print(f"{name:<{width}}  {count} run{'' if count == 1 else 's'}")


def print_runs(options) -> None:
    """The runs of one experiment, one line each."""
    folder = _folder(options.data)
    known = _engine.folder_store(str(folder / "StorageManager")).groups()
    if options.experiment not in known:
        nearest = _engine.nearest_name(options.experiment, known)
        hint = f"; did you mean '{nearest}'?" if nearest else ""
        raise _engine.NothingStored(f"no experiment '{options.experiment}' in {folder}{hint}")
    group = StorageManagerGroup("", options.experiment, folder)
    if options.sort:
        group.sort_by(options.sort)
    if options.where:
        group.StorageManagerList = group[options.where]
    names = options.show or [n for n in group.get_all_params() if n not in ("time", "info")]
    columns = [[sm.folder_name for sm in group], *(group.get_param_list(n) for n in names)]
    rows = [["run", *names], *([_text(v) for v in row] for row in zip(*columns))]
    _print_csv(rows) if options.csv else _print_table(rows)


def _text(value) -> str:
    if value is None:
        return ""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _print_csv(rows) -> None:
    import csv

    csv.writer(sys.stdout, lineterminator="\n").writerows(rows)


def _print_table(rows) -> None:
    texts = [[cell if len(cell) <= 40 else cell[:37] + "..." for cell in row] for row in rows]
    texts = [[cell.replace("\n", " ") for cell in row] for row in texts]
    widths = [max(map(len, column)) for column in zip(*texts)]
    for row in texts:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
