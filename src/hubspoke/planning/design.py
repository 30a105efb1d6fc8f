"""Operate a fixed design: the plants of a plan as they are built, and the flows planned anew on other data."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.base.errors import UsageError
from hubspoke.costs.disassembly import disassembly_jpy_per_t
from hubspoke.costs.mix import class_mix
from hubspoke.costs.rates import hub_rates_of, refinery_rates_of
from hubspoke.costs.refining_basis import refining_scale
from hubspoke.plan.states import is_built

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.inputs.network import Network
    from hubspoke.plan.plan import PlanData
    from hubspoke.plan.years import YearsData
    from hubspoke.planning.request import Request

FIXED = ("capital", "maintenance", "labour", "overhead", "given", "shared")
"""Terms of a plant that do not depend on what it takes in, once it is built."""
ROOM = 1e-9
"""Relative room of a plant for the rounding of sums."""


def fix_design(network: Network, request: Request, design: PlanData) -> tuple[Network, Request]:
    """Return a network and a request in which the plants of a plan stand as they were built there, and no others.

    Each has one size: what it takes in by that plan is the most it can, and its capital, maintenance, labour and
    overhead are paid in full, used or not. What a tonne costs is that of its technology today.

    Parameters
    ----------
    network : Network
        Other data, of the same plants.
    request : Request
    design : PlanData

    Returns
    -------
    network : Network
    request : Request

    Raises
    ------
    UsageError
        The network lacks plants of the design, or the request names plants itself.
    InputError
        The plants of the design do not fit the tables.
    """
    if request.opened or request.closed:
        raise UsageError(
            "a fixed design says which plants are open; leave --open and --close out, or change the design"
        )
    year = network.settings.horizon.year if request.year is None else request.year
    if year not in network.settings.horizon.years:
        known = ", ".join(map(str, network.settings.horizon.years))
        raise UsageError(
            f"no supply is given for {year}; choose one of {known}, or add it to horizon.years "
            f"(--set horizon.years=[{year}])"
        )
    settings = network.settings
    mix_t = class_mix(settings, year, network.supply_t(year))
    opening, scale = disassembly_jpy_per_t(settings, mix_t), refining_scale(settings, mix_t)
    per_t = {
        **{name: sum(hub_rates_of(one, settings.energy, opening).values())
           for name, one in settings.hub_technologies.items()},
        **{name: sum(refinery_rates_of(one, settings.energy, scale).values()) / scale
           for name, one in settings.refinery_technologies.items()},
    }  # fmt: skip
    refineries = design.refineries[~design.furnaces]
    rows = pd.concat(
        [_sizes(design.hubs, "hub", per_t), _sizes(refineries, "refinery", per_t, _scale(design))], ignore_index=True
    )
    known_ids = {*network.hubs["id"], *network.refineries["id"]}
    if unknown := sorted(set(rows["plant_id"]) - known_ids):
        raise UsageError(
            f"the design has plants that the network lacks: {', '.join(unknown)}; plan on the tables of the design, or "
            "add them"
        )
    kept = frozenset(rows["plant_id"])
    planned = [
        table[table["region"].isin(list(request.regions))] if request.regions else table
        for table in (network.hubs, network.refineries[~network.furnaces])
    ]
    here = {name for table in planned for name in table["id"]}
    others, kept = here - kept, kept & here
    given = network.given_sizes[~network.given_sizes["plant_id"].isin(kept)]
    fixed = network.replace(given_sizes=pd.concat([given, rows[given.columns]], ignore_index=True))
    return fixed, replace(request, opened=sorted(kept), closed=sorted(others))


def explain_design(why: str) -> str:
    """Return why plants that stand as they are have no plan, with cures that leave them as they are.

    Parameters
    ----------
    why : str
        Why there is no plan with these plants; what follows a semicolon in a line would change plants.
    """
    told = [line.partition("; ")[0] for line in why.split("\n")]
    cure = (
        "the plants stand as the design built them: take the design of a later year or of a larger plan, plan fewer "
        "tonnes (another year, --supply), let sites be left out (policy.shortfall_jpy_per_t), or let tonnes cross "
        "borders to plants with room (--policy)"
    )
    return "\n".join([*told, cure])


def design_of_year(plan: YearsData, year: int | None) -> PlanData:
    """Return the plants of a plan over several years as they stand in a year, in the tables of its plan.

    Parameters
    ----------
    plan : YearsData
    year : int or None
        The last planned year up to it counts.

    Returns
    -------
    PlanData
        Its plants take in what they are built for, and pay the capital of all of it.

    Raises
    ------
    UsageError
        No year is given, or nothing stands by then.
    """
    known = ", ".join(map(str, plan.years))
    if year is None:
        raise UsageError(f"the design is a plan of several years ({known}): name a year")
    begun = [one for one in plan.years if one <= year]
    if not begun:
        raise UsageError(f"the design has no plants in {year}: its first year is {plan.years[0]}")
    there, rows = plan.plans[begun[-1]], plan.schedule[plan.schedule["year"] == begun[-1]].set_index("id")

    def as_built(plants: pd.DataFrame, capital: str) -> pd.DataFrame:
        stands = plants["id"].map(rows["stands_t"]).fillna(plants["load_t"])
        unused = plants["id"].map(rows["unused_jpy"]).fillna(0.0)
        return plants.assign(load_t=stands, **{capital: plants[capital] + unused})

    return replace(
        there,
        hubs=as_built(there.hubs, "hub_capital_jpy"),
        refineries=as_built(there.refineries, "refinery_capital_jpy"),
    )


def _scale(design: PlanData) -> float:
    """Return the tonnes that sizes of refineries are stated for, per tonne that enters them in a plan."""
    taken = design.assignments[[f"{name}_t" for name in design.settings.classes]].to_numpy(np.float64)
    return refining_scale(design.settings, class_mix(design.settings, design.year, taken))


def _sizes(plants: pd.DataFrame, kind: str, per_t: Mapping[str, float], scale: float = 1.0) -> pd.DataFrame:
    """Return the rows of `sizes` for the plants that a plan has built."""
    built = plants[is_built(plants) & (plants["load_t"] > 0)]
    terms = [f"{kind}_{name}_jpy" for name in FIXED if f"{kind}_{name}_jpy" in built]
    return pd.DataFrame(
        {
            "plant_id": built["id"].tolist(),
            "capacity_t": (built["load_t"] * scale * (1 + ROOM)).tolist(),
            "fixed_jpy_per_yr": built[terms].sum(axis=1).tolist(),
            "variable_jpy_per_t": [per_t[name] for name in built["technology"]],
            "technology": built["technology"].tolist(),
        }
    )
