"""What every analysis says of each plant, and what follows: decide now, can wait, not settled, or left aside."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from hubspoke.analysis.study.findings.elsewhere import find_uses
from hubspoke.analysis.study.findings.sentence import LATER, NOW, OPEN
from hubspoke.analysis.study.stated import (
    ALTERNATIVES,
    DEEPER,
    DISRUPTION,
    FRONT,
    FUTURES,
    PLAN,
    POLICIES,
    REGRET,
    ROBUST,
    RULES,
    YEARS,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.analysis.study.parts.part import Facts
    from hubspoke.analysis.study.run import StudyDone

ASIDE, UNTESTED = "aside", "untested"
"""What follows for a plant that nothing speaks for, and for one of a plan beside which nothing was asked."""
RESERVE, STANDING = "reserve", "standing"
"""What follows for a plant that is used where things change alone, and for one that stands and is not used."""
ALL, IN_REGION, NONE = "all", "region", "none"
"""Whether every near-optimal set of plants has a plant, or every one by the cost of its region alone, or none."""
WAIT = "wait until "
"""How the strategies begin in which nothing new runs before a year."""


@dataclass(frozen=True)
class Limits:
    """Limits of the rules; see docs/study.md.

    Attributes
    ----------
    decide_share : float
        Share of the weighted futures from which on a plant is sure.
    wait_share : float
        Share of the cost over all years up to which waiting is cheap.
    tossup_share : float
        Share of the cost of a region below which two choices are a toss-up.
    """

    decide_share: float
    wait_share: float
    tossup_share: float


@dataclass(frozen=True)
class Evidence:
    """What is known of a plant; None where it was not asked, or did not end.

    Attributes
    ----------
    plant : mapping of str to any
        `kind`, `id`, `name`, `name_ja`, `operator`, `region`, `stands_t`.
    in_plan : bool
    future_share : float or None
        Weight of the futures with a plan whose plan has it.
    near : {"all", "region", "none", ""} or None
        Whether it is proven to be in all near-optimal sets, or in none; `region` where the best plan without it is
        proven to cost more than is near by the cost of its region.
    without_jpy : float or None
        What the best plan without it costs more: where `near` is `region` what is proven at least, infinite where there
        is no such plan; else what was found.
    near_share : float or None
        Share of the near-optimal sets that are listed which have it.
    policies : tuple of str or None
        Whose plans have it.
    years : mapping or None
        When it opens and closes; empty where the plan over the years does not use it.
    in_robust : bool or None
    front_share : float or None
    loss : mapping or None
        What its loss does.
    break_even : mapping or None
    wait : mapping or None
        The longest cheap waiting that would put off its opening, as a row of what acting otherwise costs, with its
        `year`; for one plant alone it costs no more than for all.
    elsewhere : tuple of str
        Analyses of changed circumstances in which it is used, or would be.
    verdict : str
        `now`, `later`, `open`, `reserve`, `standing`, `aside` or `untested`.
    """

    plant: Mapping[str, Any]
    in_plan: bool
    future_share: float | None
    near: str | None
    without_jpy: float | None
    near_share: float | None
    policies: tuple[str, ...] | None
    years: Mapping[str, Any] | None
    in_robust: bool | None
    front_share: float | None
    loss: Mapping[str, Any] | None
    break_even: Mapping[str, Any] | None
    wait: Mapping[str, Any] | None = None
    elsewhere: tuple[str, ...] = ()
    verdict: str = ""


def read_limits(done: StudyDone) -> Limits:
    """Return the limits of the rules, as they are stated or usual.

    Parameters
    ----------
    done : StudyDone
    """
    options = done.study.options(RULES)
    tossup = options.get("tossup_share", float(done.study.settings.firmness.tossup_share))
    return Limits(float(options["decide_share"]), float(options["wait_share"]), float(tossup))


def gather_evidence(done: StudyDone, limits: Limits) -> list[Evidence]:
    """Return what is known of every candidate, hubs before refineries; nothing where there is no plan.

    Parameters
    ----------
    done : StudyDone
    limits : Limits
    """
    facts = done.facts
    if PLAN not in facts:
        return []
    first_year = done.study.years[0] if done.study.years else 0
    waiting = find_waiting(facts, limits)
    made = []
    for plant in facts[PLAN]["plants"]:
        one = _read(plant, facts, done.study.options(ALTERNATIVES)["within"])
        if waiting is not None and one.years and not one.years["stood"] and one.years["opens"] < waiting["year"]:
            one = replace(one, wait=waiting)
        made.append(replace(one, verdict=judge(one, limits, first_year)))
    return made


def find_waiting(facts: Mapping[str, Facts], limits: Limits) -> dict[str, Any] | None:
    """Return the longest waiting under the same rules that is cheap; None where there is none, or nobody asked.

    Parameters
    ----------
    facts : mapping of str to dict
        Of all analyses.
    limits : Limits
    """
    rows = facts[REGRET]["strategies"] if REGRET in facts else ()
    cheap = []
    for row in rows:
        until = str(row["strategy"]).removeprefix(WAIT)
        if until.isdigit() and row["more_share"] is not None and row["more_share"] <= limits.wait_share:
            cheap.append({**row, "year": int(until)})
    return max(cheap, key=lambda row: int(row["year"]), default=None)


def _read(plant: Mapping[str, Any], facts: Mapping[str, Facts], within: float) -> Evidence:
    name = plant["id"]
    row = _row(facts, ALTERNATIVES, "plants", name)
    near = None if ALTERNATIVES not in facts else str(row.get("proven", NONE))
    loss = _row(facts, DISRUPTION, "plants", name)
    without, found = _without(plant, loss) if plant["built"] else (None, None)
    limit = within * facts[PLAN]["region_costs"].get(plant["region"], facts[PLAN]["cost_jpy"])
    if without is not None and near != ALL and without > limit:
        near = IN_REGION
    elif near is None and found is not None and found <= limit:
        near = ""
    policies = [row for row in facts[POLICIES]["policies"] if "plants" in row] if POLICIES in facts else None
    points = [point for front in facts[FRONT]["fronts"] for point in front["points"]] if FRONT in facts else None
    return Evidence(
        plant=plant,
        in_plan=bool(plant["built"]),
        future_share=_future_share(facts[FUTURES]["futures"], name) if FUTURES in facts else None,
        near=near,
        without_jpy=without if near == IN_REGION else found,
        near_share=None if ALTERNATIVES not in facts else float(row.get("share", 0.0)),
        policies=None if policies is None else tuple(row["policy"] for row in policies if name in row["plants"]),
        years=None if YEARS not in facts else _row(facts, YEARS, "plants", name),
        in_robust=None if ROBUST not in facts else bool(_row(facts, ROBUST, "plants", name)),
        front_share=None if not points else _front_share(facts[FRONT]["fronts"], name),
        loss=loss or None,
        break_even=_row(facts, DEEPER, "plants", name) or None,
        elsewhere=find_uses(facts, name),
    )


def _row(facts: Mapping[str, Facts], part: str, table: str, name: str) -> dict[str, Any]:
    """Return the row of a plant in a table of an analysis; empty where there is none."""
    rows = facts[part][table] if part in facts else ()
    return next((dict(row) for row in rows if row["id"] == name), {})


def _without(plant: Mapping[str, Any], loss: Mapping[str, Any]) -> tuple[float | None, float | None]:
    """Return what the best plan without a plant is proven to cost more at least, and what was found."""
    if loss.get("outcome") == "infeasible":
        return math.inf, None
    least = [one for one in (plant["closing_more_low_jpy"], loss.get("least_jpy")) if one is not None]
    found = [one for one in (plant["closing_more_jpy"], loss.get("more_jpy")) if one is not None]
    return max(map(float, least), default=None), min(map(float, found), default=None)


def _future_share(rows: list[dict[str, Any]], name: str) -> float:
    """Return the weight of the futures whose plan has a plant, of those that have a plan."""
    known = [row for row in rows if "plants" in row]
    total = math.fsum(row["weight"] for row in known)
    return math.fsum(row["weight"] for row in known if name in row["plants"]) / total if total else 0.0


def _front_share(fronts: list[dict[str, Any]], name: str) -> float:
    """Return the share of the points of all fronts at which a plant is open."""
    held, points = 0, 0
    for front in fronts:
        is_open = False
        for point in front["points"]:
            is_open = name in point["opens"].split() or (is_open and name not in point["closes"].split())
            held, points = held + is_open, points + 1
    return held / points


def decide_by(years: Mapping[str, Any]) -> int:
    """Return the last year in which it can be decided that a plant opens when it does.

    Parameters
    ----------
    years : mapping
        Its row of the plan over several years.
    """
    return math.floor(float(years["opens"]) - (0.0 if years["stood"] else years["lead_time_yr"]))


def judge(one: Evidence, limits: Limits, first_year: int) -> str:
    """Return what follows for a plant.

    Parameters
    ----------
    one : Evidence
    limits : Limits
    first_year : int
        Of the plan over several years.
    """
    sure = []
    if one.future_share is not None:
        sure.append(one.future_share >= limits.decide_share - 1e-9)
    if one.near is not None:
        sure.append(one.near in (ALL, IN_REGION))
    opens = bool(one.years)
    if one.years and (one.wait is not None or decide_by(one.years) > first_year):
        return LATER
    if one.in_plan and not sure and one.years is None:
        return UNTESTED
    if one.in_plan and sure and all(sure) and (one.years is None or opens):
        return NOW
    speaks = one.in_plan or opens or bool(one.future_share) or bool(one.near_share)
    if speaks:
        return OPEN
    if one.plant["stands_t"] > 0:
        return STANDING
    return RESERVE if one.elsewhere else ASIDE
