"""Settings that note which of their sections are read, so that what was computed from them can be used again.

Whoever computes something from settings alone and reads some sections only gets the same from all settings in which
these sections are the same. So the sections need not be listed by hand, where a list would grow old.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.settings.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

EVERYTHING = "*"
"""Stands for all sections, where settings were copied, listed or written as a whole."""
FIELDS = frozenset(Settings.model_fields)
NOTE = "_noted"


class RecordedSettings(Settings):
    """Settings that note the names of the sections that are read of them."""

    def __getattribute__(self, name: str) -> Any:
        """Return an attribute, and note it where it is a section, or shows them all."""
        if name in FIELDS:
            object.__getattribute__(self, "__dict__")[NOTE].add(name)
        elif name == "__dict__" or name.startswith(("model_", "__pydantic", "__copy", "__deepcopy")):
            object.__getattribute__(self, "__dict__")[NOTE].add(EVERYTHING)
        return object.__getattribute__(self, name)


def record(settings: Settings) -> tuple[RecordedSettings, set[str]]:
    """Return settings that note what is read of them, and the set in which they note it.

    Parameters
    ----------
    settings : Settings

    Returns
    -------
    settings : RecordedSettings
        Equal to those given.
    noted : set of str
        Names of sections, and `*` where all of them were looked at; grows as they are read.
    """
    noted: set[str] = set()
    made = RecordedSettings.__new__(RecordedSettings)
    own = {name: getattr(settings, name) for name in FIELDS}
    object.__setattr__(made, "__dict__", {**own, NOTE: noted})
    object.__setattr__(made, "__pydantic_fields_set__", set(FIELDS))
    object.__setattr__(made, "__pydantic_extra__", None)
    object.__setattr__(made, "__pydantic_private__", None)
    noted.clear()
    return made, noted


def sections_equal(one: Settings, other: Settings, names: Iterable[str]) -> bool:
    """Return whether two settings agree in some sections, to the last source.

    Parameters
    ----------
    one, other : Settings
    names : iterable of str
        Sections; `*` for all of them.
    """
    asked = set(names)
    for name in FIELDS if EVERYTHING in asked else asked:
        mine, theirs = getattr(one, name), getattr(other, name)
        if mine is not theirs and not _same(mine, theirs):
            return False
    return True


def _same(one: Any, other: Any) -> bool:
    """Return whether two values are equal; texts that go with numbers count, which comparing numbers passes over."""
    if hasattr(one, "model_dump") and hasattr(other, "model_dump"):
        return bool(one.model_dump() == other.model_dump())
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(_same(one[key], other[key]) for key in one)
    return bool(one == other)
