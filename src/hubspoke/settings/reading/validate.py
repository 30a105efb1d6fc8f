"""Validate settings so that all that is wrong is found at once, also behind rules that stop at the first fault."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from hubspoke.settings.reading.faults import explain_all
from hubspoke.settings.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hubspoke.base.errors import Finding

MOST_ROUNDS = 50
"""Times that settings are looked at again with what was wrong put right."""


def validate(
    merged: Mapping[str, Any],
    base: Mapping[str, Any],
    known: Iterable[Finding] = (),
    *,
    file: str,
    text: str,
    changed: Mapping[str, Any],
) -> tuple[Settings | None, list[Finding]]:
    """Return the settings that a table of values states, or everything that is wrong in it.

    A rule between keys is not asked while one of its section is wrong, and tells one fault at a time. Therefore what is
    wrong is put right, by what ships, and the settings are looked at again, until nothing more is found. What is said
    then of a key that was put right is no fault of the planner's, and left out.

    Parameters
    ----------
    merged : mapping of str to any
        Nested tables.
    base : mapping of str to any
        Those that ship, or others without a fault.
    known : iterable of Finding
        What was found before; their keys are put right first.
    file, text : str
        Name and text of the planner's settings.
    changed : mapping of str to any
        Changes over that file, as nested tables.

    Returns
    -------
    settings : Settings or None
        None where there is any fault.
    findings : list of Finding
    """
    findings: list[Finding] = []
    mended = [finding.column.split(".") for finding in known if finding.fatal]
    values = _put_all_right(merged, base, mended)
    for _ in range(MOST_ROUNDS):
        try:
            settings = Settings.model_validate(values)
        except ValidationError as error:
            new = list(explain_all(error.errors(), file, text, changed))
        else:
            return (None if mended else settings), findings
        findings += [finding for finding in new if not _rests_on(finding, mended)]
        paths = [path for finding in new if (path := finding.column.split(".")) not in mended]
        if not paths:
            break
        mended += paths
        values = _put_all_right(values, base, paths)
    return None, findings


def _rests_on(finding: Finding, mended: list[list[str]]) -> bool:
    """Return whether what is found may come of a key that was put right: it holds it, or speaks of it."""
    path = finding.column.split(".")
    return any(
        path == one[: len(path)] or re.search(rf"\b{re.escape(one[-1])}\b", finding.problem) is not None
        for one in mended
    )


def _put_all_right(values: Mapping[str, Any], base: Mapping[str, Any], paths: list[list[str]]) -> dict[str, Any]:
    """Return tables with some keys as they are in others."""
    right = copy.deepcopy(dict(values)) if paths else dict(values)
    for path in paths:
        _put_right(right, base, path)
    return right


def _put_right(values: dict[str, Any], base: Mapping[str, Any], path: list[str]) -> None:
    """Set a key to what it is in other tables, in place, or leave it out where they have none."""
    *parents, last = path
    table: Any = values
    right: Any = base
    for key in parents:
        table = table.get(key) if isinstance(table, dict) else None
        right = right.get(key) if isinstance(right, dict) else None
    if not isinstance(table, dict):
        return
    if isinstance(right, dict) and last in right:
        table[last] = copy.deepcopy(right[last])
    else:
        table.pop(last, None)
