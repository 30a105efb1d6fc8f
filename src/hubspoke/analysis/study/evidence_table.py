"""What speaks for each plant, as a table: a row for each plant, a column for each analysis."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from hubspoke.analysis.study.findings.evidence import ALL, ASIDE, IN_REGION, NONE
from hubspoke.analysis.study.findings.say import format_share
from hubspoke.analysis.study.findings.sentence import Figure
from hubspoke.analysis.study.stated import POLICIES
from hubspoke.outputs.report.blocks import Column, Named, Paragraph, Section, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from hubspoke.analysis.study.findings.evidence import Evidence
    from hubspoke.analysis.study.findings.gather import Found
    from hubspoke.analysis.study.findings.say import Speaker

    Tell = Callable[[Evidence], str]

UNKNOWN = "–"


def tell_evidence(found: Found, speaker: Speaker, words: Mapping[str, str]) -> Iterator[Section]:
    """Yield the section on what speaks for each plant; nothing where there is no plan.

    Parameters
    ----------
    found : Found
    speaker : Speaker
    words : mapping of str to str
        Those of the page.
    """
    known = [one for one in found.known if one.verdict != ASIDE]
    if not known:
        return
    policies = found.done.facts.get(POLICIES, {}).get("policies", ())
    tests = [
        (key, tell) for key, tell in _columns(speaker, words, policies) if any(tell(one) != UNKNOWN for one in known)
    ]
    columns = (
        Column(words["plant"]),
        Column(words["kind"]),
        Column(words["region"]),
        Column(words["verdict"]),
        *(Column(words[key], "number") for key, _ in tests),
    )
    rows: list[tuple[str | Named, ...]] = []
    for one in sorted(known, key=lambda one: (one.plant["kind"], one.plant["region"], one.plant["id"])):
        named = Named(speaker.shorten(str(one.plant["id"])), str(one.plant["id"]))
        cells = [tell(one) for _, tell in tests]
        rows.append(
            (
                named,
                speaker.say_figure(Figure(one.plant["kind"], "kind")),
                speaker.name_region(one.plant["region"]),
                words[one.verdict],
                *cells,
            )
        )
    table = Table(words["evidence"], columns, tuple(rows), small=True)
    note = Paragraph(words["evidence_note"], role="small")
    yield Section("evidence", words["evidence"], (table, note))


def _columns(
    speaker: Speaker, words: Mapping[str, str], policies: Sequence[Mapping[str, Any]]
) -> list[tuple[str, Tell]]:
    """Return the columns: their key, and what tells the cell of a plant."""

    def switch(value: bool | None) -> str:  # noqa: FBT001 - what is told
        return UNKNOWN if value is None else words["yes" if value else "no"]

    def share(value: float | None) -> str:
        return UNKNOWN if value is None else format_share(value)

    def near(one: Evidence) -> str:
        if one.near in (ALL, IN_REGION, NONE):
            return words["in_region" if one.near == IN_REGION else one.near]
        return share(one.near_share)

    def years(one: Evidence) -> str:
        return UNKNOWN if one.years is None else str(one.years["opens"]) if one.years else words["no"]

    def even(one: Evidence) -> str:
        chosen = None if one.break_even is None else one.break_even["chosen_to"]
        return UNKNOWN if chosen is None or chosen < 0 else format_share(chosen, math.floor)

    of = len([row for row in policies if "plants" in row])
    return [
        ("in_plan", lambda one: switch(one.in_plan)),
        ("futures", lambda one: share(one.future_share)),
        ("near", near),
        ("years", years),
        ("policies", lambda one: UNKNOWN if one.policies is None else f"{len(one.policies)} / {of}"),
        ("robust", lambda one: switch(one.in_robust)),
        ("front", lambda one: share(one.front_share)),
        ("loss", lambda one: _tell_loss(one, speaker, words)),
        ("even", even),
    ]


def _tell_loss(one: Evidence, speaker: Speaker, words: Mapping[str, str]) -> str:
    if one.loss is None or one.loss["outcome"] == "unknown":
        return UNKNOWN
    if one.loss["outcome"] == "infeasible" and one.loss["no_home_t"] is None:
        return words["no_plan_left"]
    if one.loss["outcome"] == "infeasible":
        return words["no_home"].format(tonnes=speaker.say_figure(Figure(one.loss["no_home_t"], "t_per_yr")))
    return speaker.say_figure(Figure(one.loss["more_jpy"], "jpy_per_yr"))
