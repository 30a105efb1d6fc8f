"""Write what every choice costs as numbers for the browser, to the last bit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.outputs.maps.what_if.command import retell_command
from hubspoke.plan.choices.choices import narrow_choices, weigh_choices
from hubspoke.plan.choices.limits import find_obstacle
from hubspoke.plan.choices.prices import list_prices, sum_paid
from hubspoke.plan.firmness import NEEDED
from hubspoke.settings.rules import resolve_policy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hubspoke.plan.choices.choices import Choices
    from hubspoke.plan.plan import PlanData

INTERVALS = "borders"
"""The obstacle under which what is known of other plans is an interval."""


def plans_regions_alone(plan: PlanData) -> bool:
    """Return whether the map of a region can plan it again by itself: nothing of it crosses a border.

    Parameters
    ----------
    plan : PlanData
    """
    return not find_obstacle(plan) and not resolve_policy(plan.settings.policy).black_mass_crosses_borders


def write_choices(
    plan: PlanData,
    payload: Mapping[str, Any],
    command: Sequence[str] | None,
    *,
    region: str | None = None,
    choices: Choices | None = None,
) -> dict[str, Any]:
    """Gather what the browser plans again with.

    Parameters
    ----------
    plan : PlanData
    payload : mapping
        What `build_payload` returns for the whole plan or the region alone: places of plants and regions.
    command : sequence of str or None
        The command line that made the plan, if one did.
    region : str, optional
        Plan this region alone, where `plans_regions_alone`.
    choices : Choices, optional
        What `weigh_choices` returns for the plan, to save weighing them again.

    Returns
    -------
    dict
        `obstacle` (empty where the page plans by itself), the plan's `cost` and `bound` (yen per year), those of the
        region where there is one, and then `alone`, its place among the regions; `command`,
        `prices` (name, settings), `limits` of firmness, `fixed` plants, which were asked for; where borders are
        open to black mass what is `paid` at these prices and `closings` by plant, as `_list_closings` returns them; and
        the `regions`, `hubs`, `refineries` and `ways` of `Choices`, plants by their place in `payload`.
    """
    number = {(one["kind"] == "refinery", one["id"]): at for at, one in enumerate(payload["plants"])}
    obstacle, limits = find_obstacle(plan), getattr(plan.settings, "firmness", None)
    asked = {*plan.options.get("open", ()), *plan.options.get("close", ())}
    cost = plan.objective_value if region is None else _sum_region(plan, region)
    told: dict[str, Any] = {
        "obstacle": obstacle,
        "cost": cost,
        # no plan of the other regions costs more than they do now
        "bound": plan.bound_value - (plan.objective_value - cost) if math.isfinite(plan.bound_value) else 0.0,
        "command": retell_command(plan, command),
    }
    if obstacle not in ("", INTERVALS):
        return told
    told |= {
        "prices": [[price.name, [list(pair) for pair in price.settings]] for price in list_prices(plan)],
        "limits": [float(limits.close_share), float(limits.tossup_share)] if limits else [0.0, 0.0],
        "fixed": [at for (_, name), at in number.items() if name in asked],
    }
    if resolve_policy(plan.settings.policy).black_mass_crosses_borders:
        told |= {"closings": _list_closings(plan, number), "paid": sum_paid(plan)}
    if obstacle == INTERVALS:
        return told
    choices = choices or weigh_choices(plan)
    if choices is None:
        return told | {"obstacle": "network"}
    if region is None:
        return told | _write(choices, number, payload, plan)
    alone = [key for key, _ in payload["regions"]].index(region)
    return told | _write(narrow_choices(choices, region), number, payload, plan) | {"alone": alone}


def _sum_region(plan: PlanData, region: str) -> float:
    """Return what a region costs, yen per year."""
    return float(plan.costs.loc[plan.costs["region"] == region, "cost_jpy"].sum())


def _write(
    choices: Choices, number: Mapping[tuple[bool, str], int], payload: Mapping[str, Any], plan: PlanData
) -> dict[str, Any]:
    regions = [key for key, _ in payload["regions"]]
    place = {region: at for at, region in enumerate(choices.regions)}
    return {
        "shared": resolve_policy(plan.settings.policy).black_mass_crosses_borders,
        "regions": [regions.index(region) for region in choices.regions],
        "hubs": [
            {
                "plant": number[False, hub.id],
                "region": place[hub.region],
                "freight": hub.freight,
                "other": hub.other,
                "out": hub.out_t,
                "sizes": [[size.other, size.power, size.rates, size.saving] for size in hub.sizes],
            }
            for hub in choices.hubs
        ],
        "refineries": [
            {
                "plant": number[True, one.id],
                "region": place.get(one.region, -1),
                "sizes": [
                    [size.capacity_t, size.fixed, size.variable, size.carbon, size.power, size.rates]
                    for size in one.sizes
                ],
            }
            for one in choices.refineries
        ],
        "ways": [_list_ways(choices, at) for at in range(len(choices.hubs))],
        "beside": np.argwhere(choices.beside).tolist(),
    }


def _list_ways(choices: Choices, hub: int) -> list[list[float]]:
    """List the ways of a hub: refinery, freight and what else a tonne costs on the way, which is left out where 0."""
    ways: list[list[float]] = []
    for at in np.flatnonzero(np.isfinite(choices.freight[hub])).tolist():
        other = float(choices.other[hub, at])
        ways.append([at, float(choices.freight[hub, at]), *([other] if other else [])])
    return ways


def _list_closings(plan: PlanData, number: Mapping[tuple[bool, str], int]) -> dict[str, Any]:
    """List least and most yen per year that closing a plant adds, null where not known, what opens, if it is needed."""
    told: dict[str, Any] = {}
    for is_refinery, table in ((False, plan.hubs), (True, plan.refineries)):
        if "closing_more_jpy" not in table:
            continue
        for row in table.to_dict("records"):
            low, high = float(row["closing_more_low_jpy"]), float(row["closing_more_jpy"])
            opens = [number.get((is_refinery, name)) for name in str(row["closing_opens"]).split("; ")]
            told[str(number[is_refinery, str(row["id"])])] = [
                low if math.isfinite(low) else None,
                high if math.isfinite(high) else None,
                [at for at in opens if at is not None],
                row["firmness"] == NEEDED,
            ]
    return told
