"""What a proof relies on and nobody tells the engine about: globals, closures, class attributes.

Attributes of behaviors and groups are watched by the engine. A global number is not: it is looked at
again whenever a run begins.
"""

from __future__ import annotations

from monnto import _engine

_MISSING = object()


class Guards:
    """Where the values came from that a proof took for given, with these values."""

    def __init__(self):
        self._of_dicts = {}  # (id of the dict, name): (dict, name, value)
        self._of_cells = {}
        self._of_classes = {}

    def global_value(self, names: dict, name: str):
        value = names[name]
        self._of_dicts[id(names), name] = (names, name, value)
        return value

    def no_global(self, names: dict, name: str) -> None:
        """A name of Python's own, until the script makes one of it."""
        self._of_dicts[id(names), name] = (names, name, _MISSING)

    def cell_value(self, cell):
        value = cell.cell_contents
        self._of_cells[id(cell)] = (cell, value)
        return value

    def class_value(self, cls: type, name: str):
        self.class_member(cls, name)
        return getattr(cls, name)

    def class_member(self, cls: type, name: str):
        """What the class has under that name, or None."""
        member = _engine.class_member(cls, name)
        self._of_classes[cls, name] = member
        return member

    def hold(self) -> bool:
        """Whether all of it is still what it was."""
        for cell, value in self._of_cells.values():
            if _content(cell) is not value:
                return False
        return _engine.are_entries(self._of_dicts, _MISSING) and _engine.are_members(
            self._of_classes
        )


def _content(cell):
    try:
        return cell.cell_contents
    except ValueError:  # emptied
        return _MISSING
