"""Check names that look the same but are not: written in full and half width, or in other forms of the same letters."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.errors import Finding
from hubspoke.inputs.files.source import PLACED
from hubspoke.inputs.tables.findings import FILE, ROW, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.inputs.tables.survey import Survey

NAMED: tuple[tuple[str, tuple[str, ...]], ...] = (("id", (*PLACED, "overseas")), ("city_code", ("cities",)))
"""Columns whose cells name a row, and the tables in which they stand."""
SHARED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("operator", ("sites", "hubs", "refineries")),
    ("ground", ("hubs", "refineries")),
    ("region", PLACED),
)
"""Columns whose cells say what rows belong together."""


def find_alike(found: Survey) -> Iterator[Finding]:
    """Yield a warning for the first row of each name that looks like an earlier one, in any of the tables."""
    for column, tables in NAMED:
        yield from _find_in(found, column, tables, "give one of the two another name, or correct its letters")
    for column, tables in SHARED:
        yield from _find_in(found, column, tables, "write both in the same letters, if they mean the same")


def _find_in(found: Survey, column: str, tables: tuple[str, ...], cure: str) -> Iterator[Finding]:
    """Yield the warnings of one column over several tables."""
    frames = [found.tables[table] for table in tables if column in found.tables[table]]
    if all("".join(frame[column].tolist()).isascii() for frame in frames):  # which has one form alone
        return
    first: dict[str, tuple[str, str, int]] = {}
    told: set[str] = set()
    for frame in frames:
        names, rows = frame[column].tolist(), frame[ROW].to_numpy(np.int64).tolist()
        for name, file, row in zip(names, frame[FILE].tolist(), rows, strict=True):
            plain = unicodedata.normalize("NFKC", name)
            earlier, where, at = first.setdefault(plain, (name, file, row))
            if earlier != name and name not in told:
                told.add(name)
                problem = (
                    f"{show(name)} looks like {show(earlier)} in row {at} of {where}, but is written in other letters "
                    f"({_spell(name, earlier)})"
                )
                yield Finding(file, row, column, problem, cure, fatal=False, kind="alike")


def _spell(name: str, other: str) -> str:
    """Return the code points of the first letter in which two names differ."""
    at = next((at for at, pair in enumerate(zip(name, other, strict=False)) if len(set(pair)) > 1), -1)
    one, two = (text[at] if at >= 0 else text[min(len(name), len(other)) :][:1] for text in (name, other))
    return " / ".join(f"U+{ord(letter):04X}" for letter in (one, two) if letter)
