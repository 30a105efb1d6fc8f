"""Find values of settings that state another unit than those that they replace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.base.errors import Finding
from hubspoke.settings.quantity import is_quantity_table
from hubspoke.settings.reading.faults import find_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def find_other_units(base: Mapping[str, Any], new: Mapping[str, Any], file: str, text: str) -> list[Finding]:
    """Return a finding for each new value that states another unit than the one it replaces.

    Parameters
    ----------
    base, new : mapping
        Settings as TOML tables, before the changes, and what is laid over them.
    file, text : str
        Name and text of the file that states the new values.

    Returns
    -------
    list of Finding
    """
    findings = []
    for path, unit, stated in _walk_units(base, new, ()):
        if unit != stated:
            problem, cure = f"the unit is {stated!r}", f"state the value in {unit!r}"
            dotted = ".".join(path)
            findings.append(Finding(file, find_line(text, path), dotted, problem, cure, kind="unit"))
    return findings


def _walk_units(
    base: Mapping[str, Any], new: Mapping[str, Any], path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    for key, value in new.items():
        old = base.get(key)
        if isinstance(value, dict) and isinstance(old, dict):
            if is_quantity_table(old):
                yield (*path, key), old.get("unit"), value.get("unit", old.get("unit"))
            else:
                yield from _walk_units(old, value, (*path, key))
