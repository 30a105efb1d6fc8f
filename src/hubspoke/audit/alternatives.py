"""Check of what a plan says of other choices: every site's runner-up hub, recounted from the tables and the lanes.

What opening a plant would cost at most is a bound, not a figure of the plan; only its form is checked here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from hubspoke.audit.case import compare_numbers, compare_texts, find_sizes
from hubspoke.audit.table import is_among, look_up
from hubspoke.lanes.borders import allowed_lanes
from hubspoke.plan.states import BUILT, FURNACE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from hubspoke.audit.case import Case
    from hubspoke.audit.table import Table
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
    for plants in (case.hubs, case.refineries):
        used, replaced = plants["id"][is_among(plants["state"], (*BUILT, FURNACE))], plants["opening_instead_of"]
        known = np.where(is_among(replaced, ["", *used.tolist()]), replaced, "a plant in use")
        yield from compare_texts("opening_instead_of", plants["id"], replaced, known)
        yield from _check_states(plants)


def _check_states(plants: Table) -> Iterator[str]:
    """Check that opening is told of plants that are not chosen alone, and closing of those that stand in the plan."""
    for figure, text, states in (
        ("opening_more_jpy", "opening_instead_of", ("not_chosen",)),
        ("closing_more_jpy", "closing_opens", BUILT),
    ):
        told = ~np.isnan(plants.floats(figure)) | (plants[text] != "")
        wrong = told & ~is_among(plants["state"], states)
        for name, state in zip(plants["id"][wrong].tolist(), plants["state"][wrong].tolist(), strict=True):
            yield f"{figure} or {text} of {name} is told, and its state is {state}"


def _check_blank(case: Case) -> Iterator[str]:
    for table, name, text, figure in (
        (case.assignments, "site_id", "runner_up_hub_id", "runner_up_more_jpy"),
        (case.hubs, "id", "opening_instead_of", "opening_more_jpy"),
        (case.refineries, "id", "opening_instead_of", "opening_more_jpy"),
    ):
        told = (table[text] != "") | ~np.isnan(table.floats(figure))
        for row in table[name][told].tolist():
            yield f"{text} or {figure} of {row} is told, which is known for plans of least cost that serve all only"


def _check_runner_up(case: Case) -> Iterator[str]:
    table, sites, named_hub = case.assignments, case.assignments["site_id"], case.assignments["runner_up_hub_id"]
    cost, allowed = _cost_elsewhere(case)
    rows, hubs = np.arange(len(table)), case.known["hubs"]["id"].tolist()
    own = cast("NDArray[np.int64]", case.hub)
    here = cost[rows, own]
    more = cost - np.where(np.isfinite(here), here, 0.0)[:, None]  # a hub that sends nothing is another check's fault
    more[rows, own] = np.inf
    preferred = np.where(allowed, more, np.inf)
    best = np.where(np.isfinite(preferred).any(axis=1), preferred.min(axis=1), more.min(axis=1, initial=np.inf))
    named = {hub: at for at, hub in enumerate(hubs)}
    told = [named.get(hub, -1) for hub in named_hub.tolist()]
    found = np.where(np.asarray(told) >= 0, more[rows, told], np.inf)
    is_best = np.isclose(found, best, rtol=0, atol=ROUNDED_JPY) & ((named_hub == "") == np.isinf(found))
    for at in np.flatnonzero(~is_best).tolist():
        yield f"runner_up_hub_id of {sites[at]} is {named_hub[at]!r}, not the next"
    has, given = np.isfinite(best), table.floats("runner_up_more_jpy")
    for name in sites[~has & ~np.isnan(given)].tolist():
        yield f"runner_up_more_jpy of {name} is told, but there is no other hub"
    yield from compare_numbers("runner_up_more_jpy", sites[has], given[has], best[has], within=ROUNDED_JPY)


def _cost_elsewhere(case: Case) -> tuple[Floats, NDArray[np.bool_]]:
    """Return yen per year of every assignment at every used hub, and whether the policy allows it.

    All cost up to the refinery counts.
    """
    network, costs = cast("Network", case.network), cast("Costs", case.costs)
    site = cast("NDArray[np.int64]", case.site)
    share = case.assignments.floats("share")
    classes_t = costs.supply_t[site] * share[:, None]
    size = find_sizes(case.hubs, costs.hub_steps, costs.hub_technology)
    per_t = costs.hub_steps.variable[np.arange(len(size)), np.maximum(size, 0)]
    cost = costs.collection_jpy_per_yr()[site] * share[:, None] + classes_t.sum(axis=1)[:, None] * per_t
    onward, sends = _onward_jpy_per_t(case)
    cost += np.einsum("np,hpb,hb->nh", classes_t, costs.yields, onward)
    cost[:, ~sends] = np.inf
    region = {name: at for at, name in enumerate(network.regions)}
    at_site, at_hub = (look_up(case.known[name]["region"], region).astype(np.int64) for name in ("sites", "hubs"))
    return cost, allowed_lanes(costs.lanes, at_site, at_hub, case.rules)[site]


def _onward_jpy_per_t(case: Case) -> tuple[Floats, NDArray[np.bool_]]:
    """Return yen per tonne of each grade that leaves a hub, shape (H, B), and which hubs send any."""
    network, costs = cast("Network", case.network), cast("Costs", case.costs)
    size = find_sizes(case.refineries, costs.refinery_steps, costs.refinery_technology)
    variable = costs.refinery_steps.variable[np.arange(len(size)), np.maximum(size, 0)]
    tonnes = case.flows.floats("mass_t")
    paid = case.flows.floats("cost_jpy") + variable[case.flow_refinery] * tonnes
    hubs, ports = len(case.known["hubs"]), len(case.known["ports"])
    sent = np.zeros((hubs + ports, len(network.settings.grades)))
    cost = np.zeros_like(sent)
    leaving = cast("tuple[NDArray[np.int64], NDArray[np.int64]]", (case.flow_hub, case.flow_grade))
    np.add.at(sent, leaving, tonnes)
    np.add.at(cost, leaving, paid)
    per_t = np.divide(cost, sent, out=np.zeros_like(cost), where=sent > 0)[:hubs]
    return per_t, sent[:hubs].sum(axis=1) > 0
