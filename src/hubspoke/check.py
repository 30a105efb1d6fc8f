"""Check a folder: every fault of its tables and between them, each with its place and cure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.survey import Survey, survey_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from hubspoke.errors import Finding

RULES: tuple[Callable[[Survey], Iterable[Finding]], ...] = ()


def check(folder: str | Path | None = None, *, changes: Mapping[str, Any] | None = None) -> tuple[Finding, ...]:
    """Give every finding of a folder, faults and warnings, sorted by file and row; never raise for bad input.

    Parameters
    ----------
    folder
        A planner's folder, workbook or GeoPackage; None for the data that ship with the package.
    changes
        Settings by dotted key, over those of the folder.
    """
    return tuple(sorted(survey_and_check(folder, changes).findings))


def survey_and_check(folder: str | Path | None, changes: Mapping[str, Any] | None) -> Survey:
    """Read a folder and apply every rule."""
    found = survey_folder(folder, changes)
    for rule in RULES:
        found.findings += rule(found)
    return found
