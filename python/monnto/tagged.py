"""Tags: the names by which parts of a network are found."""

from __future__ import annotations

from numbers import Number

from monnto import _engine

# Once there is a network of the torch dialect: shows its recordings as tensors.
after_search = None
# Classes of the user that override find_objects.
_finders: list[type] = []


def as_numpy(match):
    """A search result as a new ndarray, as `obj['tag', 0, 'np']` promises."""
    import numpy as np

    return np.array(match)


class Tagged:
    """Base of everything that carries tags: networks, groups, behaviors, analysis modules.

    ``obj['tag']`` lists all matches, ``obj['tag', 0]`` is the first of them (None where there is
    none), ``obj['tag', 0, 'np']`` an ndarray of it, ``obj[3]`` the behaviors under key 3, and
    ``obj[Class]`` everything of that class.
    """

    @property
    def tags(self) -> list[str]:
        return self._core.tags

    @property
    def tag(self) -> str:
        tags = self._core.tags
        return tags[0] if tags else ""

    def add_tag(self, tags: str):
        """Append comma-separated tags; returns self."""
        self._core.add_tag(tags)
        return self

    def __getitem__(self, key):
        if type(key) is str:
            found = self._core.find_all(key)
            if _finders:
                found = [*found, *self._found_by_finders(key)]
            return found if after_search is None else after_search(self, found)
        if isinstance(key, tuple):
            return self._pick(*key)
        if isinstance(key, type):
            return [match for match in self._everything() if isinstance(match, key)]
        if isinstance(key, Number):
            return self._core.behaviors_at(float(key))
        raise TypeError(f"search for a tag, a number or a class, not {type(key).__name__}")

    def __contains__(self, key) -> bool:
        return bool(self[key])

    def __iter__(self):
        raise TypeError(f"{type(self).__name__} is searched by tag, obj['tag'], and not iterable")

    def find_objects(self, key) -> list:
        """Override it to answer searches for `key` with objects of your own, behind all others."""
        return []

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if "find_objects" in cls.__dict__:
            _finders.append(cls)

    def _found_by_finders(self, key) -> list:
        known = tuple(_finders)
        parts = (part for part in self._everything() if isinstance(part, known))
        return [match for part in parts for match in part.find_objects(key)]

    def _pick(self, key, index=0, form=None):
        matches = self[key]
        if index == "np":
            return [as_numpy(match) for match in matches]
        if not matches:
            return as_numpy(None) if form == "np" else None
        match = matches[index]
        if form == "np":
            return as_numpy(match)
        if form is not None:
            raise ValueError(f"obj[tag, index, 'np']: the last part is 'np', not {form!r}")
        return match

    def get(self, key, first=True, numpy=True):
        """The same as ``self[key]``."""
        return self[key]

    def has_module(self, tag) -> bool:
        return self[tag, 0] is not None

    def set_tag_attrs(self, tag, attr, value) -> None:
        """Set an attribute of every match."""
        for match in self[tag]:
            setattr(match, attr, value)

    def call_tag_functions(self, tag, attr, **kwargs) -> list:
        """Call a method of every match; returns the results."""
        return [getattr(match, attr)(**kwargs) for match in self[tag]]

    def clear_cache(self) -> None:
        """Searches are always up to date; kept for scripts that call it."""

    def _everything(self) -> list:
        """This object and all below it, in the order of searches."""
        return [self]

    def _refuse_unknown(self, key: str):
        known = self._core.known_tags()
        nearest = _engine.nearest_name(key, known)
        raise unknown_name("tag", key, self._core.description(), nearest, known)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {', '.join(map(repr, self.tags[:-1] or self.tags))}>"


def unknown_name(kind: str, name: str, where: str, nearest: str, known=()) -> Exception:
    """The UnknownName that the engine would raise, with its fields."""
    hint = f"; did you mean '{nearest}'?" if nearest else ""
    if not nearest and known:
        hint = f"; it has: {', '.join(sorted(known)[:12])}"
    error = _engine.UnknownName(f"{where} has no {kind} '{name}'{hint}")
    error.kind, error.name, error.nearest = kind, name, nearest
    return error


def bad_parameter(name: str, value, would_do: str) -> Exception:
    """The BadParameter that the engine would raise, with its fields."""
    error = _engine.BadParameter(f"{name} = {value}: {would_do}")
    error.name, error.value = name, str(value)
    return error
