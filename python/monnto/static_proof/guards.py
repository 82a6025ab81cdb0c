"""What a proof relies on and nobody tells the engine about: globals, closures, class attributes.

Attributes of behaviors and groups are watched by the engine. A global number is not: it is looked at
again whenever a run begins.
"""

from __future__ import annotations

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

    def cell_value(self, cell):
        value = cell.cell_contents
        self._of_cells[id(cell)] = (cell, value)
        return value

    def class_value(self, cls: type, name: str):
        value = getattr(cls, name)
        self._of_classes[cls, name] = value
        return value

    def update(self, other: Guards) -> None:
        self._of_dicts |= other._of_dicts
        self._of_cells |= other._of_cells
        self._of_classes |= other._of_classes

    def hold(self) -> bool:
        """Whether all of it is still what it was."""
        return (
            all(
                names.get(name, _MISSING) is value for names, name, value in self._of_dicts.values()
            )
            and all(_content(cell) is value for cell, value in self._of_cells.values())
            and all(
                getattr(cls, name, _MISSING) is value
                for (cls, name), value in self._of_classes.items()
            )
        )


def _content(cell):
    try:
        return cell.cell_contents
    except ValueError:  # emptied
        return _MISSING


def changed_guards(proofs: dict) -> bool:
    """Whether something that one of the proofs relies on has changed; they are then forgotten."""
    if all(guards.hold() for guards in proofs.values()):
        return False
    proofs.clear()
    return True
