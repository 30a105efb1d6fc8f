"""Sentences on futures, settings and policies by which other plants are chosen."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from hubspoke.analysis.study.findings.sentence import (
    MIND,
    OPEN,
    Clause,
    Figure,
    Sentence,
    count,
    plants_of,
    share,
    yen_per_yr,
)
from hubspoke.analysis.study.stated import (
    FUTURES,
    POLICIES,
    SWEEP,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hubspoke.analysis.study.findings.evidence import Limits
    from hubspoke.analysis.study.parts.part import Facts

MOST = 5
"""Most sentences of one kind."""


def moved(before: set[str], now: Sequence[str]) -> dict[str, Figure]:
    """Return which plants open and close.

    Parameters
    ----------
    before : set of str
    now : sequence of str
    """
    return {
        "opens": plants_of(one for one in now if one not in before),
        "closes": plants_of(sorted(before - set(now))),
    }


def rule_of(name: str, figures: Mapping[str, Figure]) -> str:
    """Return the rule for plants that open, close, or both.

    Parameters
    ----------
    name : str
        The rule for both.
    figures : mapping of str to Figure
        With `opens` and `closes`.
    """
    if not figures["opens"].value:
        return f"{name}_closes"
    return name if figures["closes"].value else f"{name}_opens"


def tell_futures(facts: Facts, plan: Facts, built: set[str]) -> Iterator[Sentence]:
    """Yield how many futures keep the plants of the plan, and those that do not, the likeliest first.

    Parameters
    ----------
    facts, plan : dict
    built : set of str
        Plants of the plan.
    """
    known = [row for row in facts["futures"] if "plants" in row]
    same = [row for row in known if set(row["plants"]) == built]
    figures = {
        "same": count(len(same)),
        "all": count(len(facts["futures"])),
        "share": share(math.fsum(row["weight"] for row in same)),
    }
    yield Sentence(MIND, (Clause("futures_same", FUTURES, figures),))
    for row in [row for row in facts["futures"] if "plants" not in row][:MOST]:
        told = {"future": Figure(row["name"], "future"), "why": Figure(row["why_not"], "message")}
        yield Sentence(MIND, (Clause("future_none", FUTURES, told | {"weight": share(row["weight"])}),))
    others = [row for row in known if set(row["plants"]) != built]
    for row in sorted(others, key=lambda row: (-row["weight"], -abs(row["cost_jpy"] - plan["cost_jpy"])))[:MOST]:
        change = moved(built, row["plants"])
        told = {
            "future": Figure(row["name"], "future"),
            "weight": share(row["weight"]),
            "cost": yen_per_yr(row["cost_jpy"]),
            "change": Figure(row["cost_jpy"] / plan["cost_jpy"] - 1, "change"),
            **change,
        }
        plants = tuple(change["opens"].value + change["closes"].value)
        yield Sentence(MIND, (Clause(rule_of("future", change), FUTURES, told),), plants)


def tell_sweep(facts: Facts) -> Iterator[Sentence]:
    """Yield the values at which plants change, the setting that moves the cost most, and how many change nothing.

    Parameters
    ----------
    facts : dict
    """
    base = facts["base"]
    cases = [row for row in facts["cases"] if "plants" in row]
    if "plants" not in base or not cases:
        return
    before = set(base["plants"])
    alone = [row for row in cases if len(row["given"]) == 1]
    others = [row for row in alone if set(row["plants"]) != before]
    for row in sorted(others, key=lambda row: -abs(row["cost_jpy"] - base["cost_jpy"]))[:MOST]:
        change = moved(before, row["plants"])
        told = {**_setting(row, facts), "change": Figure(row["cost_jpy"] / base["cost_jpy"] - 1, "change"), **change}
        plants = tuple(change["opens"].value + change["closes"].value)
        yield Sentence(MIND, (Clause(rule_of("setting", change), SWEEP, told),), plants)
    if len(alone) == len(cases):
        keys = {key for row in alone for key in row["given"]}
        moving = {key for row in others for key in row["given"]}
        yield Sentence(
            MIND, (Clause("settings_same", SWEEP, {"same": count(len(keys - moving)), "all": count(len(keys))}),)
        )
        most = max(alone, key=lambda row: abs(row["cost_jpy"] - base["cost_jpy"]))
        told = {**_setting(most, facts), "change": Figure(most["cost_jpy"] / base["cost_jpy"] - 1, "change")}
        yield Sentence(MIND, (Clause("setting_moves_most", SWEEP, told),))
    else:
        same = sum(set(row["plants"]) == before for row in cases)
        yield Sentence(MIND, (Clause("cases_same", SWEEP, {"same": count(same), "all": count(len(cases))}),))


def _setting(row: Mapping[str, Any], facts: Facts) -> dict[str, Figure]:
    [(key, value)] = row["given"].items()
    return {
        "key": Figure(key, "key"),
        "value": Figure(value, "value"),
        "usual": Figure(facts["standing"].get(key), "value"),
    }


def tell_policies(facts: Facts, plan: Facts, built: set[str], limits: Limits) -> Iterator[Sentence]:
    """Yield what other policies save or cost, and how many plants they keep.

    Parameters
    ----------
    facts, plan : dict
    built : set of str
        Plants of the plan.
    limits : Limits
    """
    for row in facts["policies"]:
        named = {"policy": Figure(row["policy"], "policy")}
        if row["policy"] == plan["policy"]:
            continue
        if "plants" not in row:
            yield Sentence(MIND, (Clause("policy_none", POLICIES, named | {"why": Figure(row["why_not"], "message")}),))
            continue
        saved = plan["cost_jpy"] - row["cost_jpy"]
        told = {
            **named,
            "saved": yen_per_yr(abs(saved)),
            "share": share(abs(saved) / plan["cost_jpy"]),
            "kept": count(len(built & set(row["plants"]))),
            "all": count(len(built)),
            "gap": Figure(row["gap"], "gap"),
        }
        alike = told["share"].value < limits.tossup_share
        rule = "policy_alike" if alike else "policy_saves" if saved > 0 else "policy_costs"
        if built == set(row["plants"]) and abs(saved) <= max(plan["gap"], row["gap"]) * plan["cost_jpy"]:
            rule, alike = "policy_same", False
        told["limit"] = share(limits.tossup_share)
        if row["gap"] > limits.tossup_share and (rule != "policy_saves") and row["gap"] * row["cost_jpy"] > -saved:
            rule, alike = "policy_unknown", True
        yield Sentence(OPEN if alike else MIND, (Clause(rule, POLICIES, told, page=f"{row['policy']}/report.html"),))
