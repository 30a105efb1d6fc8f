"""What each rule of a plan costs: the best plan without it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.analysis.decisions.worth.state import Difference, read_standing, solve_again
from hubspoke.inputs.place_names import name_network
from hubspoke.planning.infeasible.rules import ROOM, Rule, list_rules, state_without
from hubspoke.words.language import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.analysis.decisions.worth.state import Standing
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.inputs.network import Network
    from hubspoke.plan.plan import PlanData

FREEDOM = frozenset(ROOM.values())
"""Rules that are facts of plants, and are not lifted here."""


@dataclass(frozen=True, eq=False)
class RuleCost:
    """What the best plan without a rule costs more; below zero, what the rule costs."""

    rule: Rule
    difference: Difference


def price_rules(plan: PlanData, network: Network, *, seconds: float, borders: bool = False) -> list[RuleCost]:
    """Plan without each rule in turn, the dearest rule first.

    Parameters
    ----------
    plan : PlanData
    network : Network
        That was planned.
    seconds : float
        Time limit of each plan.
    borders : bool
        Whether borders are opened one by one, too: every pair of regions between which packs stay.
    """
    standing = read_standing(plan, network, None, seconds=seconds)
    year = standing.year
    made = []
    for rule in list_rules(year.task):
        if rule.key in FREEDOM:
            continue
        problem = state_without(year.task, year.lanes, year.costs, {rule.key})
        made.append(RuleCost(rule, standing.weigh(solve_again(problem, seconds))))
    if borders and not year.task.rules.packs_cross_borders:
        made += [
            RuleCost(rule, standing.weigh(solve_again(problem, seconds))) for rule, problem in open_borders(standing)
        ]
    return sorted(made, key=lambda one: (np.nan_to_num(one.difference.jpy, nan=np.inf), one.rule.key))


def open_borders(standing: Standing) -> Iterator[tuple[Rule, Problem]]:
    """Yield each pair of regions with the problem in which packs and black mass cross between them.

    Parameters
    ----------
    standing : Standing
    """
    year = standing.year
    network, problem = year.task.network, year.problem
    site, hub, refinery = (
        table["region"].to_numpy(object) for table in (network.sites, network.hubs, network.refineries)
    )
    free = state_without(year.task, year.lanes, year.costs, {"packs_stay", "black_mass_stays"})
    names = name_network(network)
    for one, two in combinations(network.regions, 2):
        pair = (one, two)
        across = np.isin(site, pair)[:, None] & np.isin(hub, pair)[None, :]
        beyond = np.isin(hub, pair)[:, None] & np.isin(refinery, pair)[None, :]
        cost = np.where(across, free.collection_cost, problem.collection_cost)
        if np.array_equal(np.isfinite(cost), np.isfinite(problem.collection_cost)):
            continue  # no lane crosses there
        transfer = np.where(beyond[:, :, None], free.transfer_cost, problem.transfer_cost)
        english, japanese = ([names.region(name, lang) for name in pair] for lang in LANGUAGES)
        told = f"the border between {english[0]} and {english[1]}"
        rule = Rule(f"border {one} {two}", told, f"{japanese[0]}と{japanese[1]}の地域境界")
        yield rule, problem.derive(collection_cost=cost, transfer_cost=transfer)
