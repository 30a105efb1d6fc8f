"""Sentences on what lies around a plan: losses, rules, break-evens, levels of a front, swaps and other places."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from hubspoke.analysis.study.findings.change import MOST, rule_of
from hubspoke.analysis.study.findings.sentence import (
    MIND,
    OPEN,
    Clause,
    Figure,
    Sentence,
    plants_of,
    share,
    yen_per_yr,
)
from hubspoke.analysis.study.stated import ALTERNATIVES, DEEPER, DISRUPTION, FRONT, GREENFIELD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.analysis.study.findings.evidence import Limits
    from hubspoke.analysis.study.parts.part import Facts

SURE = 1e-6
"""Break-even shares this near to 1 are a tie."""
CLOSE = 1e-3
"""Ends of a break-even that are so near are told as one number."""


def tell_losses(facts: Facts, limits: Limits) -> Iterator[Sentence]:
    """Yield the single closures that hurt most, and what plants that survive any would cost.

    Parameters
    ----------
    facts : dict
    limits : Limits
    """
    rows = [row for row in facts["plants"] if row["outcome"] != "unknown"]
    for row in rows[:MOST]:
        told = {"plant": Figure(row["id"], "plant"), "displaced": Figure(row["displaced_t"], f"t_per_yr:{row['kind']}")}
        if row["outcome"] == "infeasible":
            known = row["no_home_t"] is not None
            told |= {"tonnes": Figure(row["no_home_t"], "t_per_yr")} if known else {}
            clause = Clause("lost_none" if known else "lost_ends", DISRUPTION, told)
        else:
            told |= {"more": yen_per_yr(row["more_jpy"]), "opens": plants_of(row["opens"].split())}
            clause = Clause("lost" if row["opens"] else "lost_same", DISRUPTION, told)
        yield Sentence(MIND, (clause,), (row["id"],))
    survivor = facts["survivor"]
    if survivor is None or survivor["outcome"] == "unknown":
        return
    if survivor["outcome"] == "infeasible":
        yield Sentence(MIND, (Clause("no_survivor", DISRUPTION, {}),))
        return
    more = max(survivor["cost_jpy"] - (survivor["least_jpy"] or survivor["cost_jpy"]), 0.0)
    told = {"more": yen_per_yr(more), "share": share(more / facts["cost_jpy"])}
    cheap = told["share"].value <= limits.wait_share
    names = plants_of(row["id"] for row in survivor["plants"])
    clause = Clause("survivor_cheap" if cheap else "survivor", DISRUPTION, told | {"plants": names})
    yield Sentence(MIND, (clause,), tuple(names.value))


def tell_worth(facts: Facts, plan: Facts, limits: Limits) -> Iterator[Sentence]:
    """Yield the dearest rules, and the cost at which plants that are not chosen would be.

    Parameters
    ----------
    facts, plan : dict
    limits : Limits
    """
    known = [row for row in facts["rules"] if row["jpy"] is not None and row["jpy"] < 0]
    for row in sorted(known, key=lambda row: float(row["jpy"]))[:3]:
        if -row["jpy"] < limits.tossup_share * plan["cost_jpy"]:
            continue
        told = {"rule": Figure([row["en"], row["ja"]], "pair"), "saved": yen_per_yr(-row["jpy"])}
        told["share"] = share(-row["jpy"] / plan["cost_jpy"])
        yield Sentence(MIND, (Clause("rule_costs", DEEPER, told),))
    for row in sorted(facts["plants"], key=lambda row: -float(row["chosen_to"] or -1.0))[:MOST]:
        chosen, left = row["chosen_to"], row["left_from"]
        plant = Figure(row["id"], "plant")
        if chosen is None or left is None or not math.isfinite(left) or chosen < 0:
            continue
        if chosen >= 1 - SURE:
            yield Sentence(OPEN, (Clause("tie", DEEPER, {"plant": plant}),), (row["id"],))
        elif chosen >= 1 - limits.tossup_share:
            yield Sentence(
                OPEN,
                (Clause("near_tie", DEEPER, {"plant": plant, "less": Figure(1 - chosen, "share_up")}),),
                (row["id"],),
            )
        else:
            told = {"plant": plant, "share": Figure(chosen, "share_down"), "left": Figure(left, "share_up")}
            rule = "break_even" if left - chosen < CLOSE else "break_even_between"
            yield Sentence(MIND, (Clause(rule, DEEPER, told),), (row["id"],))


def tell_fronts(facts: Facts) -> Iterator[Sentence]:
    """Yield where on each front plants change first, and where it gets dear.

    Parameters
    ----------
    facts : dict
    """
    for front in facts["fronts"]:
        page, measure = f"{front['against']}/front.html", Figure(front["against"], "measure")
        points, column = front["points"], front["column"]
        if len(points) < 2:
            yield Sentence(MIND, (Clause("front_single", FRONT, {"measure": measure}, page),))
            continue
        start = points[0]
        for row in points[1:]:
            if row["opens"] or row["closes"]:
                change = {key: plants_of(row[key].split()) for key in ("opens", "closes")}
                told = {
                    "measure": measure,
                    "value": Figure(row[column], f"measure:{front['against']}"),
                    "start": Figure(start[column], f"measure:{front['against']}"),
                    "more": yen_per_yr(row["cost_jpy"] - start["cost_jpy"]),
                    **change,
                }
                yield Sentence(MIND, (Clause(rule_of("front", change), FRONT, told, page),))
                break
        if front["knee"]:
            row = points[front["knee"] - 1]
            told = {
                "measure": measure,
                "value": Figure(row[column], f"measure:{front['against']}"),
                "more": yen_per_yr(row["cost_jpy"] - start["cost_jpy"]),
                "share": share((row["cost_jpy"] - start["cost_jpy"]) / start["cost_jpy"]),
            }
            yield Sentence(MIND, (Clause("front_knee", FRONT, told, page),))


def tell_swaps(facts: Facts, plan: Facts, limits: Limits) -> Iterator[Sentence]:
    """Yield single swaps of plants that cost less than any estimate can tell apart.

    Parameters
    ----------
    facts, plan : dict
    limits : Limits
    """
    region = {one["id"]: one["region"] for one in plan["plants"]}
    told = 0
    for row in facts["sets"]:
        if row["differs"] not in (1, 2) or told >= MOST:
            continue
        regions = {region.get(name, "") for name in [*row["opens"], *row["closes"]]}
        limit = limits.tossup_share * sum(plan["region_costs"].get(name, 0.0) for name in regions)
        if row["more_jpy"] < limit:
            told += 1
            change = {key: plants_of(row[key]) for key in ("opens", "closes")}
            more = max(row["more_jpy"], 0.0)
            figures = {**change, "more": yen_per_yr(more), "share": share(more / facts["best_jpy"])}
            clause = Clause(rule_of("swap", change), ALTERNATIVES, figures)
            yield Sentence(OPEN, (clause,), tuple(row["opens"] + row["closes"]))


def tell_places(facts: Facts, plan: Facts, limits: Limits) -> Iterator[Sentence]:
    """Yield the places at which a hub would save most freight, where that is worth telling.

    Parameters
    ----------
    facts, plan : dict
    limits : Limits
    """
    known = [row for row in facts["regions"] if row["saved_jpy"] is not None]
    for row in sorted(known, key=lambda row: -float(row["saved_jpy"]))[:3]:
        places = [one for one in facts["places"] if not row["region"] or one["region"] == row["region"]]
        cost = plan["region_costs"].get(row["region"], plan["cost_jpy"])
        if not places or row["saved_jpy"] < limits.tossup_share * cost:
            continue
        named = Figure([[one["name"] or one["code"], one["name_ja"] or one["name"]] for one in places], "pairs")
        told = {"places": named, "saved": yen_per_yr(row["saved_jpy"]), "share": share(row["saved_jpy"] / cost)}
        yield Sentence(MIND, (Clause("place", GREENFIELD, told),))
