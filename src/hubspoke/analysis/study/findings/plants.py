"""Sentences on single plants: to be decided now, later, or not settled."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from hubspoke.analysis.study.findings.evidence import (
    ALL,
    ASIDE,
    IN_REGION,
    RESERVE,
    STANDING,
    UNTESTED,
    decide_by,
)
from hubspoke.analysis.study.findings.sentence import (
    LATER,
    MIND,
    NOW,
    OPEN,
    Clause,
    Figure,
    Sentence,
    count,
    plants_of,
    share,
    yen_per_yr,
)
from hubspoke.analysis.study.stated import ALTERNATIVES, DISRUPTION, FUTURES, PLAN, POLICIES, REGRET, YEARS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hubspoke.analysis.study.findings.evidence import Evidence
    from hubspoke.analysis.study.parts.part import Facts
    from hubspoke.analysis.study.run import StudyDone


def tell_plants(done: StudyDone, known: Sequence[Evidence]) -> Iterator[Sentence]:
    """Yield a sentence for each plant that is to be decided now or later or is not settled, and one for all others.

    Parameters
    ----------
    done : StudyDone
    known : sequence of Evidence
    """
    facts = done.facts
    ranked = sorted(known, key=_weight)
    for one in ranked:
        if one.verdict in (NOW, LATER, OPEN):
            yield Sentence(one.verdict, tuple(_clauses(one, facts)), (one.plant["id"],))
    if untested := [one.plant["id"] for one in known if one.verdict == UNTESTED]:
        figures = {"plants": Figure(untested, "plants"), "number": count(len(untested))}
        yield Sentence(OPEN, (Clause("untested", PLAN, figures),), tuple(untested))
    yield from _tell_spare(known)
    aside = [one.plant["id"] for one in known if one.verdict == ASIDE]
    tests = [part for part in (ALTERNATIVES, FUTURES, YEARS) if part in facts]
    if aside and tests:
        figures = {"number": count(len(aside)), "all": count(len(known))}
        clauses = [Clause("aside", PLAN, figures), *(Clause(f"aside_{part}", part, {}) for part in tests)]
        yield Sentence(LATER, tuple(clauses), tuple(aside))


def _tell_spare(known: Sequence[Evidence]) -> Iterator[Sentence]:
    """Yield which plants that the plan does without stand, and which are used where things change."""
    if unused := [one.plant["id"] for one in known if one.verdict == STANDING]:
        yield Sentence(OPEN, (Clause("standing", PLAN, {"plants": plants_of(unused)}),), tuple(unused))
    reserve = [one for one in known if one.verdict == RESERVE]
    if reserve:
        names = [one.plant["id"] for one in reserve]
        clauses = [Clause("reserve", PLAN, {"plants": plants_of(names)})]
        for part in dict.fromkeys(part for one in reserve for part in one.elsewhere):
            held = plants_of(one.plant["id"] for one in reserve if part in one.elsewhere)
            clauses.append(Clause(f"reserve_{part}", part, {"plants": held}))
        yield Sentence(MIND, tuple(clauses), tuple(names))


def _weight(one: Evidence) -> tuple[float, float, float, str]:
    """Return by what plants are ordered: the year they open, then what their loss costs, then their cost."""
    opens = float(one.years["opens"]) if one.years else 0.0
    loss = float((one.loss or {}).get("more_jpy") or 0.0)
    return (opens, -loss, -float(one.plant["cost_jpy"]), str(one.plant["id"]))


def _clauses(one: Evidence, facts: Mapping[str, Facts]) -> Iterator[Clause]:
    plant = one.plant
    named = {
        "plant": Figure(plant["id"], "plant"),
        "kind": Figure(plant["kind"], "kind"),
        "region": Figure(plant["region"], "region"),
    }
    yield Clause(_head(one), PLAN, named)
    if one.future_share is not None:
        futures = [row for row in facts[FUTURES]["futures"] if "plants" in row]
        held = sum(plant["id"] in row["plants"] for row in futures)
        figures = {"share": share(one.future_share), "held": count(held), "all": count(len(futures))}
        yield Clause("chosen_in_futures", FUTURES, figures)
    if one.near == IN_REGION:
        yield _near_in_region(one, facts)
    elif one.near is not None and one.near_share is None:
        yield _near_without(one, facts)
    elif one.near is not None:
        yield _near(one, facts[ALTERNATIVES])
    if one.years is not None:
        yield from _years(one.years, plant["kind"])
    if one.wait is not None:
        figures = {"year": Figure(one.wait["year"], "year"), "more": Figure(one.wait["more_jpy"], "jpy")}
        yield Clause("can_wait", REGRET, figures | {"share": share(one.wait["more_share"])})
    if one.policies is not None and one.verdict == OPEN and one.policies:
        yield Clause("chosen_by_policies", POLICIES, {"policies": Figure(list(one.policies), "policies")})
    if one.loss is not None and one.verdict == NOW and one.near != IN_REGION:  # which says it already
        yield from _loss(one.loss)


def _head(one: Evidence) -> str:
    stands = "stands" if one.plant["stands_t"] > 0 else "new"
    if one.verdict == NOW:
        return f"now_{stands}"
    if one.verdict == LATER:
        return f"later_{stands}"
    return "open_in" if one.in_plan else "open_out"


def _near_without(one: Evidence, facts: Mapping[str, Facts]) -> Clause:
    """Return how little more a plan without a plant costs."""
    without = max(one.without_jpy or 0.0, 0.0)
    cost = facts[PLAN]["region_costs"].get(one.plant["region"], facts[PLAN]["cost_jpy"])
    part = DISRUPTION if one.loss is not None else PLAN
    return Clause("near_without", part, {"more": yen_per_yr(without), "share": share(without / cost)})


def _near_in_region(one: Evidence, facts: Mapping[str, Facts]) -> Clause:
    """Return how much more the best plan without a plant costs at least, which its region would call more than near."""
    without = one.without_jpy or 0.0
    part = DISRUPTION if one.loss is not None else PLAN
    if math.isinf(without):
        return Clause("near_only", part, {})
    cost = facts[PLAN]["region_costs"].get(one.plant["region"], facts[PLAN]["cost_jpy"])
    return Clause("near_region", part, {"more": yen_per_yr(without), "share": share(without / cost)})


def _near(one: Evidence, facts: Facts) -> Clause:
    figures = {"within": share(facts["within"])}
    if one.near == ALL:
        return Clause("near_all", ALTERNATIVES, figures)
    if not one.near_share:
        return Clause("near_none" if one.near else "near_unknown", ALTERNATIVES, figures)
    figures |= {"share": share(one.near_share), "number": count(facts["number"])}
    return Clause("near_some" if facts["is_complete"] else "near_some_of", ALTERNATIVES, figures)


def _years(years: Mapping[str, Any], kind: str) -> Iterator[Clause]:
    if not years:
        yield Clause("years_none", YEARS, {})
        return
    figures = {
        "year": Figure(years["opens"], "year"),
        "size": Figure(years["first_size_t"], f"t_per_yr:{kind}"),
        "invested": Figure(years["first_invested_jpy"], "jpy"),
    }
    if years["stood"]:
        yield Clause("in_use" if years["first_invested_jpy"] < 1 else "in_use_more", YEARS, figures)
    else:
        yield Clause("opens", YEARS, figures)
        told = {"year": Figure(decide_by(years), "year"), "lead": Figure(years["lead_time_yr"], "years")}
        yield Clause("decide_by", YEARS, told)
    if years["closes"]:
        yield Clause("closes", YEARS, {"year": Figure(years["closes"], "year")})
    elif years["last_size_t"] > years["first_size_t"] * 1.001:
        spare = years["stood"] and years["invested_jpy"] < 1  # it grows into what stands
        yield Clause("takes" if spare else "grows", YEARS, {"size": Figure(years["last_size_t"], f"t_per_yr:{kind}")})


def _loss(loss: Mapping[str, Any]) -> Iterator[Clause]:
    if loss["outcome"] == "plan":
        yield Clause("loss_costs", DISRUPTION, {"more": yen_per_yr(loss["more_jpy"])})
    elif loss["outcome"] == "infeasible" and loss["no_home_t"] is not None:
        yield Clause("loss_leaves", DISRUPTION, {"tonnes": Figure(loss["no_home_t"], "t_per_yr")})
    elif loss["outcome"] == "infeasible":
        yield Clause("loss_ends", DISRUPTION, {})
