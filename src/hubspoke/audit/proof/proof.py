"""Check of what a plan says of all other plans: its bound, and what opening and closing plants costs.

Where each region has one hub and one refinery all choices are counted, so that nothing of it rests on the search. Under
other rules there are too many, and the check says that it looked at none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.audit.case import UNIT
from hubspoke.audit.check import Remark
from hubspoke.audit.proof.one_each import count_choices
from hubspoke.plan.states import BUILT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.audit.case import Case
    from hubspoke.audit.proof.one_each import Region
    from hubspoke.audit.table import Table
    from hubspoke.base.arrays import Floats

ROUNDED_JPY = 1.0
"""Rounding allowed: the tables give these figures in whole yen, from sums of large ones."""
SUMMED = 1e-9
"""Share of a cost by which two sums of it may differ."""
SOLVED = 1e-6
"""The same where one is the answer of a solver, which proves so much."""


def check_proof(case: Case) -> Iterator[str]:
    """Check the bound against the least cost over all choices of plants, and what is told of opening and closing.

    Parameters
    ----------
    case : Case
        With its network and costs.
    """
    regions = count_choices(case)
    if regions is None:
        yield Remark("the bound is that of the search: too many choices under these rules to count them")
        return
    own = sum(region.own_jpy for region in regions)
    spent = float(case.costs_table.floats("cost_jpy").sum())
    if abs(own - spent) > UNIT + SUMMED * abs(spent):
        yield f"the plants in use cost {own:,.2f} yen by sums over lanes, and {spent:,.2f} by the table of costs"
        return
    least = sum(float(region.pairs_jpy.min()) for region in regions)
    bound = case.plan.bound_value
    if bound > least + UNIT + SUMMED * abs(least):
        yield f"the bound of {bound:,.2f} yen is above the {least:,.2f} yen of the cheapest choice of plants"
    count = sum(region.choices for region in regions)
    yield Remark(
        f"the bound is proven again by all {count:,} choices of plants, of which the cheapest costs {least:,.0f} yen"
    )
    for region in regions:
        yield from _check_plants(case.hubs, region, hubs=True)
        yield from _check_plants(case.refineries, region, hubs=False)


def _check_plants(plants: Table, region: Region, *, hubs: bool) -> Iterator[str]:
    """Check what opening each plant of one kind costs that is not chosen, and closing the one that is."""
    rows, own = (region.hubs, region.hub) if hubs else (region.refineries, region.refinery)
    instead = region.with_other_hub_jpy if hubs else region.with_other_refinery_jpy
    anew = region.pairs_jpy.min(axis=1 if hubs else 0)
    ids, states = plants["id"][rows].tolist(), plants["state"][rows].tolist()
    opening, beside = plants.floats("opening_more_jpy")[rows], plants["opening_instead_of"][rows].tolist()
    within = ROUNDED_JPY + SUMMED * region.own_jpy
    for at, name in enumerate(ids):
        if states[at] in BUILT or np.isnan(opening[at]):
            continue
        more = float(instead[at]) - region.own_jpy
        if not abs(opening[at] - more) <= within:
            yield f"opening_more_jpy of {name} is {opening[at]:,.12g}, recounted {more:,.12g}"
        if beside[at] != ids[own]:
            yield f"opening_instead_of of {name} is {beside[at]!r}, expected {ids[own]!r}"
    others = np.arange(len(rows)) != own
    yield from _check_closing(
        plants, int(rows[own]), region.own_jpy, ids, anew=np.where(others, anew, np.inf), instead=instead
    )


def _check_closing(
    plants: Table, row: int, spent: float, ids: list[str], *, anew: Floats, instead: Floats
) -> Iterator[str]:
    """Check what closing a plant costs: the cheapest plan without it, or with one other plant in its place.

    `anew` and `instead` are the least costs of the region with each plant, all else chosen anew or left as it is.
    """
    name, opens = plants["id"][row], plants["closing_opens"][row]
    low, high = (float(plants.floats(column)[row]) for column in ("closing_more_low_jpy", "closing_more_jpy"))
    within, proven = ROUNDED_JPY + SUMMED * spent, ROUNDED_JPY + SOLVED * spent
    least = max(float(anew.min()) - spent, 0.0)
    if low > least + proven:
        yield f"closing_more_low_jpy of {name} is {low:,.12g}, and the best plan without it costs {least:,.12g} more"
    if np.isnan(high):
        return
    told: set[str] = set()
    for cost in (anew, np.where(np.isfinite(anew), instead, np.inf)):
        same = (np.abs(np.maximum(cost - spent, 0.0) - high) <= within) & (cost <= cost.min() + proven)
        told |= {ids[at] for at in np.flatnonzero(same).tolist()}
    if not told:
        yield f"closing_more_jpy of {name} is {high:,.12g}, and the best plan without it costs {least:,.12g} more"
    elif opens not in told:
        yield f"closing_opens of {name} is {opens!r}, expected {' or '.join(sorted(told))}"
