"""Check of what a plan says of other choices: every site's runner-up hub, recounted from the tables and the lanes.

What opening a plant would cost at most is a bound, not a figure of the plan; only its form is checked here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from hubspoke.audit.case import compare_numbers, compare_texts, find_sizes
from hubspoke.lanes.borders import allowed_lanes
from hubspoke.plan.states import BUILT, FURNACE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from numpy.typing import NDArray

    from hubspoke.audit.case import Case
    from hubspoke.base.arrays import Floats
    from hubspoke.costs.costs import Costs
    from hubspoke.inputs.network import Network


ROUNDED_JPY = 1.0
"""Rounding allowed: the tables give these figures in whole yen, from sums of large ones."""


def check_alternatives(case: Case) -> Iterator[str]:
    """Check runner-up hubs and what they would cost more; check that a plant to be replaced is in use.

    They are known for plans of least cost that serve every site without least tonnages, and empty for all others.
    """
    if not case.rules.knows_alternatives:
        yield from _check_blank(case)
        return
    if len(case.left_out):
        return  # a fault that another check tells
    yield from _check_runner_up(case)
    for plants in (case.plan.hubs, case.plan.refineries):
        used = {"", *plants.loc[plants["state"].isin((*BUILT, FURNACE)), "id"]}
        known = np.where(plants["opening_instead_of"].isin(used), plants["opening_instead_of"], "a plant in use")
        yield from compare_texts("opening_instead_of", plants["id"], plants["opening_instead_of"], known)
        yield from _check_states(plants)


def _check_states(plants: pd.DataFrame) -> Iterator[str]:
    """Check that opening is told of plants that are not chosen alone, and closing of those that stand in the plan."""
    for figure, text, states in (
        ("opening_more_jpy", "opening_instead_of", ("not_chosen",)),
        ("closing_more_jpy", "closing_opens", BUILT),
    ):
        told = plants[figure].notna() | (plants[text] != "")
        for name, state in plants.loc[told & ~plants["state"].isin(states), ["id", "state"]].to_numpy().tolist():
            yield f"{figure} or {text} of {name} is told, and its state is {state}"


def _check_blank(case: Case) -> Iterator[str]:
    plan = case.plan
    for table, name, text, figure in (
        (plan.assignments, "site_id", "runner_up_hub_id", "runner_up_more_jpy"),
        (plan.hubs, "id", "opening_instead_of", "opening_more_jpy"),
        (plan.refineries, "id", "opening_instead_of", "opening_more_jpy"),
    ):
        told = (table[text] != "") | table[figure].notna()
        for row in table.loc[told, name]:
            yield f"{text} or {figure} of {row} is told, which is known for plans of least cost that serve all only"


def _check_runner_up(case: Case) -> Iterator[str]:
    table, network = case.plan.assignments, cast("Network", case.network)
    cost, allowed = _cost_elsewhere(case)
    rows, hubs = np.arange(len(table)), network.hubs["id"].to_numpy(object)
    own = cast("NDArray[np.int64]", case.hub)
    here = cost[rows, own]
    more = cost - np.where(np.isfinite(here), here, 0.0)[:, None]  # a hub that sends nothing is another check's fault
    more[rows, own] = np.inf
    preferred = np.where(allowed, more, np.inf)
    best = np.where(np.isfinite(preferred).any(axis=1), preferred.min(axis=1), more.min(axis=1, initial=np.inf))
    named = {hub: at for at, hub in enumerate(hubs)}
    told = [named.get(hub, -1) for hub in table["runner_up_hub_id"]]
    found = np.where(np.asarray(told) >= 0, more[rows, told], np.inf)
    is_best = np.isclose(found, best, rtol=0, atol=ROUNDED_JPY) & ((table["runner_up_hub_id"] == "") == np.isinf(found))
    for at in np.flatnonzero(~is_best).tolist():
        yield f"runner_up_hub_id of {table['site_id'].iloc[at]} is {table['runner_up_hub_id'].iloc[at]!r}, not the next"
    has = np.isfinite(best)
    for name in table.loc[~has & table["runner_up_more_jpy"].notna(), "site_id"]:
        yield f"runner_up_more_jpy of {name} is told, but there is no other hub"
    given = table.loc[has, "runner_up_more_jpy"]
    yield from compare_numbers("runner_up_more_jpy", table.loc[has, "site_id"], given, best[has], within=ROUNDED_JPY)


def _cost_elsewhere(case: Case) -> tuple[Floats, NDArray[np.bool_]]:
    """Return yen per year of every assignment at every used hub, and whether the policy allows it.

    All cost up to the refinery counts.
    """
    plan, network, costs = case.plan, cast("Network", case.network), cast("Costs", case.costs)
    site = cast("NDArray[np.int64]", case.site)
    share = plan.assignments["share"].to_numpy(np.float64)
    classes_t = costs.supply_t[site] * share[:, None]
    size = find_sizes(plan.hubs, costs.hub_steps, costs.hub_technology)
    per_t = costs.hub_steps.variable[np.arange(len(size)), np.maximum(size, 0)]
    cost = costs.collection_jpy_per_yr()[site] * share[:, None] + classes_t.sum(axis=1)[:, None] * per_t
    onward, sends = _onward_jpy_per_t(case)
    cost += np.einsum("np,hpb,hb->nh", classes_t, costs.yields, onward)
    cost[:, ~sends] = np.inf
    region = {name: at for at, name in enumerate(network.regions)}
    at_site, at_hub = (np.asarray(given["region"].map(region)) for given in (network.sites, network.hubs))
    return cost, allowed_lanes(costs.lanes, at_site, at_hub, case.rules)[site]


def _onward_jpy_per_t(case: Case) -> tuple[Floats, NDArray[np.bool_]]:
    """Return yen per tonne of each grade that leaves a hub, shape (H, B), and which hubs send any."""
    plan, network, costs = case.plan, cast("Network", case.network), cast("Costs", case.costs)
    size = find_sizes(plan.refineries, costs.refinery_steps, costs.refinery_technology)
    variable = costs.refinery_steps.variable[np.arange(len(size)), np.maximum(size, 0)]
    flows: pd.DataFrame = plan.flows
    tonnes = flows["mass_t"].to_numpy(np.float64)
    paid = flows["cost_jpy"].to_numpy(np.float64) + variable[case.flow_refinery] * tonnes
    sent = np.zeros((len(network.origins), len(network.settings.grades)))
    cost = np.zeros_like(sent)
    leaving = cast("tuple[NDArray[np.int64], NDArray[np.int64]]", (case.flow_hub, case.flow_grade))
    np.add.at(sent, leaving, tonnes)
    np.add.at(cost, leaving, paid)
    per_t = np.divide(cost, sent, out=np.zeros_like(cost), where=sent > 0)[: len(network.hubs)]
    return per_t, sent[: len(network.hubs)].sum(axis=1) > 0
