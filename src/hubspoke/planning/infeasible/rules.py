"""The rules that a plan must obey, one by one as planners know them, and the task without some of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.engine.problem.steps import Steps
from hubspoke.inputs.place_names import name_network
from hubspoke.planning.formulation.formulate import formulate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from hubspoke.costs.costs import Costs
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.lanes.lanes import Lanes
    from hubspoke.planning.request import Task
    from hubspoke.settings.rules import Rules

PACKS, BLACK_MASS = "packs_stay", "black_mass_stays"
SINGLE, HAUL = "single_sourcing", "longest_haul"
ROOM = {"hubs": "hub_room", "refineries": "refinery_room"}
FLOOR = {"hubs": "hub_floor", "refineries": "refinery_floor"}


@dataclass(frozen=True)
class Rule:
    """A rule that a plan must obey.

    Attributes
    ----------
    key : str
        What kind of rule it is, and of which plant where it is an order.
    english, japanese : str
        As planners would say it.
    """

    key: str
    english: str
    japanese: str


def list_rules(task: Task) -> list[Rule]:
    """Return the rules of a task, those of plants and numbers first.

    Parameters
    ----------
    task : Task
    """
    return [Rule(*one) for one in _rules_of(task)]


def _rules_of(task: Task) -> Iterator[tuple[str, str, str]]:
    rules, names = task.rules, name_network(task.network)
    ids = [*task.network.hubs["id"], *task.network.refineries["id"]]
    for plant in (one for one in ids if one in task.opened):
        yield f"open {plant}", f"{names.plant(plant, 'en')} must be open", f"{names.plant(plant, 'ja')}を開設する"
    for plant in (one for one in ids if one in task.closed):
        yield f"close {plant}", f"{names.plant(plant, 'en')} must stay closed", f"{names.plant(plant, 'ja')}を閉鎖する"
    yield from _rules_of_plants(rules, "hubs", "hub", "中間処理拠点")
    yield from _rules_of_plants(rules, "refineries", "refinery", "製錬拠点")
    if rules.longest_haul_km is not None:
        km = f"{rules.longest_haul_km:,.0f}"
        yield HAUL, f"no site is more than {km} km from its hub", f"運搬距離は{km} km以下"
    if not rules.packs_cross_borders:
        yield PACKS, "packs stay in their region", "電池は地域内で処理する"
    if not rules.black_mass_crosses_borders:
        yield BLACK_MASS, "black mass stays in its region", "ブラックマスは地域内で製錬する"
    if rules.single_sourcing:
        yield SINGLE, "a site delivers to one hub", "各拠点の届け先は1か所"


def _rules_of_plants(rules: Rules, many: str, one: str, ja: str) -> Iterator[tuple[str, str, str]]:
    for where, told, told_ja in (("per_region", "in every region", "各地域"), ("in_total", "in total", "合計")):
        fewest, most = getattr(rules, f"{many}_{where}")
        if fewest:
            english = f"at least {fewest} {one if fewest == 1 else many} {told}"
            yield f"fewest_{many}_{where}", english, f"{told_ja}{fewest}以上の{ja}"
        if most is not None:
            english = f"at most {most} {one if most == 1 else many} {told}"
            yield f"most_{many}_{where}", english, f"{told_ja}{most}以下の{ja}"
    floor = getattr(rules, f"{one}_floor_t")
    if floor > 0:
        english = f"an open {one} takes in at least {floor:,.0f} t/yr"
        yield FLOOR[many], english, f"稼働する{ja}は年{floor:,.0f} t以上"
    yield ROOM[many], f"{many} take in no more than their largest size (max_t, sizes)", f"{ja}の処理能力の上限"


def state_without(task: Task, lanes: Lanes, costs: Costs, dropped: Collection[str]) -> Problem:
    """Return a task, without sources abroad, in which some rules do not hold.

    Parameters
    ----------
    task : Task
    lanes : Lanes
    costs : Costs
    dropped : collection of str
        Keys of rules of the task.
    """
    gone, rules = set(dropped), task.rules
    changes: dict[str, Any] = {}
    for kind in ("hubs", "refineries"):
        for where in ("per_region", "in_total"):
            fewest, most = getattr(rules, f"{kind}_{where}")
            fewest = 0 if f"fewest_{kind}_{where}" in gone else fewest
            most = None if f"most_{kind}_{where}" in gone else most
            changes[f"{kind}_{where}"] = (fewest, most)
    if FLOOR["hubs"] in gone:
        changes["hub_floor_t"] = 0.0
    if FLOOR["refineries"] in gone:
        changes["refinery_floor_t"] = 0.0
    if HAUL in gone:
        changes["longest_haul_km"] = None
    if PACKS in gone:
        changes["packs_cross_borders"] = True
    if BLACK_MASS in gone:
        changes["black_mass_crosses_borders"] = True
    if SINGLE in gone:
        changes["single_sourcing"] = False
    opened = {plant for plant in task.opened if f"open {plant}" not in gone}
    closed = {plant for plant in task.closed if f"close {plant}" not in gone}
    problem = formulate(
        task.network,
        lanes,
        costs,
        replace(rules, **changes),
        opened=opened,
        closed=closed,
    ).domestic
    made = {kind: _without_limit(getattr(problem, kind)) for kind in ("hubs", "refineries") if ROOM[kind] in gone}
    return problem.derive(**made) if made else problem


def _without_limit(steps: Steps) -> Steps:
    """Return plants whose largest size takes in any tonnage."""
    capacity = steps.capacity.copy()
    largest = np.where(steps.exists, capacity, -1.0).argmax(axis=1) if capacity.size else np.zeros(0, np.int64)
    rows = np.flatnonzero(steps.exists.any(axis=1))
    capacity[rows, largest[rows]] = np.inf
    return Steps(capacity, steps.fixed, steps.variable)
