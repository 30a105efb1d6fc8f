"""The futures of a study: what may come, and how likely each is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.analysis.decisions.robust.scenarios import list_possible
from hubspoke.base.errors import Finding, InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hubspoke.analysis.decisions.robust.scenarios import Possible
    from hubspoke.analysis.study.stated import Stated
    from hubspoke.inputs.shared import SharedInput
    from hubspoke.settings.settings import Settings

NAMED = {"scenarios": "scenario", "supply": "supply.scenario", "costs": "costs.level"}
"""Keys that name futures, and the settings that they change."""


def read_futures(
    stated: Stated, source: SharedInput, settings: Settings, changes: Mapping[str, Any]
) -> tuple[tuple[Possible, ...], list[Finding]]:
    """Return what may come, and a finding for each name or weight that makes no sense.

    Parameters
    ----------
    stated : Stated
    source : SharedInput
    settings : Settings
        With the changes that hold in all of them.
    changes : mapping of str to any
        These changes.

    Returns
    -------
    tuple of Possible
        All scenarios of the tonnes, that of the settings first, where none are named; none where there are fewer
        than two.
    list of Finding
    """
    given = {key: list(stated.common[key]) for key in NAMED if key in stated.common}
    found = [one for key, names in given.items() for one in _check_names(stated.file, key, names, source, changes)]
    if not given:
        here = settings.supply.scenario
        given["supply"] = [here, *(name for name in settings.supply.scenarios if name != here)]
        if len(given["supply"]) < 2:
            return (), _too_few(stated, [])
    count = 1
    for names in given.values():
        count *= max(len(names), 1)
    if count < 2:
        return (), found or _too_few(stated, list(given))
    try:
        possible = list_possible(
            given.get("scenarios", ()),
            given.get("supply", ()),
            given.get("costs", ()),
            stated.common.get("weights"),
            changes,
        )
    except UsageError as error:
        cure = "write one for each future, scenarios outermost and costs innermost"
        return (), [*found, Finding(stated.file, 0, "weights", str(error), cure, kind="study-weights")]
    return (() if found else possible), found


def _too_few(stated: Stated, named: list[str]) -> list[Finding]:
    """Return a finding where futures are named or weighed, and there is one alone."""
    keys = [*named, *(["weights"] if "weights" in stated.common else [])]
    problem, cure = "one future alone is nothing to compare", "name two or more, or leave it out"
    return [Finding(stated.file, 0, key, problem, cure, kind="study-futures") for key in keys]


def _check_names(
    file: str, key: str, names: list[str], source: SharedInput, changes: Mapping[str, Any]
) -> Iterator[Finding]:
    for name in names:
        if key == "scenarios" and not name:
            continue
        try:
            source.settings({**changes, NAMED[key]: name})
        except InputError as error:
            for one in error.findings:
                yield Finding(file, 0, key, one.problem, one.cure, kind="study-future")
